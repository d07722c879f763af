"""Dates of numbers alone: "27 3 1958", "four seven eighty four", "the fourth of the seventh"."""

from __future__ import annotations

import re
from collections.abc import Collection

from casework.adapters.reading.spoken import pieces

_ABOUT = frozenset("born birth dob birthday year month".split())
_NUMBERS = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?(?: of)?(?: the)? ([0-9]{1,2})(?:st|nd|rd|th)?"
    r" '?((?:19|20)[0-9]{2}|[0-9]{2})"
)
_ORDINALS = re.compile(
    r"(?<![0-9])([0-9]{1,2})(?:st|nd|rd|th),? of(?: the)? ([0-9]{1,2})(?:st|nd|rd|th)(?![a-z0-9])"
    r"(?:,? (?:in )?'?((?:19|20)[0-9]{2}|[0-9]{2})(?![0-9]))?"
)


def numbered(plain: str, in_reply: Collection[str]) -> tuple[int, int, int | None] | None:
    """Day, month and year of a normalised reply that is hardly more than their numbers.

    `in_reply` are the words that such a reply may have besides. The year may have two digits.
    """
    written = _in_digits(plain)
    ordinal = _ORDINALS.search(written)
    if ordinal:
        year = int(ordinal[3]) if ordinal[3] else None
        return _checked(int(ordinal[1]), int(ordinal[2]), year)
    rest = [w for w in re.findall(r"[a-z]+|[0-9]+(?:st|nd|rd|th)?", written)
            if w not in in_reply and w not in _ABOUT]  # fmt: skip
    match = _NUMBERS.fullmatch(" ".join(rest)) if len(rest) == 3 else None
    return _checked(int(match[1]), int(match[2]), int(match[3])) if match else None


def _checked(day: int, month: int, year: int | None) -> tuple[int, int, int | None] | None:
    return (day, month, year) if 1 <= day <= 31 and 1 <= month <= 12 else None


def _in_digits(plain: str) -> str:
    """Number words as digits, "oh four" as "04"."""
    out, end = [], 0
    for token in pieces(plain, homophones=False):
        out.append(plain[end : token.start])
        out.append(token.text if token.is_number else plain[token.start : token.end])
        end = token.end
    return re.sub(r"\b(?:oh|o|0|zero|nought) ([1-9])(?![0-9])", r"0\1", "".join(out) + plain[end:])
