"""Dates put right in the same breath: "the fifth of December, no sorry, the sixth"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from casework.adapters.reading import dates
from casework.adapters.reading.date_words import MONTHS, WEEKDAYS, normal
from casework.adapters.reading.said_anew import FIRM, LOOSE
from casework.domain.fields import Field
from casework.ports.reading import Context, Read, Reading

_MARK = re.compile(rf"[ ,.;-]*\b(?:{FIRM}|{LOOSE})\b[ ,.;-]*")
_AROUND = dates.IN_REPLY | frozenset("sorry wait that's thats rather well".split())
_WORD = re.compile(r"[a-z']+|[0-9]+")


def read_date(field: Field, text: str, context: Context) -> Reading | None:
    """As `dates.read_date`; of a date and what it is put right to, the latter."""
    plain = normal(text)
    for mark in reversed(list(_MARK.finditer(plain))):
        head, tail = plain[: mark.start()], plain[mark.end() :]
        if not head or not _is_date_alone(tail):
            continue
        before = read_date(field, head, context)
        if before is None:
            continue
        held = before.value if isinstance(before, Read) else context.held
        after = _same_week(tail, held) or tail
        reading = dates.read_date(field, after, replace(context, held=held))
        if isinstance(reading, Read):
            return reading
    return dates.read_date(field, text, context)


def _words(plain: str) -> list[str]:
    return [word for word in _WORD.findall(plain) if word not in {"st", "nd", "rd", "th"}]


def _is_date_alone(plain: str) -> bool:
    """Whether words say a day and nothing else: "no one told me the 12th" puts nothing right."""
    rest = [word for word in _words(plain) if word not in _AROUND]
    return bool(rest) and all(w.isdigit() or w in MONTHS or w in WEEKDAYS for w in rest)


def _same_week(plain: str, held: object) -> str | None:
    """For the mere name of a day, the one nearest to the date it takes the place of."""
    named = [word for word in _words(plain) if word not in _AROUND]
    if len(named) != 1 or named[0] not in WEEKDAYS or not isinstance(held, str):
        return None
    day = date.fromisoformat(held)
    ahead = (WEEKDAYS[named[0]] - day.weekday() + 3) % 7 - 3
    return (day + timedelta(days=ahead)).isoformat()
