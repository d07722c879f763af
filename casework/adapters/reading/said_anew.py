"""Values put right in the same breath: "14 Elm Road, no sorry, 16 Elm Road"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casework.adapters.reading.phrases import FILLERS
from casework.adapters.reading.spoken import clean

FIRM = (
    r"sorry|i mean|i meant|or rather|i should say|(?:i )?tell a lie|scratch that|correction|"
    r"my mistake|hang on|hold on|no wait|wait"
)
"""Words after which a speaker says something anew."""
LOOSE = r"no(?! one\b)|nope|actually|make (?:it|that)"
"""As `FIRM`, where what follows is plainly a value: a name may follow a mere "no" in a story."""

_FIRM = re.compile(rf"(?i)[ ,.;-]*\b(?:(?:{FIRM}|no|actually)\b[ ,.;-]*)*\b(?:{FIRM})\b[ ,.;-]*")
_ANY = re.compile(rf"(?i)[ ,.;-]*\b(?:(?:{FIRM}|{LOOSE})\b[ ,.;-]*)+")

_NUMBERS = frozenset({"phone", "contact", "account_ref", "reference", "registration", "money"})
_PLACES = frozenset({"address", "postcode"})
_NAMES = frozenset({"person_name"})
TYPES = _NUMBERS | _PLACES | _NAMES

_AROUND = FILLERS | frozenset(
    "it its it's is that that's the my number no pounds pound a week month year per sorry please "
    "postcode post code and house flat well should be number's".split()
)
_DIGIT = re.compile(r"[0-9]")
_SIGNIFICANT = re.compile(r"[A-Za-z0-9@£'.+-]+")
_MOST_WORDS = {"address": 12, "person_name": 4}
_CLAUSE = re.compile(r"\s*[,;](?= (?:i|we|he|she|they|because|but|and|so|my|it)\b)", re.IGNORECASE)


def said_anew(kind: str, text: str) -> Iterator[tuple[str, str]]:
    """What stood before and what was put in its place, the last such place first; only where the
    latter can be a value of its own for a field of type `kind`."""
    if kind not in TYPES:
        return
    plain = clean(text)
    marks = _FIRM if kind in _NAMES else _ANY
    for mark in reversed(list(marks.finditer(plain))):
        head = plain[: mark.start()].strip(" ,")
        tail = _CLAUSE.split(plain[mark.end() :], maxsplit=1)[0].strip(" ,.")
        if head and tail and _alone(kind, tail):
            yield head, tail


def _alone(kind: str, tail: str) -> bool:
    """Whether words say a value and nothing else."""
    words = [word for word in _SIGNIFICANT.findall(tail) if word.lower() not in _AROUND]
    if not words or len(words) > _MOST_WORDS.get(kind, 8):
        return False
    if kind in _NAMES:
        return not _DIGIT.search(tail)
    if kind in _PLACES:
        return bool(_DIGIT.search(words[0])) or words[0].lower() == "flat"
    return sum(1 for word in words if not _DIGIT.search(word) and "@" not in word) <= len(words) / 2
