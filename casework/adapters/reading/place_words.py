"""The words of places: which say where something is, and where a place ends in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from casework.adapters.reading.gazetteer import STREET_TYPES, StreetMatch
from casework.adapters.reading.phrases import FILLERS
from casework.adapters.reading.postcodes import find_postcode

_THREE_WORDS = re.compile(
    r"(?:/{2,3}|what ?3 ?words[ :/]*|what three words[ :/]*)([a-z]+[. ][a-z]+[. ][a-z]+)"
)
WHERE = (
    r"outside|opposite|next to|near|nearby|by|beside|behind|in front of|at|on|in|along|between|"
    r"under|"
    r"corner of|junction of|top of|bottom of|end of|across from|close to|over|around|past|"
    r"before|after|off|down|up"
)
_LANDMARK = re.compile(rf"\b(?:{WHERE})(?: the| a| an)? ((?:[\w'-]+ ?){{1,6}})", re.IGNORECASE)
MORE_WHERE = re.compile(
    rf"^,? (?:just |right |and )*(?:{WHERE}|the|[A-Z][a-z]+ (?:Road|Street))\b", re.IGNORECASE
)
_SAYS_NOTHING = FILLERS | frozenset(
    """there's there is a an the hole holes pothole potholes light lights lamp post lamppost rubbish
    dumped tree trees fallen broken massive big huge small deep road street pavement path my our
    your it its it's been has have was on in at by of to and some someone somebody something here
    outside near house home place area where i me we us this that these those bin bins litter dog
    mess poo graffiti car cars abandoned dead animal fox cat badger sign drain blocked flooded flood
    water out not working really very for weeks days got get new old bad dangerous today yesterday
    morning last week night next door neighbour neighbours end top bottom middle side front back
    down up yes no yeah want report please come fix quickly asap know don't dont idea sure what why
    how when who which can could you do does did about noise loud music smell stray lost
    found""".split()
)


def trimmed(place: dict[str, Any]) -> dict[str, Any]:
    """A found place without what follows its street, unless that says more of where."""
    street_ends = place["text"].find(place["street"]) + len(place["street"])
    tail = place["text"][street_ends:]
    return place if MORE_WHERE.match(tail) else {**place, "text": place["text"][:street_ends]}


def more_of_where(rest: str) -> str:
    """What follows a street and says more of where: " by the bus stop"."""
    match = re.match(r",? [^,.;!?]+", rest)
    if not match:
        return ""
    said = until_verb(match.group() + " ")
    more = said if said.startswith(",") else f" {said}"
    return more if MORE_WHERE.match(more) else ""


def is_named(match: StreetMatch, words: Sequence[str]) -> bool:
    """One-word streets ("Newport") need a word of place or a number before them."""
    if match.end - match.start > 1 or len(words) <= 2:
        return True
    before = words[match.start - 1] if match.start else ""
    return before[:1].isdigit() or before in ("on", "in", "outside", "at", "along", "of", "the")


def until_verb(said: str) -> str:
    """A place without the clause that follows it."""
    return re.split(
        r"\s(?:and (?:it|i|my|we|there|has|nobody)|it'?s|which|that|has|have|is|are|was|were|"
        r"because|since|for|so|but|"
        r"needs?|my name|i'?m|i am|this|yesterday|today|last)\b",
        said, maxsplit=1, flags=re.IGNORECASE,
    )[0].strip()  # fmt: skip


def says_where(said: str) -> bool:
    """Whether words without a known street say where: three words, a landmark, or a postcode."""
    lowered = said.lower()
    if _THREE_WORDS.search(lowered) or find_postcode(said):
        return True
    if re.fullmatch(r"[a-z]{3,}\.[a-z]{3,}\.[a-z]{3,}", lowered):
        return True
    for match in _LANDMARK.finditer(said):
        if any(
            w not in _SAYS_NOTHING and len(w) > 2 for w in re.findall(r"[\w'-]+", match[1].lower())
        ):
            return True
    telling = [w for w in re.findall(r"[^\W\d_][\w'-]+", lowered) if w not in _SAYS_NOTHING]
    placed = any(w in STREET_TYPES or w in _KINDS for w in re.findall(r"[\w'-]+", lowered))
    total = len(lowered.split())
    return (len(telling) >= 2 and total <= 8 and (placed or said[:1].isupper())) or (
        bool(telling) and placed and total <= 5
    )


_KINDS = frozenset(
    """park car-park roundabout bridge school church station shop supermarket co-op tesco asda
    hospital pub library beach playground underpass layby lay-by crossing junction subway cemetery
    garage surgery bus stop shelter shops market harbour marina estate centre""".split()
)
