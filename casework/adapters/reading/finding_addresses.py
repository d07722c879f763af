"""Addresses within a longer sentence, and where each begins and ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from casework.adapters.reading.address_text import taken_apart
from casework.adapters.reading.gazetteer import SUFFIXES
from casework.adapters.reading.places import Places
from casework.adapters.reading.postcodes import find_postcode
from casework.adapters.reading.premises import TOWNS
from casework.adapters.reading.spoken import digit_runs, pieces
from casework.ports.reading import Pick, Read

_PREMISE = re.compile(
    r"\b(?:(?:flat|apartment|unit) \w+,? )?(?:number )?[0-9]+ ?[a-z]?\b,? (?!.{0,3}$)"
)
_ALIKE = 75
"""How alike (0 to 100) a word said must be to one of an address, to be a part of it."""

_SMALL = frozenset("flat apartment apt unit number no house the post code postcode".split())


@dataclass(frozen=True)
class Span:
    """An address in a sentence: its characters from `start` to `end`, and its stored form. None
    where several of that name fit."""

    start: int
    end: int
    value: dict[str, Any] | None


def spans_of(places: Places, plain: str) -> list[Span]:
    """The addresses of a clean sentence, those also of which there are several."""
    starts = {match.start() for match in _PREMISE.finditer(plain.lower())} | set(digit_words(plain))
    found: list[Span] = []
    taken = -1
    for start in sorted(starts):
        segment = _segment(plain[start:])
        values = _values(places, segment) if start >= taken else []
        if not values:
            continue
        taken = start + len(segment)
        # "1 stolen. Di Rowe, 5 Mount Crescent" begins at the 5.
        later = [at for at in sorted(starts, reverse=True) if start < at < taken]
        begin = next((at for at in later if _values(places, _segment(plain[at:])) == values), start)
        end = begin + _length(plain[begin:taken], values)
        found.append(Span(begin, end, values[0] if len(values) == 1 else None))
    return found


def _values(places: Places, segment: str) -> list[dict[str, Any]]:
    """The addresses that a segment plainly gives, several where one is to be picked."""
    reading = places.read(segment) if _address_like(segment, places) else None
    if isinstance(reading, Pick):
        return [candidate.value for candidate in reading.candidates]
    plainly = isinstance(reading, Read) and _plainly_address(reading.value, segment)
    return [reading.value] if isinstance(reading, Read) and plainly else []


def without_spans(plain: str, spans: Sequence[Span]) -> str:
    """A clean sentence without its addresses: "Channel Gardens" is no garden waste."""
    for span in reversed(spans):
        plain = f"{plain[: span.start]} , {plain[span.end :]}"
    return plain


def digit_words(plain: str) -> list[int]:
    """Where numbers said in words begin ("fourteen elm road")."""
    return [run.start for run in digit_runs(plain) if not plain[run.start].isdigit()]


def _length(segment: str, values: list[dict[str, Any]]) -> int:
    """The characters of a segment up to the last word that belongs to its address."""
    left: Counter[str] = Counter()
    for value in values:
        written = " ".join([*map(str, value["lines"]), str(value["postcode"] or "")]).lower()
        left |= Counter(re.findall(r"[a-z0-9]+", written))
    end = 0
    for token in pieces(segment):
        if not token.text[0].isalnum():
            continue
        word = _as_written(token.text, left)
        if word is None and not (token.is_number or token.text in _SMALL or len(token.text) == 1):
            break
        left[word or ""] -= 1
        end = token.end
    return end or len(segment)


def _as_written(said: str, left: Counter[str]) -> str | None:
    """The word of an address, not said before, that a word said stands for."""
    same = [said, SUFFIXES.get(said, said)]
    near = [one for one in left if one.isalpha() and fuzz.ratio(said, one) >= _ALIKE]
    return next((one for one in [*same, *near] if left[one] > 0), None)


def _segment(text: str) -> str:
    """A text from a number on, cut where a clause or the next number after a street begins."""
    postcode = find_postcode(text[:80])
    if postcode and len(text[:80]) - len(postcode.rest) >= 0:
        ends = re.search(
            r"[a-z]{1,2}\s?[0-9][0-9a-z]?\s*[0-9]\s?[a-z]{2}\b", text[:80], re.IGNORECASE
        )
        if ends and not re.search(r"\b(?:to|and|from|on)\b", text[: ends.start()], re.IGNORECASE):
            return text[: ends.end()]
    cut = re.search(
        r"[.;!?](?:\s|$)|,\s*(?=(?:my|i|i'm|we|the|and|it|on|0|\+|please|from|to|next)\b|"
        r"[0-9+])|\s(?:to|from|and|on|by|"
        r"my|i'm|i|we|because|but|next|this|last|tomorrow|today|yesterday|since|into|has|have|"
        r"was|were|is|it|so|in the|"
        r"for|with|at|please|if|which|that|hasn't|wasn't|not|again|every|where|as|when|until|"
        r"of)(?=\s|$)",
        text[2:], re.IGNORECASE)  # fmt: skip
    return text[: cut.start() + 2] if cut else text[:100]


def _address_like(segment: str, places: Places) -> bool:
    """Whether a segment names a street of ours, or has a street word or postcode of elsewhere."""
    parts = taken_apart(segment)
    if not 2 <= len(parts.words) <= 12:
        return bool(parts.postcode and parts.words)
    return (
        bool(parts.postcode)
        or places.knows_street(parts.words)
        or bool(
            re.search(
                r"\b(?:road|rd|street|avenue|ave|close|lane|drive|terrace|gardens|crescent|"
                r"court|square|grove)\b",
                " ".join(parts.words[1:]),
            )
        )
    )


def _plainly_address(value: dict[str, Any], segment: str) -> bool:
    """Whether an address is sure enough without having been asked for.

    One that the gazetteer does not hold needs a postcode, or lines that are written as a place is.
    """
    if value["matched"] or value["postcode"]:
        return True
    rest = value["lines"][1:]
    return all(line in segment or line.lower() in TOWNS for line in rest) and len(rest) <= 2
