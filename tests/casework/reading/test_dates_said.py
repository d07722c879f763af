"""More shapes of dates, on Tuesday 24 November 2026: plans, events, births and what is no date."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from casework.ports.reading import Context, Read
from tests.casework.reading.conftest import rows

PLANS = """
a week on Friday | 2026-12-04
a week on friday please | 2026-12-04
Friday week | 2026-12-04
a week this Friday | 2026-12-04
week on saturday | 2026-12-05
two weeks on Friday | 2026-12-11
2 weeks on friday | 2026-12-11
three weeks on Monday | 2026-12-21
a fortnight on Friday | 2026-12-11
a week tomorrow | 2026-12-02
a week from tomorrow | 2026-12-02
a week today | 2026-12-01
in a week | 2026-12-01
in a week's time | 2026-12-01
in two weeks' time | 2026-12-08
a fortnight today | 2026-12-08
in a fortnight | 2026-12-08
in ten days | 2026-12-04
ten days from now | 2026-12-04
the day after tomorrow | 2026-11-26
day after tomoz | 2026-11-26
tomorrow morning | 2026-11-25
tomorrow at noon | 2026-11-25
this saturday | 2026-11-28
this coming friday | 2026-11-27
the coming friday | 2026-11-27
friday this week | 2026-11-27
friday next week | 2026-12-04
next week friday | 2026-12-04
next week on friday | 2026-12-04
Friday of next week | 2026-12-04
next monday | 2026-11-30
the third | 2026-12-03
the third of december | 2026-12-03
third of the month | 2026-12-03
on the 3rd | 2026-12-03
3rd December 2026 | 2026-12-03
Dec 3rd | 2026-12-03
December the third | 2026-12-03
3/12 | 2026-12-03
3/12/26 | 2026-12-03
3 12 26 | 2026-12-03
03.12.2026 | 2026-12-03
the third of the twelfth | 2026-12-03
3rd of the 12th 26 | 2026-12-03
the 3rd of next month | 2026-12-03
thursday the third | 2026-12-03
Thursday 3rd December | 2026-12-03
Thurs 3 Dec | 2026-12-03
the last day of the month | 2026-11-30
the end of november | 2026-11-30
the first of december | 2026-12-01
new year's day | 2027-01-01
boxing day | 2026-12-26
the 29th of february | ?date_future
the thirty first of november | ?date_impossible
the 32nd of december | ?date_impossible
some time next month | ?date_day
next week | ?date_day
"""

EVENTS = """
yesterday | 2026-11-23
yesterday morning | 2026-11-23
yesterday at about ten | 2026-11-23
last night | 2026-11-23
this morning | 2026-11-24
earlier today | 2026-11-24
today | 2026-11-24
just now | 2026-11-24
the day before yesterday | 2026-11-22
the night before last | 2026-11-22
last Friday | 2026-11-20
on friday | 2026-11-20
friday just gone | 2026-11-20
last friday morning | 2026-11-20
friday last week | 2026-11-20
last week on friday | 2026-11-20
friday of last week | 2026-11-20
a week ago friday | 2026-11-13
a week last friday | 2026-11-13
a week ago | 2026-11-17
a week ago today | 2026-11-17
a week ago yesterday | 2026-11-16
two days ago | 2026-11-22
a couple of days ago | 2026-11-22
couple of weeks ago | 2026-11-10
a month ago | 2026-10-24
the third | 2026-11-03
the third of november | 2026-11-03
on the 3rd | 2026-11-03
3/11 | 2026-11-03
3/11/2026 | 2026-11-03
nov 3 | 2026-11-03
3rd nov | 2026-11-03
tuesday the third | 2026-11-03
last christmas eve | 2025-12-24
bonfire night | 2026-11-05
it was monday | 2026-11-23
I think it was monday | 2026-11-23
monday evening | 2026-11-23
monday I think | 2026-11-23
tomorrow | ?date_future
next friday | ?date_future
5 december 2026 | ?date_future
last week | ?date_day
the other day | ?date_day
a while ago | None
ages ago | None
don't remember | None
"""

BIRTHS = """
4 July 1984 | 1984-07-04
4th of July 1984 | 1984-07-04
July 4th 1984 | 1984-07-04
4 jul 84 | 1984-07-04
4/7/84 | 1984-07-04
04/07/1984 | 1984-07-04
4.7.84 | 1984-07-04
4-7-1984 | 1984-07-04
4 7 1984 | 1984-07-04
4 7 84 | 1984-07-04
04 07 1984 | 1984-07-04
04071984 | 1984-07-04
040784 | 1984-07-04
1984-07-04 | 1984-07-04
fourth of july nineteen eighty four | 1984-07-04
the fourth of july nineteen eighty-four | 1984-07-04
the fourth of the seventh nineteen eighty four | 1984-07-04
the fourth of the seventh eighty four | 1984-07-04
four seven eighty four | 1984-07-04
four seven nineteen eighty four | 1984-07-04
oh four oh seven eighty four | 1984-07-04
oh four oh seven nineteen eighty four | 1984-07-04
zero four zero seven one nine eight four | 1984-07-04
july the fourth nineteen eighty four | 1984-07-04
I was born on the 4th of July 1984 | 1984-07-04
my date of birth is 4 July 1984 | 1984-07-04
dob 4/7/84 | 1984-07-04
it's the fourth of july 1984 | 1984-07-04
27 3 1958 | 1958-03-27
twenty seventh of march nineteen fifty eight | 1958-03-27
27th march '58 | 1958-03-27
first of january two thousand | 2000-01-01
the second of may two thousand and three | 2003-05-02
29 february 2000 | 2000-02-29
31 december 1999 | 1999-12-31
1/2/34 | 1934-02-01
4th of july | ?date_year
july 1984 | None
29 february 2001 | ?date_impossible
31/04/1984 | ?date_impossible
7/24/1984 | ?date_impossible
4 july 2030 | ?date_future
1984 | None
42 | None
I'm 42 | None
I'd rather not say | None
yes | None
"""


@pytest.mark.parametrize(("text", "value"), rows(PLANS))
def test_reads_a_day_to_come(hears, text, value):
    assert str(hears("move_date", text)) == value


@pytest.mark.parametrize(("text", "value"), rows(EVENTS))
def test_reads_a_day_gone_by(hears, text, value):
    assert str(hears("event_date", text)) == value


@pytest.mark.parametrize(("text", "value"), rows(BIRTHS))
def test_reads_a_date_of_birth(hears, text, value):
    assert str(hears("date_of_birth", text)) == value


@pytest.mark.parametrize(
    ("today", "value"),
    [("2026-11-23", "2026-12-04"), ("2026-11-26", "2026-12-04"), ("2026-11-27", "2026-12-04"),
     ("2026-11-28", "2026-12-04"), ("2026-11-29", "2026-12-04")],
)  # fmt: skip
def test_next_friday_is_never_the_one_of_this_week(reader, field, today, value):
    now = datetime.fromisoformat(f"{today}T10:00").replace(tzinfo=ZoneInfo("Europe/London"))
    assert reader.read(field("move_date"), "next friday", Context(now)) == Read(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("we moved on 10 november but the landlord was told on 3 november", "2026-11-10"),
        ("I'm moving on 5 December, my lease ends on 12 December", "2026-12-05"),
        ("I move on the 5th of december and the new tenancy starts on the 1st of december",
         "2026-12-05"),
        ("my letter dated 3 november says I should tell you, I moved on 10 november",
         "2026-11-10"),
    ],
)  # fmt: skip
def test_a_date_of_something_else_is_not_taken_for_a_move(finds, text, value):
    assert finds("move_date", text) in ({"move_date": value}, {})


@pytest.mark.parametrize(
    "text",
    ["your letter of 3 november says I owe money", "the bill dated 3 november is wrong",
     "I spoke to someone on Monday about this", "I rang you last friday",
     "I emailed on 3 november and heard nothing", "my birthday is on 5 december",
     "my holiday starts on 5 december", "I get paid on Friday", "my appointment is on friday"],
)  # fmt: skip
def test_a_sentence_that_dates_something_else_gives_no_date(finds, text):
    assert finds("move_date", text) == {}
    assert finds("change_date", text) == {}
    assert finds("collection_date", text) == {}


@pytest.mark.parametrize(
    ("text", "value"),
    [("I rang you on Monday because my bin was missed on Friday", "2026-11-20"),
     ("I spoke to someone yesterday, it was missed last friday", "2026-11-20")],
)  # fmt: skip
def test_the_date_that_is_left_is_taken(finds, text, value):
    assert finds("collection_date", text) == {"collection_date": value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the fifth of december, no sorry the sixth", "2026-12-06"),
        ("the fifth no the sixth of december", "2026-12-06"),
        ("5 december no wait 6 december", "2026-12-06"),
        ("on the third of december, sorry I mean the fourth", "2026-12-04"),
        ("friday no saturday", "2026-11-28"),
        ("next friday, actually make it saturday", "2026-12-05"),
        ("monday, no sunday", "2026-11-29"),
        ("the first of december well actually the third", "2026-12-03"),
        ("twelfth of december no tell a lie the thirteenth", "2026-12-13"),
        (
            "first of December, well I say first, it's actually the third, no the second sorry",
            "2026-12-02",
        ),
        ("we move on the 5th of december, no make that january", "2027-01-05"),
        ("it's the second of december not the first", "2026-12-02"),
        ("the fifth of december and no one told me about the twelfth of january", None),
    ],
)
def test_a_day_put_right_in_the_same_breath_is_the_later_one(hears, text, value):
    if value is None:
        assert len(hears("move_date", text)) == 2
    else:
        assert hears("move_date", text) == value
