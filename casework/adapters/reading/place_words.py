"""The words of places: which say where something is, and where a place ends in a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
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
_LANDMARK_NEXT = re.compile(
    r"^,? ?(?:just |right |and )*(?:outside|opposite|next to|near|by (?!the way)|beside|behind|"
    r"in front of|corner of|junction of|across from|close to|between|just past|"
    r"(?:on|at|in) (?:the |a )?(?:corner|junction|top|bottom|end|front|bend|roundabout|crossing|"
    r"traffic lights|lights|bus stop|number|no\.? ?[0-9]|[0-9]+[a-z]?\b(?! o'?clock| ?[ap]m\b)))",
    re.IGNORECASE,
)
"""What says where more plainly than "on" and "in": "on Monday" follows a street as well."""
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


def trimmed(place: dict[str, Any], rest: str, districts: Collection[str]) -> dict[str, Any]:
    """A found place without what follows its street, unless that says more of where. `rest` is the
    sentence after the place, for a comma does not end what tells of it."""
    street_ends = place["text"].find(place["street"]) + len(place["street"])
    tail = place["text"][street_ends:]
    if MORE_WHERE.match(tail):
        return place
    told = more_of_where(f"{tail}{rest}", districts)
    return {**place, "text": place["text"][:street_ends] + told}


def more_of_where(rest: str, districts: Collection[str]) -> str:
    """What follows a street and says more of where: " by the bus stop", be the district between
    the two or not: " Keyham outside number 9"."""
    told = _next_where(rest)
    district = district_next(rest, districts)
    if not district and (told or not rest.startswith(",")):
        return told if not told.startswith(",") or _LANDMARK_NEXT.match(told) else ""
    after = rest[len(district) :]
    if not _LANDMARK_NEXT.match(after):
        return told
    return _next_where(after)


def district_next(rest: str, districts: Collection[str]) -> str:
    """The district that words begin with, as they have it: ", Plympton"; empty where none is."""
    named = "|".join(re.escape(one) for one in sorted(districts, key=len, reverse=True) if one)
    found = re.match(rf",? ?(?:(?:in|at) )?(?:{named})\b", rest, re.IGNORECASE) if named else None
    return found.group() if found else ""


def _next_where(rest: str) -> str:
    """The words up to a comma, where they say more of where."""
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
