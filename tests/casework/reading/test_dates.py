"""Dates as residents say them, on Tuesday 24 November 2026."""

from __future__ import annotations

import pytest

BOTH = """
5 December | 2026-12-05 | 2025-12-05
5th of dec | 2026-12-05 | 2025-12-05
05/12/2026 | 2026-12-05 | ?date_future
5/12 | 2026-12-05 | 2025-12-05
5.12.26 | 2026-12-05 | ?date_future
5-12-26 | 2026-12-05 | ?date_future
2026-12-05 | 2026-12-05 | ?date_future
03/04/2026 | 2026-04-03 | 2026-04-03
next Friday | 2026-12-04 | ?date_future
this Friday | 2026-11-27 | ?date_future
this coming saturday | 2026-11-28 | ?date_future
on Friday | 2026-11-27 | 2026-11-20
it was due monday | 2026-11-30 | 2026-11-23
monday | 2026-11-30 | 2026-11-23
this monday | 2026-11-30 | 2026-11-23
sat | 2026-11-28 | 2026-11-21
it was due sat | None | 2026-11-21
sunday | 2026-11-29 | 2026-11-22
a week on Monday | 2026-12-07 | ?date_future
monday week | 2026-12-07 | ?date_future
wednesday next week | 2026-12-02 | ?date_future
tomorrow | 2026-11-25 | ?date_future
tommorow | 2026-11-25 | ?date_future
yesterday | 2026-11-23 | 2026-11-23
the day before yesterday | 2026-11-22 | 2026-11-22
today | 2026-11-24 | 2026-11-24
two weeks ago | 2026-11-10 | 2026-11-10
a fortnight ago | 2026-11-10 | 2026-11-10
in three weeks | 2026-12-15 | ?date_future
3 weeks time | 2026-12-15 | ?date_future
six months ago | 2026-05-24 | 2026-05-24
end of the month | 2026-11-30 | ?date_future
end of january | 2027-01-31 | ?date_future
the first of next month | 2026-12-01 | ?date_future
the 12th | 2026-12-12 | 2026-11-12
the twelfth | 2026-12-12 | 2026-11-12
the 31st | 2026-12-31 | 2026-10-31
last Tuesday | 2026-11-17 | 2026-11-17
Christmas Eve | 2026-12-24 | ?date_future
good friday | 2027-03-26 | ?date_future
the fifth of december twenty twenty six | 2026-12-05 | ?date_future
first of january | 2027-01-01 | 2026-01-01
second of may | 2027-05-02 | 2026-05-02
oh five twelve twenty six | 2026-12-05 | ?date_future
05122026 | 2026-12-05 | ?date_future
051226 | 2026-12-05 | ?date_future
0512 | 2026-12-05 | 2025-12-05
friday 4th december | 2026-12-04 | 2025-12-04
Friday the 4th | 2026-12-04 | 2026-09-04
5th decemeber | 2026-12-05 | 2025-12-05
december the fifth | 2026-12-05 | 2025-12-05
we're moving on the fifth of december | 2026-12-05 | 2025-12-05
I moved on friday | 2026-11-20 | 2026-11-20
I moved on 10 november | 2026-11-10 | 2026-11-10
10 november | 2026-11-10 | 2026-11-10
31 February | ?date_impossible | ?date_impossible
31/02/2026 | ?date_impossible | ?date_impossible
12/25/2026 | ?date_impossible | ?date_impossible
5 december 2030 | ?date_future | ?date_future
5 december 2019 | ?date_past | 2019-12-05
"""


@pytest.mark.parametrize("row", BOTH.strip().splitlines())
def test_reads_a_date_forwards_for_a_plan_and_backwards_for_an_event(hears, row):
    text, ahead, back = (part.strip() for part in row.split("|"))
    assert str(hears("move_date", text)) == ahead
    assert str(hears("event_date", text)) == back


NO_DATE = """
may|march|a second|just a second|I sat down|I may move|12 March Road|5 May Terrace|£12.50|12.50
PL4 8AA|14 elm road|07700 900123|flat 2, 106 mutley plain|yes|no|I don't know
half past five|in 5 minutes|3|12|2026|second floor|the second house on the left|one two three
April Smith|June Brown|August Wilson|Jan Novak|my mum|we wed in church|mon ami|5 people|number 3
14a|1/2 pint|3/4 elm road|9-5|100%|4021 7753|AB12 CDE|Friday Street 3|Sunday Close|the sun came out
"""


@pytest.mark.parametrize(
    "text", [t for row in NO_DATE.strip().splitlines() for t in row.split("|")]
)
def test_makes_no_date_of_what_is_none(hears, text):
    assert hears("move_date", text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4 july 1984", "1984-07-04"),
        ("fourth of july nineteen eighty four", "1984-07-04"),
        ("04/07/84", "1984-07-04"),
        ("040784", "1984-07-04"),
        ("04071984", "1984-07-04"),
        ("01/02/03", "2003-02-01"),
        ("twelfth of march nineteen oh four", "1904-03-12"),
        ("seventh of august two thousand and one", "2001-08-07"),
        ("4th july", "?date_year"),
        ("31/04/1984", "?date_impossible"),
        ("4 july 2030", "?date_future"),
    ],
)
def test_a_birth_lies_in_the_past_and_has_a_year(hears, text, value):
    assert hears("date_of_birth", text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sorry it's the 12th", "2026-12-12"),
        ("the twelfth", "2026-12-12"),
        ("12", "2026-12-12"),
        ("january", "2027-01-05"),
        ("6 november", "2026-11-06"),
    ],
)
def test_a_correction_keeps_what_was_not_corrected(hears, text, value):
    assert hears("move_date", text, "2026-12-05") == value


def test_two_dates_are_picked_from(hears):
    picked = hears("move_date", "5 december or 6 december")
    assert picked == {"Saturday 5 December 2026", "Sunday 6 December 2026"}


def test_the_name_of_today_may_be_today_or_a_week_ago(hears):
    either = {"Tuesday 24 November 2026", "Tuesday 17 November 2026"}
    assert hears("collection_date", "tues") == either
    assert hears("collection_date", "last tuesday") == "2026-11-17"


@pytest.mark.parametrize("text", ["last week", "it was last week", "the other day", "next month"])
def test_a_week_is_no_day(hears, text):
    assert hears("collection_date", text) == "?date_day"
    assert hears("move_date", text) == "?date_day"


def test_a_date_before_the_bound_is_refused(hears):
    assert hears("collection_date", "1 september 2026") == "?date_past"
