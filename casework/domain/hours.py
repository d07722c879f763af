"""When the council is open, when it rings back, and when it writes to residents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True)
class OpeningHours:
    """Weekly opening times in local time, Monday first, and single days closed."""

    week: tuple[tuple[tuple[time, time], ...], ...]
    closed: frozenset[date] = frozenset()

    def spans(self, day: date) -> tuple[tuple[time, time], ...]:
        """Opening spans on a day; empty when closed."""
        return () if day in self.closed else self.week[day.weekday()]


@dataclass(frozen=True)
class CallbackPart:
    """A part of the day in which the council rings back."""

    id: str
    start: time
    end: time


@dataclass(frozen=True)
class ContactRules:
    """When residents may be written to, on their own clock, and in which formats (options of the
    field `preference`) only by post."""

    start: time = time(8)
    end: time = time(20)
    by_post: tuple[str, ...] = ()
