"""Dates counted from today: weekdays, "in three weeks", feasts and the ends of months."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

import dateparser

from casework.adapters.reading.date_words import (
    MONTHS,
    STREET_WORDS,
    WEEKDAYS,
    speaks_of_past,
)

_DAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_LONG_DAY = "|".join(name for name in WEEKDAYS if name.endswith("day"))
_NUMBER = (
    r"(?:[0-9]{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"a couple of|couple of)"
)
_UNIT = r"(?:days?|weeks?|months?|years?|fortnights?)"
_OFFSET = re.compile(
    rf"\b(?:(in )({_NUMBER}) ({_UNIT})(?: time)?|({_NUMBER}|(?=fortnight)) ?({_UNIT}) "
    rf"(ago|from now|from today|time))\b(?! (?:on |last )?(?:{_DAY}|yesterday)\b)"
)
_NEAR = (
    (re.compile(r"\bday after (?:tomorrow|tomorow|tommorow|tommorrow|tomoz|tmrw)\b"), 2),
    (re.compile(r"\b(?:day before yesterday|night before last)\b"), -2),
    (re.compile(r"\bweek (?:ago )?yesterday\b"), -8),
    (
        re.compile(
            r"^(?:just now|(?:a (?:minute|moment|few (?:minutes|hours))|(?:about )?an hour"
            r"(?: or so)?) ago)\W*$"
        ),
        0,
    ),
    (re.compile(r"\b(?:a )?week (?:from )?(?:tomorrow|tomoz)\b|\btomorrow week\b"), 8),
    (re.compile(r"\b(?:a )?(?:week|7 days) (?:from )?today\b|\btoday week\b"), 7),
    (re.compile(r"\b(?:a )?fortnight (?:from )?today\b"), 14),
    (re.compile(r"\b(?:tomorrow|tomorow|tommorow|tommorrow|tomoz|tmrw|2moro)\b"), 1),
    (re.compile(r"\b(?:yesterday|yesturday|last night)\b"), -1),
    (re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening)|right now)\b"), 0),
)
_WEEK_ON = re.compile(
    rf"\b(?:(?:(a|[0-9]|two|three|four|five|six) )?(weeks?|fortnight) (?:on|from|next|this|come) "
    rf"({_DAY})|({_DAY}) (week|fortnight))\b"
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_WEEK_LAST = re.compile(rf"\b(?:a )?week (?:ago )?(?:last|ago (?:on )?) ?({_DAY})\b")
_WEEK_OF = re.compile(
    rf"\b(?:({_LONG_DAY}) (?:of )?(next|last|this) week|(next|last|"
    rf"this) week (?:on )?({_LONG_DAY}))\b"
)
_WEEKDAY = re.compile(
    rf"(?<!every )(?<!each )\b(?:(next|last|this coming|this past|this|coming|on|the|by|"
    rf"past) )?({_DAY})\b"
    rf"(?! (?:{STREET_WORDS})\b|s\b| to (?:{_DAY}))"
)
_EDGE = re.compile(
    r"\b(end|start|beginning|first day|last day|first|1st) of (?:the |this )?"
    rf"(next month|last month|month|year|{'|'.join(MONTHS)})\b"
)
_END_OF_WEEK = re.compile(r"\b(?:the )?(?:end of (?:the|this) week)\b")
_SHY = frozenset({"sat", "sun", "wed", "mon", "fri", "tue", "thu"})
"""Short names that are also words, or parts of them."""
_SHY_DAY = re.compile(
    r"^(?:(?:it|was|its|due|supposed|meant|should|have|been|to|be|on|last|er|um|i|think|yes|"
    r"please) )*(?:sat|sun|wed|mon|fri|tue|thu)\W*$"
)
"""A reply that is hardly more than such a name."""


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year (the algorithm of Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


_FEASTS: tuple[tuple[str, Callable[[int], date]], ...] = (
    (r"christmas eve|xmas eve", lambda year: date(year, 12, 24)),
    (r"boxing day", lambda year: date(year, 12, 26)),
    (r"(?:christmas|xmas)(?: day)?(?! (?:tree|card|light))", lambda year: date(year, 12, 25)),
    (r"new years? eve", lambda year: date(year, 12, 31)),
    (r"new years?(?: day)", lambda year: date(year, 1, 1)),
    (r"valentines? day", lambda year: date(year, 2, 14)),
    (r"hallowe?en", lambda year: date(year, 10, 31)),
    (r"bonfire night|guy fawkes", lambda year: date(year, 11, 5)),
    (r"good friday", lambda year: easter(year) - timedelta(days=2)),
    (r"easter monday", lambda year: easter(year) + timedelta(days=1)),
    (r"easter sunday", lambda year: easter(year)),
)  # fmt: skip
_LATELY = timedelta(days=183)
"""How long ago a feast named alone may lie: "bonfire night", asked about in November."""
_FEAST = [(re.compile(rf"\b(last )?(?:{words})\b"), day) for words, day in _FEASTS]


def offset_dates(plain: str, today: date, past: bool = False) -> list[date]:
    """Days a normalised sentence counts from today, the first kind of phrase that is found.

    "next Friday" is the Friday of next week (weeks begin on Monday), "this Friday", "Friday" and
    "on Friday" the coming one, or the one gone by in a sentence about the past. With `past` only
    what has been can be meant, and today's weekday may be today or a week ago.
    """
    if past and (been := list(dict.fromkeys(_weekdays_been(plain, today)))):
        return been
    if past and (feast := [d for d in _from_feasts(plain, today, past) if today - d < _LATELY]):
        return feast
    for reading in (_from_feasts, _from_edges, _from_offsets, _from_weeks, _from_near,
                    _from_weekdays):  # fmt: skip
        found = list(dict.fromkeys(reading(plain, today)))
        if found:
            return found
    return []


def _weekdays_been(plain: str, today: date) -> Iterator[date]:
    """The last of each weekday named alone: "Monday", "it was due Monday", "this Monday"."""
    otherwise = (_WEEK_ON, _WEEK_LAST, _WEEK_OF, *(pattern for pattern, _ in _FEAST))
    if any(pattern.search(plain) for pattern in otherwise):
        return
    for match in _WEEKDAY.finditer(plain):
        which, day = match[1] or "", WEEKDAYS[match[2]]
        ahead = which == "this" and day > today.weekday()
        if which in ("", "on", "the", "by", "this") and not ahead:
            if match[2] in _SHY and which in ("", "the", "by") and not _SHY_DAY.search(plain):
                continue
            if day == today.weekday():
                yield today
            yield _before(day, today)


def _from_feasts(plain: str, today: date, past: bool = False) -> Iterator[date]:
    for pattern, on in _FEAST:
        match = pattern.search(plain)
        if match:
            years = [on(today.year + step) for step in (-1, 0, 1)]
            back = past or match[1] or speaks_of_past(plain)
            yield (
                max(d for d in years if d < today) if back else min(d for d in years if d >= today)
            )
            return


def _from_edges(plain: str, today: date) -> Iterator[date]:
    match = _EDGE.search(plain)
    if match:
        month = _first_of(match[2], today, speaks_of_past(plain))
        at_end = match[1] in ("end", "last day")
        if match[2] == "year":
            yield date(today.year, 12, 31) if at_end else date(today.year + 1, 1, 1)
        else:
            if not at_end and match[2] == "month" and "this month" not in plain:
                # "The first of the month" is the one to come, in a sentence about what is to come.
                month = month if speaks_of_past(plain) or month == today else _next_month(month)
            yield _next_month(month) - timedelta(days=1) if at_end else month
    elif _END_OF_WEEK.search(plain):
        yield today + timedelta(days=(4 - today.weekday()) % 7)


def _first_of(name: str, today: date, past: bool) -> date:
    first = today.replace(day=1)
    if name == "next month":
        return _next_month(first)
    if name == "last month":
        return (first - timedelta(days=1)).replace(day=1)
    if name in MONTHS:
        years = [date(today.year + step, MONTHS[name], 1) for step in (-1, 0, 1)]
        if past:
            return max(year for year in years if year <= today)
        # As with a day and its month: the nearest, and the one to come counts twice as near.
        return min(years, key=lambda year: abs((year - first).days) * (2 if year < first else 1))
    return first


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _from_offsets(plain: str, today: date) -> Iterator[date]:
    for match in _OFFSET.finditer(plain):
        number = (match[2] or match[4] or "a").replace("a couple of", "2").replace("couple of", "2")
        unit = match[3] or match[5]
        if unit.startswith("fortnight"):
            words = {"a": 1, "one": 1, "two": 2}
            number, unit = str(2 * words.get(number, 1)), "weeks"
        phrase = f"{number} {unit} ago" if match[6] == "ago" else f"in {number} {unit}"
        moment = dateparser.parse(
            phrase, languages=["en"], settings={"RELATIVE_BASE": datetime.combine(today, time(12))}
        )
        if moment is not None:
            yield moment.date()


def _from_weeks(plain: str, today: date) -> Iterator[date]:
    for match in _WEEK_LAST.finditer(plain):
        yield _before(WEEKDAYS[match[1]], today) - timedelta(days=7)
        return
    for match in _WEEK_ON.finditer(plain):
        day = WEEKDAYS[match[3] or match[4]]
        count = match[1] or "a"
        weeks = int(count) if count.isdigit() else _COUNTS.get(count, 1)
        extra = 14 if (match[2] or match[5]) == "fortnight" else 7 * weeks
        yield _after(day, today) + timedelta(days=extra)
    for match in _WEEK_OF.finditer(plain):
        day = WEEKDAYS[match[1] or match[4]]
        monday = today - timedelta(days=today.weekday())
        weeks = {"next": 7, "last": -7, "this": 0}[match[2] or match[3]]
        yield monday + timedelta(days=weeks + day)


def _from_near(plain: str, today: date) -> Iterator[date]:
    for pattern, days in _NEAR:
        if pattern.search(plain):
            yield today + timedelta(days=days)
            return


def _from_weekdays(plain: str, today: date) -> Iterator[date]:
    for match in _WEEKDAY.finditer(plain):
        which, name = match[1] or "", match[2]
        if name in _SHY and which in ("", "the", "by") and len(plain.split()) > 1:
            continue
        day = WEEKDAYS[name]
        if which in ("last", "this past", "past"):
            yield _before(day, today)
        elif which == "next":
            yield today - timedelta(days=today.weekday()) + timedelta(days=7 + day)
        elif not which.startswith(("this", "coming")) and speaks_of_past(plain):
            yield _before(day, today)
        else:
            yield _after(day, today)


def _after(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _before(weekday: int, today: date) -> date:
    return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
