"""The time that indicators are of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST = timedelta(days=366)
"""The longest time counted at once: counting reads every record of it."""

USUAL = timedelta(days=28)
"""The time counted unless another is asked for: four whole weeks, so that weekends weigh alike."""

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""No record is older, and what is reckoned back from here is still a date."""


@dataclass(frozen=True)
class Period:
    """From `start` (aware) on and before `end`; empty when it ends before it starts."""

    start: datetime
    end: datetime


def chosen(
    start: datetime | date | None, end: datetime | date | None, now: datetime, zone: ZoneInfo
) -> Period:
    """The time asked for. A day begins at midnight on the local clock, and the last one counts
    whole; without an end it is `now` (aware), without a start four weeks before the end.

    Nothing is counted after now, and no more than LONGEST: what was asked for is cut to that. A
    time that ends before EARLIEST is taken to end there, with nothing in it.
    """
    until = max(min(_end(end, now, zone), now), EARLIEST)
    if start is None:
        return Period(until - USUAL, until)
    return Period(max(_moment(start, zone), until - LONGEST), until)


def _end(given: datetime | date | None, now: datetime, zone: ZoneInfo) -> datetime:
    if given is None:
        return now
    if isinstance(given, datetime):
        return given
    # The last day that Python knows has none after it.
    return now if given == date.max else _moment(given + timedelta(days=1), zone)


def _moment(given: datetime | date, zone: ZoneInfo) -> datetime:
    if isinstance(given, datetime):
        return given
    return datetime.combine(given, time(), tzinfo=zone)
