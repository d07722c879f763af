"""What a council's table holds, and when what stands in a row of it is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from casework.domain.wording import Spoken

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SUMMER = range(4, 11)
"""Months in which summer hours hold, where a table has columns summer and winter."""

Span = tuple[time, time]


@dataclass(frozen=True)
class Column:
    """What a column holds. `type`: text, words (joined by ;), date, hours, days (of
    every year: 12-25) or key (a reference)."""

    type: str
    what: str
    optional: bool = False


@dataclass(frozen=True)
class TableSchema:
    """A table: its columns in order, those by which residents name a row, who keeps it, and how
    one row is said. `example` marks rows made up for the shipped council; `unnamed` says what
    stands for a question that names no row: all that hold now, or nothing."""

    name: str
    what: str
    owner: str
    row: Spoken
    columns: Mapping[str, Column] = field(default_factory=dict)
    found_by: tuple[str, ...] = ()
    unnamed: str = "nothing"
    example: bool = False
    may_be_empty: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that hold references."""
        return tuple(name for name, column in self.columns.items() if column.type == "key")

    @property
    def has_hours(self) -> bool:
        """Whether its rows say when they are open."""
        return any(column.type == "hours" for column in self.columns.values())


def spans_in(hours: str) -> tuple[Span, ...]:
    """Opening spans in a cell, local time; none for closed."""
    if hours in {"", "closed"}:
        return ()
    spans = (span.strip().split("-") for span in hours.split(";"))
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in spans)


def opening(row: Mapping[str, str], day: date, holiday: bool) -> tuple[Span, ...]:
    """When a row is open on a day: by weekday or by season, and by its columns bank_holiday and
    shut_on (days of every year, 12-25)."""
    if f"{day:%m-%d}" in row.get("shut_on", "").split(";"):
        return ()
    if holiday and "bank_holiday" in row:
        return spans_in(row["bank_holiday"])
    if "summer" in row:
        return spans_in(row["summer" if day.month in SUMMER else "winter"])
    return spans_in(row[DAYS[day.weekday()]])
