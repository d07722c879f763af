"""Which of the offered times a resident wants to be rung."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from casework.adapters.reading.choices import read_choice
from casework.adapters.reading.date_offsets import offset_dates
from casework.adapters.reading.date_words import normal
from casework.adapters.reading.dates import read_date
from casework.adapters.reading.phrases import is_question, is_unsaid
from casework.adapters.reading.spoken import clean
from casework.domain.catalogue import Field, Option, Spoken
from casework.domain.drafts import Candidate
from casework.ports.reading import Context, Pick, Read, Reading

_ANY = re.compile(
    r"\b(?:any ?time|whenever|any day|anything|either|any (?:of|one|slot)|don'?t mind|"
    r"doesn'?t matter|not fussed|"
    r"asap|a\.s\.a\.p|as soon as|soonest|earliest|first (?:available|one|slot|free)|"
    r"straight ?away|right away|"
    r"next available|up to you|you choose|first thing you have)\b"
)
_NOW = re.compile(r"(?<!not )\b(?:now|immediately|at once|urgently|this (?:minute|second))\b")
_PARTS = {
    "morning": (time(0), time(12)),
    "afternoon": (time(12), time(17)),
    "evening": (time(17), time(23, 59)),
}
_PART = re.compile(r"\b(mornings?|a\.?m|afternoons?|p\.?m|evenings?|after lunch|before lunch|"
                   r"lunch ?time|midday|noon|"
                   r"before (?:noon|midday)|after (?:noon|midday|work)|first thing)\b")  # fmt: skip
_CLOCK = re.compile(
    r"\b(?:at|after|from|around|about|before|by|"
    r"between)? ?([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(am|pm|o ?clock)?\b"
)
_NOT_FIELD = Spoken("", "", "")


def read_slot(field: Field, text: str, context: Context) -> Reading | None:
    """The id of an offered slot ("start/end", local time), or the nearest ones to pick from."""
    plain = clean(text).lower()
    if not field.options or is_unsaid(plain) or is_question(plain):
        return None
    if any(option.id == text.strip() for option in field.options):
        return Read(text.strip())
    day, span = wanted(plain, context)
    if _NOW.search(plain) and span is None and day in (None, context.today):
        return Read(field.options[0].id)
    if day is None and span is None:
        if _ANY.search(plain):
            return Read(field.options[0].id)
        return read_choice(field, text)
    return _matching(field.options, day, span)


def wanted(plain: str, context: Context) -> tuple[date | None, tuple[time, time] | None]:
    """The day and the part of the day a reply asks for."""
    day = _day(plain, context)
    part = _PART.search(re.sub(r"\bthis (?=morning|afternoon|evening)", "today ", plain))
    if part:
        word = part[1]
        if word.startswith(("after", "p", "lunch", "midday", "noon")) and word != "after work":
            return day, _PARTS["afternoon"]
        return day, _PARTS["evening" if word.startswith("even") or "work" in word else "morning"]
    hour = _hour(plain)
    return day, (hour, hour) if hour else None


def _day(plain: str, context: Context) -> date | None:
    offered = Field("when", "date", "", _NOT_FIELD, _NOT_FIELD, past_days=0, future_days=60)
    reading = read_date(offered, plain, context)
    if isinstance(reading, Read):
        return date.fromisoformat(reading.value)
    days = offset_dates(normal(plain), context.today)
    return days[0] if len(days) == 1 else None


def _hour(plain: str) -> time | None:
    for match in _CLOCK.finditer(plain):
        hour = int(match[1])
        timed = (
            match[3]
            or match[2]
            or re.match(r"(?:at|after|from|around|about|by|between)\b", match[0])
        )
        if not timed or hour > 23:
            continue
        if (match[3] == "pm" and hour < 12) or (not match[3] and hour < 7):
            hour += 12
        return time(min(hour, 23), min(int(match[2] or 0), 59))
    return None


def _matching(
    options: Sequence[Option], day: date | None, span: tuple[time, time] | None
) -> Reading | None:
    spans = [(option, *_span(option)) for option in options]
    fits = [
        option
        for option, start, end in spans
        if start is not None and (day is None or start.date() == day) and _within(start, end, span)
    ]
    if len(fits) == 1:
        return Read(fits[0].id)
    if not fits:
        fits = _nearest(spans, day, span)
    return Pick(tuple(Candidate(option.label, option.id) for option in fits[:3])) if fits else None


def _within(start: datetime, end: datetime | None, span: tuple[time, time] | None) -> bool:
    if span is None:
        return True
    if span[0] == span[1]:
        return start.time() <= span[0] and (end is None or span[0] < end.time())
    return span[0] <= start.time() < span[1]


def _nearest(
    spans: Sequence[tuple[Option, datetime | None, datetime | None]],
    day: date | None,
    span: tuple[time, time] | None,
) -> list[Option]:
    """Offered slots in order of their distance from what was asked for, then of time."""
    known = [(option, start) for option, start, _ in spans if start is not None]

    def distance(one: tuple[Option, datetime]) -> float:
        days = abs((one[1].date() - day).days) if day else 0
        part = 0.0 if _within(one[1], None, span) else 0.5
        return days + part

    near = sorted(known, key=distance)[:3]
    return [option for option, start in sorted(near, key=lambda one: one[1])]


def _span(option: Option) -> tuple[datetime | None, datetime | None]:
    """Start and end of a slot from its id; None where the id is no slot."""
    try:
        start, _, end = option.id.partition("/")
        return datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None
    except ValueError:
        return None, None
