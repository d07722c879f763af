"""The day that a question about opening hours names: "what about Sunday", "on Christmas Day"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from casework.domain.tables import DAYS

AHEAD = 370
"""Days in which a bank holiday or a day of the year is looked for."""

_WEEKDAY = re.compile(rf"\b({'|'.join(DAYS)})s?\b")
_OF_THE_YEAR = {
    re.compile(r"\b(?:christmas|xmas)(?! eve)\b"): (12, 25),
    re.compile(r"\b(?:christmas|xmas) eve\b"): (12, 24),
    re.compile(r"\bboxing day\b"): (12, 26),
    re.compile(r"\bnew year'?s? eve\b"): (12, 31),
    re.compile(r"\bnew year(?!'?s? eve)(?:'?s?(?: day)?)?\b"): (1, 1),
}
_MOMENT = re.compile(
    r"\b(?:today|now|tonight|open|opens|opening|opened|close|closes|closed|closing|shut|shuts|hours|"
    r"times?|late|early|evenings?|mornings?|afternoons?)\b"
)


def day_named(words: str, today: date, is_holiday: Callable[[date], bool]) -> date | None:
    """The next day that words name, after today; None when they name none."""
    said = words.lower().replace("\u2019", "'")
    coming = [today + timedelta(days=ahead) for ahead in range(AHEAD)]
    for pattern, (month, day) in _OF_THE_YEAR.items():
        if pattern.search(said):
            return next(one for one in coming if (one.month, one.day) == (month, day))
    if re.search(r"\bgood friday\b", said):
        spring = (one for one in coming if one.month in {3, 4} and one.weekday() == 4)
        return next((one for one in spring if is_holiday(one)), None)
    if re.search(r"\beaster monday\b", said):
        spring = (one for one in coming if one.month in {3, 4} and one.weekday() == 0)
        return next((one for one in spring if is_holiday(one)), None)
    if re.search(r"\bbank ?holidays?\b", said):
        return next((one for one in coming if is_holiday(one)), None)
    if re.search(r"\btomorrow\b", said):
        return coming[1]
    if found := _WEEKDAY.search(said):
        wanted = DAYS.index(found[1])
        return next(one for one in coming if one.weekday() == wanted)
    if re.search(r"\bweek ?ends?\b", said):
        return next(one for one in coming if one.weekday() == DAYS.index("saturday"))
    return None


def asks_when(words: str) -> bool:
    """Whether words ask about a time of opening without saying of what."""
    return _MOMENT.search(words.lower()) is not None
