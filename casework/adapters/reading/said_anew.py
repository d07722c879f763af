"""Values put right in the same breath: "14 Elm Road, no sorry, 16 Elm Road"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from casework.adapters.reading.phrases import FILLERS
from casework.adapters.reading.spoken import clean, digit_runs

FIRM = (
    r"sorry|i mean|i meant|or rather|i should say|(?:i )?tell a lie|scratch that|correction|"
    r"my mistake|hang on|hold on|no wait|wait"
)
"""Words after which a speaker says something anew."""
LOOSE = r"no(?! one\b)|nope|actually|make (?:it|that)"
"""As `FIRM`, where what follows is plainly a value: a name may follow a mere "no" in a story."""

_FIRM = re.compile(rf"(?i)[ ,.;-]*\b(?:(?:{FIRM}|no|actually)\b[ ,.;-]*)*\b(?:{FIRM})\b[ ,.;-]*")
_ANY = re.compile(rf"(?i)[ ,.;-]*\b(?:(?:{FIRM}|{LOOSE})\b[ ,.;-]*)+")

PHONES = frozenset({"phone", "contact"})
_NUMBERS = frozenset({"account_ref", "reference", "registration", "money"})
_PLACES = frozenset({"address", "postcode"})
_NAMES = frozenset({"person_name"})
TYPES = PHONES | _NUMBERS | _PLACES | _NAMES

_AROUND = FILLERS | frozenset(
    "it its it's is that that's the my number no pounds pound a week month year per sorry please "
    "postcode post code and house flat well should be number's".split()
)
_OF_HOMES = frozenset({"flat", "house", "pounds", "pound"})
END = (2, 7)
"""Digits that the end of a telephone number said anew has: a lone one may be anything."""
_LAST_FEW = re.compile(
    r"(?i)^(?:(?:it'?s|it is|it|that'?s|the|and) )*(?:(?:ends?|ending|finish(?:es|ing)?)"
    r"(?: (?:in|with))?"
    r"|(?:last|end) (?:(?:two|three|four|five|six|[2-6]) )?(?:(?:digits|numbers|bit|part|ones?) )?"
    r"(?:is|are|should be))\b"
)
"""Says that only the end of a number follows."""
_DIGIT = re.compile(r"[0-9]")
_SIGNIFICANT = re.compile(r"[A-Za-z0-9@£'.+-]+")
_ALIKE_WORD, _ALIKE_WHOLE = 60, 70
"""How alike (0 to 100) a name said after a mere "no" is to the one before it."""
_MOST_WORDS = {"address": 12, "person_name": 4}
_CLAUSE = re.compile(r"\s*[,;](?= (?:i|we|he|she|they|because|but|and|so|my|it)\b)", re.IGNORECASE)


def said_anew(kind: str, text: str) -> Iterator[tuple[str, str]]:
    """What stood before and what was put in its place, the last such place first; only where the
    latter can be a value of its own for a field of type `kind`."""
    if kind not in TYPES:
        return
    plain = clean(text)
    marks = _ANY
    for mark in reversed(list(marks.finditer(plain))):
        head = plain[: mark.start()].strip(" ,")
        firm = kind not in _NAMES or _FIRM.fullmatch(mark.group()) is not None
        tail = _CLAUSE.split(plain[mark.end() :], maxsplit=1)[0].strip(" ,.")
        if not (head and tail and (firm or _sounds_like(head, tail))):
            continue
        if _alone(kind, tail) or (kind in PHONES and _end_in(tail)):
            yield head, tail


def with_new_end(digits: str, tail: str) -> str | None:
    """A telephone number with its last digits as they are said anew: "07700 900 555, no wait, 556".
    None where the words are not the end of a number and nothing else."""
    end = _end_in(tail)
    return digits[: -len(end)] + end if end else None


def _end_in(tail: str) -> str:
    """The last digits of a telephone number that words say, and nothing else; "" for none."""
    plain = _LAST_FEW.sub("", tail).strip(" ,.")
    runs = digit_runs(plain, " -,")
    if len(runs) != 1 or not runs[0].text.isdigit():
        return ""
    around = _SIGNIFICANT.findall(f"{plain[: runs[0].start]} {plain[runs[0].end :]}".lower())
    fits = END[0] <= len(runs[0].text) <= END[1] and set(around) <= _AROUND - _OF_HOMES
    return runs[0].text if fits else ""


def _sounds_like(head: str, tail: str) -> bool:
    """Whether one name is plainly said in place of another: "Sidney Turner, no, Tanner"."""
    said = tail.lower()
    if " " in said:
        return fuzz.ratio(head.lower(), said) >= _ALIKE_WHOLE
    return any(fuzz.ratio(word, said) >= _ALIKE_WORD for word in head.lower().split()[-3:])


def _alone(kind: str, tail: str) -> bool:
    """Whether words say a value and nothing else."""
    if kind in PHONES:
        for run in reversed(digit_runs(tail)):
            tail = tail[: run.start] + run.text + tail[run.end :]
    words = [word for word in _SIGNIFICANT.findall(tail) if word.lower() not in _AROUND]
    if not words or len(words) > _MOST_WORDS.get(kind, 8):
        return False
    if kind in _NAMES:
        return not _DIGIT.search(tail)
    if kind in _PLACES:
        return bool(_DIGIT.search(words[0])) or words[0].lower() == "flat"
    return sum(1 for word in words if not _DIGIT.search(word) and "@" not in word) <= len(words) / 2
