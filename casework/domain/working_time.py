"""When something is due, in the council's working days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from casework.domain.catalogue import Service
from casework.domain.hours import CallbackPart, OpeningHours

IsHoliday = Callable[[date], bool]


def working_days(first: date, hours: OpeningHours, is_holiday: IsHoliday) -> Iterator[date]:
    """Days from `first` on, that one included, on which the council works."""
    day = first
    while True:
        if hours.spans(day) and not is_holiday(day):
            yield day
        day += timedelta(days=1)


def is_open(now: datetime, hours: OpeningHours, is_holiday: IsHoliday, zone: ZoneInfo) -> bool:
    """Whether the council's staff are at work at `now` (aware)."""
    local = now.astimezone(zone)
    if is_holiday(local.date()):
        return False
    return any(start <= local.time() < end for start, end in hours.spans(local.date()))


def opens_next(
    now: datetime, hours: OpeningHours, is_holiday: IsHoliday, zone: ZoneInfo
) -> datetime:
    """When the council's staff are next at work after `now` (aware), on the local clock."""
    local = now.astimezone(zone)
    for day in working_days(local.date(), hours, is_holiday):
        for start, _ in hours.spans(day):
            opens = datetime.combine(day, start, tzinfo=zone)
            if opens > local:
                return opens
    raise AssertionError("working days never end")


def due_at(
    service: Service,
    opened_at: datetime,
    hours: OpeningHours,
    is_holiday: IsHoliday,
    zone: ZoneInfo,
) -> datetime | None:
    """When a case opened at `opened_at` (aware) is due, in UTC; None without a promised time.

    Hours are clock hours. Days are working days, the first being the one after the case was
    opened, and end when the council closes on the last of them.
    """
    if service.sla_hours is not None:
        return opened_at.astimezone(UTC) + timedelta(hours=service.sla_hours)
    if service.sla_days is None:
        return None
    first = opened_at.astimezone(zone).date() + timedelta(days=1)
    days = working_days(first, hours, is_holiday)
    last = first
    for _ in range(max(service.sla_days, 1)):
        last = next(days)
    closing = hours.spans(last)[-1][1]
    return datetime.combine(last, closing, tzinfo=zone).astimezone(UTC)


def callback_slots(
    now: datetime,
    parts: tuple[CallbackPart, ...],
    hours: OpeningHours,
    is_holiday: IsHoliday,
    zone: ZoneInfo,
    count: int,
) -> list[tuple[datetime, datetime]]:
    """The next `count` times (start and end, local) at which the council can ring back.

    A part that has begun, or begins within the hour, is not offered any more.
    """
    local = now.astimezone(zone)
    slots: list[tuple[datetime, datetime]] = []
    for day in working_days(local.date(), hours, is_holiday):
        for part in parts:
            if not any(
                opens <= part.start and part.end <= shuts for opens, shuts in hours.spans(day)
            ):
                continue
            start = datetime.combine(day, part.start, tzinfo=zone)
            end = datetime.combine(day, part.end, tzinfo=zone)
            if start - local >= timedelta(hours=1):
                slots.append((start, end))
            if len(slots) == count:
                return slots
    return slots
