"""When cases are due, and when the council can ring back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from casework.adapters.surroundings import GovUkHolidays
from casework.domain.catalogue import Kind, Service, Tier
from casework.domain.hours import CallbackPart, OpeningHours
from casework.domain.working_time import callback_slots, due_at, is_open, working_days

LONDON = ZoneInfo("Europe/London")
WEEKDAY = ((time(9), time(17)),)
HOURS = OpeningHours((WEEKDAY,) * 5 + ((), ()))
PARTS = (
    CallbackPart("morning", time(9), time(12)),
    CallbackPart("afternoon", time(13), time(16, 30)),
)
HOLIDAYS = GovUkHolidays("england-and-wales").is_holiday
SERVICE = Service(
    id="pothole", title="", short="", about="", tier=Tier.SIMPLE, kind=Kind.REPORT,
    team="highways", full=True,
)  # fmt: skip


def local(text: str) -> datetime:
    """A local time as "2026-11-24 10:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def due(opened: str, *, days: int | None = None, hours: int | None = None) -> str | None:
    """When a case is due, on the council's own clock."""
    service = replace(SERVICE, sla_days=days, sla_hours=hours)
    moment = due_at(service, local(opened), HOURS, HOLIDAYS, LONDON)
    return None if moment is None else f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("what", "opened", "days", "expected"),
    [
        ("within a week", "2026-11-24 10:30", 2, "2026-11-26 17:00"),
        ("the first working day is the next one", "2026-11-24 08:00", 1, "2026-11-25 17:00"),
        ("late in the evening counts as that day", "2026-11-24 23:59", 1, "2026-11-25 17:00"),
        ("a weekend does not count", "2026-11-27 16:00", 1, "2026-11-30 17:00"),
        ("opened on a Saturday", "2026-11-28 12:00", 1, "2026-11-30 17:00"),
        ("opened on a Sunday", "2026-11-29 12:00", 2, "2026-12-01 17:00"),
        ("two weeks", "2026-11-24 10:30", 10, "2026-12-08 17:00"),
        ("Christmas 2026: Boxing Day is kept on Monday 28", "2026-12-24 10:00", 1,
         "2026-12-29 17:00"),
        ("over Christmas and New Year", "2026-12-23 10:00", 5, "2027-01-04 17:00"),
        ("opened on Christmas Day", "2026-12-25 10:00", 1, "2026-12-29 17:00"),
        ("Good Friday and Easter Monday", "2026-04-02 10:00", 1, "2026-04-07 17:00"),
        ("the spring bank holiday", "2026-05-22 10:00", 1, "2026-05-26 17:00"),
        ("clocks go forward on 29 March", "2026-03-27 10:00", 1, "2026-03-30 17:00"),
        ("clocks go back on 25 October", "2026-10-23 10:00", 1, "2026-10-26 17:00"),
        ("freedom of information has 20 days", "2026-11-24 10:30", 20, "2026-12-22 17:00"),
    ],
)  # fmt: skip
def test_days_count_in_working_days_and_end_at_closing(
    what: str, opened: str, days: int, expected: str
) -> None:
    assert due(opened, days=days) == expected, what


@pytest.mark.parametrize(
    ("what", "opened", "hours", "expected"),
    [
        ("on the same day", "2026-11-24 10:30", 4, "2026-11-24 14:30"),
        ("hours do not wait for Monday", "2026-11-28 22:00", 4, "2026-11-29 02:00"),
        ("an hour that the clock skips", "2026-03-29 00:30", 4, "2026-03-29 05:30"),
        ("an hour that the clock repeats", "2026-10-25 00:30", 4, "2026-10-25 03:30"),
        ("on Christmas Day", "2026-12-25 10:00", 1, "2026-12-25 11:00"),
    ],
)
def test_hours_are_hours_of_the_clock(what: str, opened: str, hours: int, expected: str) -> None:
    assert due(opened, hours=hours) == expected, what


@pytest.mark.parametrize(
    ("division", "opened", "expected"),
    [
        ("england-and-wales", "2026-12-31 10:00", "2027-01-04"),
        ("scotland", "2026-12-31 10:00", "2027-01-05"),
        ("england-and-wales", "2026-04-02 10:00", "2026-04-07"),
        ("scotland", "2026-04-02 10:00", "2026-04-06"),
        ("england-and-wales", "2026-07-31 10:00", "2026-08-03"),
        ("scotland", "2026-07-31 10:00", "2026-08-04"),
        ("northern-ireland", "2026-03-16 10:00", "2026-03-18"),
    ],
)
def test_each_part_of_the_kingdom_has_its_own_bank_holidays(
    division: str, opened: str, expected: str
) -> None:
    holidays = GovUkHolidays(division).is_holiday
    moment = due_at(replace(SERVICE, sla_days=1), local(opened), HOURS, holidays, LONDON)
    assert moment is not None
    assert f"{moment.astimezone(LONDON):%Y-%m-%d}" == expected


def test_nothing_is_due_where_nothing_is_promised() -> None:
    assert due("2026-11-24 10:30") is None


def test_due_times_are_kept_in_utc() -> None:
    service = replace(SERVICE, sla_days=1)
    summer = due_at(service, local("2026-07-01 10:00"), HOURS, HOLIDAYS, LONDON)
    winter = due_at(service, local("2026-12-01 10:00"), HOURS, HOLIDAYS, LONDON)
    assert summer is not None
    assert winter is not None
    assert [summer.isoformat(), winter.isoformat()] == [
        "2026-07-02T16:00:00+00:00",
        "2026-12-02T17:00:00+00:00",
    ]


def test_a_case_opened_shortly_before_midnight_utc_in_summer_belongs_to_the_next_local_day() -> (
    None
):
    service = replace(SERVICE, sla_days=1)
    opened = datetime(2026, 7, 1, 23, 30, tzinfo=ZoneInfo("UTC"))
    moment = due_at(service, opened, HOURS, HOLIDAYS, LONDON)
    assert moment is not None
    assert moment.astimezone(LONDON).date() == date(2026, 7, 3)


def test_a_day_that_the_council_closes_besides_is_no_working_day() -> None:
    closed = replace(HOURS, closed=frozenset({date(2026, 11, 25)}))
    moment = due_at(
        replace(SERVICE, sla_days=1), local("2026-11-24 10:00"), closed, HOLIDAYS, LONDON
    )
    assert moment is not None
    assert moment.astimezone(LONDON).date() == date(2026, 11, 26)


def test_a_council_with_two_spans_a_day_is_due_at_the_later_closing() -> None:
    split = OpeningHours((((time(9), time(12)), (time(13), time(16))),) * 5 + ((), ()))
    moment = due_at(
        replace(SERVICE, sla_days=1), local("2026-11-24 10:00"), split, HOLIDAYS, LONDON
    )
    assert moment is not None
    assert moment.astimezone(LONDON).time() == time(16)


def test_working_days_start_with_the_day_given_if_it_is_one() -> None:
    days = working_days(date(2026, 12, 24), HOURS, HOLIDAYS)
    assert [next(days).day for _ in range(4)] == [24, 29, 30, 31]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-24 08:59", False), ("2026-11-24 09:00", True), ("2026-11-24 16:59", True),
        ("2026-11-24 17:00", False), ("2026-11-28 12:00", False), ("2026-12-25 12:00", False),
        ("2026-07-01 09:00", True),
    ],
)  # fmt: skip
def test_staff_are_at_work_in_opening_hours_only(now: str, expected: bool) -> None:
    assert is_open(local(now), HOURS, HOLIDAYS, LONDON) is expected


def slots(now: str, count: int = 4) -> list[str]:
    found = callback_slots(local(now), PARTS, HOURS, HOLIDAYS, LONDON, count)
    return [f"{start:%a %d %H:%M}-{end:%H:%M}" for start, end in found]


@pytest.mark.parametrize(
    ("what", "now", "expected"),
    [
        ("early: both parts of today", "2026-11-24 07:30",
         ["Tue 24 09:00-12:00", "Tue 24 13:00-16:30"]),
        ("an hour before a part is still early enough", "2026-11-24 12:00",
         ["Tue 24 13:00-16:30", "Wed 25 09:00-12:00"]),
        ("less than an hour is not", "2026-11-24 12:01",
         ["Wed 25 09:00-12:00", "Wed 25 13:00-16:30"]),
        ("a part that has begun is gone", "2026-11-24 10:30",
         ["Tue 24 13:00-16:30", "Wed 25 09:00-12:00"]),
        ("near closing", "2026-11-24 16:59", ["Wed 25 09:00-12:00", "Wed 25 13:00-16:30"]),
        ("on a Friday evening", "2026-11-27 20:00", ["Mon 30 09:00-12:00", "Mon 30 13:00-16:30"]),
        ("on a Sunday", "2026-11-29 12:00", ["Mon 30 09:00-12:00", "Mon 30 13:00-16:30"]),
        ("on Christmas Eve at noon", "2026-12-24 12:30",
         ["Tue 29 09:00-12:00", "Tue 29 13:00-16:30"]),
        ("the evening before the clocks go back", "2026-10-24 20:00",
         ["Mon 26 09:00-12:00", "Mon 26 13:00-16:30"]),
    ],
)  # fmt: skip
def test_only_times_at_which_somebody_can_ring_are_offered(
    what: str, now: str, expected: list[str]
) -> None:
    assert slots(now, 2) == expected, what


def test_as_many_times_as_wanted_are_offered_soonest_first() -> None:
    found = callback_slots(local("2026-11-27 10:30"), PARTS, HOURS, HOLIDAYS, LONDON, 5)
    assert len(found) == 5
    assert found == sorted(found)
    assert all(start.tzinfo is LONDON for start, _ in found)
