"""Says when something is open, knowing what time it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import groupby

from casework.domain.conversations import Conversation
from casework.domain.tables import Span, opening
from casework.use_cases.office import Office, word

Spans = Callable[[date], tuple[Span, ...]]

SEARCHED = 14
"""Days in which the next opening is looked for."""


def clock_time(moment: time) -> str:
    """A time of day as it is written: 9am, 5.30pm, midday."""
    if (moment.hour, moment.minute) == (12, 0):
        return "midday"
    minutes = f".{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def us_now(office: Office, conversation: Conversation, day: date | None = None) -> str:
    """Whether the telephone is answered now, and until or from when; or when it is on a day."""
    return open_when(office, conversation, "us", _ours(office, office.council.hours.spans), day)


def first_stop_now(office: Office, conversation: Conversation, day: date | None = None) -> str:
    """As `us_now`, for the council's front desk."""
    spans = _ours(office, office.council.first_stop_hours.spans)
    return open_when(office, conversation, "place", spans, day)


def row_now(
    office: Office, conversation: Conversation, row: Mapping[str, str], day: date | None = None
) -> str:
    """As `us_now`, for what stands in a row of a table."""
    return open_when(office, conversation, "place", _of_row(office, row), day)


def row_hours(office: Office, conversation: Conversation, row: Mapping[str, str]) -> str:
    """The hours of a week, days alike together: "Monday to Friday 9am to 5pm, ..."."""
    today = office.local_now.date()
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=n) for n in range(7)]
    lines = []
    for spans, same in groupby(days, key=lambda day: opening(row, day, holiday=False)):
        alike = list(same)
        first, last = f"{alike[0]:%A}", f"{alike[-1]:%A}"
        if len(alike) == len(days):
            named = word(office, conversation, "hours_every_day")
        elif first == last:
            named = first
        else:
            named = word(office, conversation, "hours_days", first=first, last=last)
        times = [_span(office, conversation, span) for span in spans]
        told = f" {word(office, conversation, 'and')} ".join(times)
        lines.append(f"{named} {told or word(office, conversation, 'hours_closed')}")
    return ", ".join(lines)


def open_when(
    office: Office, conversation: Conversation, whose: str, spans: Spans, day: date | None
) -> str:
    """A sentence on the day that was asked about, or on this moment; `whose` is us or place."""
    if day is None or day == office.local_now.date():
        return open_now(office, conversation, whose, spans)
    named = in_words(day)
    times = [_span(office, conversation, span) for span in spans(day)]
    if not times:
        return word(office, conversation, f"{whose}_closed_on", day=named)
    told = f" {word(office, conversation, 'and')} ".join(times)
    return word(office, conversation, f"{whose}_open_on", day=named, hours=told)


def in_words(day: date) -> str:
    """A near date as people say it, without the year."""
    return f"{day:%A} {day.day} {day:%B}"


def open_now(office: Office, conversation: Conversation, whose: str, spans: Spans) -> str:
    """A sentence; `whose` is us or place. Empty for what never opens."""
    now = office.local_now
    for _, end in (s for s in spans(now.date()) if s[0] <= now.time() < s[1]):
        return word(office, conversation, f"{whose}_open_until", time=clock_time(end))
    following = _next_opening(now, spans)
    if following is None:
        return ""
    at = clock_time(following.time())
    if following.date() == now.date():
        return word(office, conversation, f"{whose}_opens_today", time=at)
    return word(office, conversation, f"{whose}_opens_on", day=f"{following:%A}", time=at)


def _next_opening(now: datetime, spans: Spans) -> datetime | None:
    for ahead in range(SEARCHED):
        day = now.date() + timedelta(days=ahead)
        for start, _ in spans(day):
            if ahead or start > now.time():
                return datetime.combine(day, start)
    return None


def _ours(office: Office, spans: Spans) -> Spans:
    return lambda day: () if office.holidays.is_holiday(day) else spans(day)


def _of_row(office: Office, row: Mapping[str, str]) -> Spans:
    return lambda day: opening(row, day, office.holidays.is_holiday(day))


def _span(office: Office, conversation: Conversation, span: Span) -> str:
    start, end = (clock_time(moment) for moment in span)
    return word(office, conversation, "hours_span", start=start, end=end)
