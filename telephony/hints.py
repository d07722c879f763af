"""Words that the recogniser may expect, by what is being asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casework.domain.conversations import Utterance
from telephony.keys import DATES, offered

MOST = 500
LONGEST = 100
"""Phrases, and characters of one, that Twilio takes
(https://www.twilio.com/docs/voice/twiml/gather#hints)."""

ROOM = 20_000
"""Characters of all hints in one document, which may have 64 kB."""

PLACES = frozenset({"address", "location"})
YES_NO = (
    "yes",
    "no",
    "yes please",
    "no thank you",
    "yes that's right",
    "no that's wrong",
    "correct",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)
WHEN = ("today", "tomorrow", "yesterday", "next week", "last week", "this morning")
ORDINALS = tuple(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth".split()
)
DIGITS = ("double", "treble", "oh", "nought", "zero")
LETTERS = (
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar "
    "papa quebec romeo sierra tango uniform victor whisky x-ray yankee zulu"
).split()
MONEY = ("pounds", "pence", "a week", "a fortnight", "a month", "every four weeks", "a year")
MAIL = ("at gmail dot com", "at outlook dot com", "at hotmail dot co dot uk", "dot co dot uk")


@dataclass(frozen=True)
class Places:
    """Names of the council's streets, the longest streets first, of its localities and towns, and
    the first halves of its postcodes ("PL4")."""

    streets: tuple[str, ...] = ()
    localities: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()


def hints(asking: Utterance | None, places: Places, times: int = 1) -> str:
    """Phrases parted by commas for the answer to `asking`, in a document that has them `times`
    over; empty where anything may be said."""
    if asking is None:
        return ""
    labels = [choice.label for _, choice in offered(asking)]
    labels += [choice.label for choice in asking.choices]
    wanted = [*labels, *_by_kind(asking.kind or asking.asks or "", places)]
    return ",".join(_fitting(wanted, ROOM // max(times, 1)))


def _by_kind(kind: str, places: Places) -> Sequence[str]:
    if kind == "postcode":
        return (*places.districts, *LETTERS)
    if kind in PLACES:
        names = (*places.areas, *places.localities, *places.streets)
        return ("flat", "number", *places.districts, *names, *LETTERS)
    if kind in DATES:
        return (*MONTHS, *DAYS, *ORDINALS, *WHEN)
    if kind in {"yes_no", "confirm", "offer", "satisfied"}:
        return YES_NO
    if kind in {"phone", "contact"}:
        return (*DIGITS, *MAIL) if kind == "contact" else DIGITS
    if kind in {"registration", "reference", "account_ref", "case_ref", "resume_code", "digits"}:
        return (*DIGITS, *LETTERS)
    return {"money": MONEY, "email": MAIL, "person_name": LETTERS}.get(kind, ())


def _fitting(phrases: Iterable[str], room: int) -> list[str]:
    """Plain phrases, each once, as many as there is room for."""
    found: dict[str, None] = {}
    used = 0
    for phrase in phrases:
        plain = " ".join(re.sub(r"[^\w' -]+", " ", phrase).split())[:LONGEST]
        if not plain or plain in found:
            continue
        used += len(plain) + 1
        if used > room or len(found) == MOST:
            break
        found[plain] = None
    return list(found)
