"""Which day a question about opening hours names."""

from __future__ import annotations

from datetime import date

import pytest

from casework.domain.days_named import asks_when, day_named

TODAY = date(2026, 12, 22)  # a Tuesday
HOLIDAYS = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 3, 26),
            date(2027, 3, 29)}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("what time does it shut on Sunday", date(2026, 12, 27)),
        ("sundays?", date(2026, 12, 27)),
        ("what about weekends", date(2026, 12, 26)),
        ("is it open tomorrow", date(2026, 12, 23)),
        ("tuesday", date(2026, 12, 22)),
        ("and at christmas", date(2026, 12, 25)),
        ("on xmas eve", date(2026, 12, 24)),
        ("boxing day", date(2026, 12, 26)),
        ("new year's day", date(2027, 1, 1)),
        ("new years eve", date(2026, 12, 31)),
        ("and bank holidays?", date(2026, 12, 25)),
        ("good friday", date(2027, 3, 26)),
        ("easter monday", date(2027, 3, 29)),
        ("is the tip open now", None),
        ("my son sunny", None),
    ],
)
def test_the_next_day_that_words_name(said: str, day: date | None) -> None:
    assert day_named(said, TODAY, HOLIDAYS.__contains__) == day


@pytest.mark.parametrize("said", ["what time does it close", "is it open now", "opening hours"])
def test_asking_when_without_saying_of_what(said: str) -> None:
    assert asks_when(said)
    assert not asks_when("what about Ivybridge")
