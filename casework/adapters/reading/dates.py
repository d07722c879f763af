"""Dates as residents say them. Day before month, always; a guess is never made of bare numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from casework.adapters.reading.date_numbers import numbered
from casework.adapters.reading.date_offsets import offset_dates
from casework.adapters.reading.date_words import (
    MONTHS,
    STREET_WORDS,
    WEEKDAYS,
    normal,
    speaks_of_past,
)
from casework.adapters.reading.phrases import FILLERS
from casework.adapters.reading.spoken import digit_runs, words
from casework.domain.drafts import Candidate
from casework.domain.fields import Field
from casework.ports.reading import Context, Pick, Read, Reading, Refused

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_YEAR = r"(?:,? ((?:19|20)[0-9]{2})\b|,? ([0-9]{2})(?=$|[,.;!?](?: |$)| please| if|$))?"
_ISO = re.compile(r"(?<![0-9])([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?![0-9])")
_NUMERIC = re.compile(
    r"(?<![0-9./])([0-9]{1,2}) ?([/.-]) ?([0-9]{1,2}) ?\2 ?((?:19|20)?[0-9]{2})(?![0-9/]|\.[0-9])"
)
_SHORT = re.compile(r"(?<![0-9/])([0-9]{1,2})/([0-9]{1,2})(?![0-9/])")
_DAY_MONTH = re.compile(
    rf"(?<![0-9.,/])\b([0-9]{{1,2}})(?:st|nd|rd|th)?(?: day)?(?: of)?[ -]({_MONTH})\b[.]?"
    rf"(?! (?:{STREET_WORDS})\b){_YEAR}"
)
_MONTH_DAY = re.compile(
    rf"\b({_MONTH})[.]? (?:the )?([0-9]{{1,2}})(st|nd|rd|th)?(?![0-9/:.]?[0-9])\b{_YEAR}"
)
_ORDINAL = re.compile(
    r"\b(?:the |on )?([0-9]{1,2})(?:st|nd|rd|th)\b(?: of (this|next|last) month| (this|next|last) "
    r"month)?"
)
_WEEKDAY_NTH = re.compile(
    rf"\b({_DAY}) the ([0-9]{{1,2}})(?:st|nd|rd|th)\b(?! (?:of )?(?:{_MONTH})\b)"
)
_BARE_DAY = re.compile(r"^(?:(?:on|its|the|sorry|no|actually|to) )*([0-9]{1,2})$")
_NO_DAY = re.compile(
    r"\b(?:(?:last|this|next|the other|one day last) (?:week|weekend|month)|the other day|"
    rf"(?:a few|few|some|several) (?:days|weeks|months) ago|recently)\b"
    rf"|^(?:(?:it was|since|from|in|around|about|sometime|some time|last|early|late|mid|the|middle"
    rf"|of|maybe|er|um|i think) )+(?:{_MONTH})(?: (?:last year|this year|time|sometime|some time|"
    rf"(?:19|20)[0-9]{{2}}))*[ .!,]*$"
)
"""A time that is longer than a day."""
DAYS = frozenset({"date", "date_past"})
IN_REPLY = FILLERS | frozenset(
    """it its is was on the of date that day be will from im we were i i'm moving moved my no not
    actually make by about around approximately roughly think should said say since starting
    started for to this next month last in a yes yeah yep believe probably and think maybe going
    hopefully meant change correct she he they died passed away happened began born joined came
    changed missed due""".split()
)
"""Words that may stand around a date in an answer."""


@dataclass(frozen=True)
class Said:
    """A day as said: parts may be missing. `end` is where it ends in the normalised text."""

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    whole: date | None = None


def read_date(field: Field, text: str, context: Context) -> Reading | None:
    """The date a reply gives, as "YYYY-MM-DD".

    Refused as date_impossible, date_year (a birth without its year), date_past or date_future
    (outside the field's bounds), date_day (a week). Several dates in one reply are picked from.
    """
    plain = normal(text)
    been = field.type == "date_past" or (field.type in DAYS and field.future_days == 0)
    said = (
        list(_full_dates(plain))
        or _numbers(plain)
        or _bare(plain, context)
        or said_in(plain, context, been)
        or _keypad(text)
    )
    past = been or speaks_of_past(plain)
    days: list[date] = []
    refusal: Refused | None = None
    for one in said:
        got = _placed(one, field, context, past)
        if isinstance(got, Refused):
            refusal = refusal or got
        elif got not in days:
            days.append(got)
    if not days:
        return refusal or (Refused("date_day") if _NO_DAY.search(plain) else None)
    checked = [(day, _bounds(day, field, context)) for day in days]
    good = [day for day, problem in checked if problem is None]
    if len(good) > 1:
        return Pick(tuple(Candidate(spoken_date(day), day.isoformat()) for day in good[:4]))
    return Read(good[0].isoformat()) if good else checked[0][1]


def spoken_date(day: date) -> str:
    """A date with its weekday, as in "Saturday 5 December 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def is_birth(field: Field) -> bool:
    """Whether a field asks for a date of birth, where a year must be given and lies far back."""
    return field.type == "date_of_birth" or field.id == "date_of_birth"


def said_in(plain: str, context: Context, past: bool = False) -> list[Said]:
    """Every date that a normalised text plainly states; `past`: only what has been is asked for."""
    full = list(_full_dates(plain))
    if full:
        return full
    return [Said(0, whole=day) for day in offset_dates(plain, context.today, past)]


def said_fully(plain: str) -> bool:
    """Whether a normalised text states a day with its month."""
    return any(True for _ in _full_dates(plain))


def _full_dates(plain: str) -> Iterator[Said]:
    rest = plain
    for pattern, order in ((_ISO, "ymd"), (_NUMERIC, "dmy"), (_DAY_MONTH, "dm"), (_MONTH_DAY, "md"),
                           (_WEEKDAY_NTH, "nth"), (_SHORT, "short")):  # fmt: skip
        for match in pattern.finditer(rest):
            said = _from_match(match, order, plain)
            if said is not None:
                yield said
                rest = rest[: match.start()] + " " * len(match.group()) + rest[match.end() :]


def _from_match(match: re.Match[str], order: str, plain: str) -> Said | None:
    parts = match.groups()
    if order == "ymd":
        return Said(int(parts[2]), int(parts[1]), int(parts[0]))
    if order == "dmy":
        return Said(int(parts[0]), int(parts[2]), int(parts[3]))
    if order == "short":
        # "3/4 Elm Road" and "1/2 pint" are no dates: what follows must belong to a reply.
        following = words(plain[match.end() :])[:1]
        dated = 1 <= int(parts[1]) <= 12 and all(word in IN_REPLY for word in following)
        return Said(int(parts[0]), int(parts[1])) if dated else None
    if order == "nth":
        return Said(int(parts[1]), weekday=WEEKDAYS[parts[0]])
    if order == "dm":
        return Said(int(parts[0]), MONTHS[parts[1]], _year_of(parts[2], parts[3]))
    # "may 5" and "march 3" are also plain words: they need an ordinal, a year or nothing after.
    year = _year_of(parts[3], parts[4])
    alone = not plain[match.end() :].strip(" .!,") or bool(parts[2]) or year is not None
    return Said(int(parts[1]), MONTHS[parts[0]], year) if alone else None


def _year_of(long: str | None, short: str | None) -> int | None:
    return int(long or short or 0) if long or short else None


def _keypad(text: str) -> list[Said]:
    """Digits alone: DDMMYYYY, DDMMYY or DDMM, keyed or read out."""
    if not all(word in IN_REPLY or word.isdigit() or _is_number_word(word)
               for word in words(text)):  # fmt: skip
        return []
    runs = digit_runs(text.replace("/", " "), " -.,")
    digits = runs[0].text if len(runs) == 1 else ""
    if re.fullmatch(r"[0-9]{4}", digits) and (digits[:2] in ("19", "20") or int(digits[2:]) > 12):
        return []
    if re.fullmatch(r"[0-9]{4}|[0-9]{6}|[0-9]{4}(?:19|20)[0-9]{2}", digits) and int(digits[:2]):
        return [Said(int(digits[:2]), int(digits[2:4]), int(digits[4:]) if digits[4:] else None)]
    return []


def _numbers(plain: str) -> list[Said]:
    parts = numbered(plain, IN_REPLY)
    return [Said(*parts)] if parts else []


def _is_number_word(word: str) -> bool:
    return word in ("oh", "o", "double", "thousand", "hundred", "and") or bool(
        digit_runs(word) and digit_runs(word)[0].text
    )


def _bare(plain: str, context: Context) -> list[Said]:
    """ "The 12th", "Friday the 4th", a month alone or a year alone when one is corrected."""
    other = [w for w in words(plain) if w not in IN_REPLY and w not in WEEKDAYS]
    ordinals = list(_ORDINAL.finditer(plain))
    held = _held(context)
    if ordinals and all(re.fullmatch(r"[0-9]{1,2}(?:st|nd|rd|th)?|st|nd|rd|th", w) for w in other):
        match = ordinals[0]
        weekday = re.search(rf"\b({_DAY})\b", plain)
        month, year = _month_named(match[2] or match[3], context)
        named = WEEKDAYS[weekday[1]] if weekday else None
        return [Said(int(match[1]), month, year, named)]
    if _BARE_DAY.match(plain) and (held or plain.startswith("the")):
        day = int(_BARE_DAY.sub(r"\1", plain))
        return [Said(day)] if 1 <= day <= 31 else []
    if held and len(other) == 1 and other[0] in MONTHS:
        return [Said(held.day, MONTHS[other[0]])]
    if held and len(other) == 1 and re.fullmatch(r"(?:19|20)[0-9]{2}", other[0]):
        return [Said(held.day, held.month, int(other[0]))]
    return []


def _month_named(which: str | None, context: Context) -> tuple[int | None, int | None]:
    if not which:
        return None, None
    first = context.today.replace(day=1)
    if which == "next":
        first = (first + timedelta(days=32)).replace(day=1)
    elif which == "last":
        first = (first - timedelta(days=1)).replace(day=1)
    return first.month, first.year


def _held(context: Context) -> date | None:
    try:
        return date.fromisoformat(context.held) if isinstance(context.held, str) else None
    except ValueError:
        return None


def _placed(said: Said, field: Field, context: Context, past: bool) -> date | Refused:
    """The day of the calendar that was meant, among those the field allows where it can be."""
    if said.whole:
        return said.whole
    if not 1 <= said.day <= 31 or (said.month is not None and not 1 <= said.month <= 12):
        return Refused("date_impossible")
    if said.year is not None:
        return _real(_full_year(said.year, field, context), said.month or 0, said.day) or Refused(
            "date_impossible"
        )
    if is_birth(field) and not _held(context):
        return Refused("date_year")
    possible = list(_possible(said, context.today))
    if not possible:
        return Refused("date_impossible")
    held = _held(context)
    if held and said.month is None and said.weekday is None:
        same = [day for day in possible if (day.year, day.month) == (held.year, held.month)]
        return same[0] if same else _real(held.year, held.month, said.day) or possible[0]
    if is_birth(field) and held:
        return _real(held.year, said.month or held.month, said.day) or Refused("date_impossible")
    allowed = [day for day in possible if _bounds(day, field, context) is None] or possible
    if said.month is None and not past:
        allowed = [day for day in allowed if day >= context.today] or allowed
    return min(allowed, key=lambda day: _distance(day, context.today, past))


def _possible(said: Said, today: date) -> Iterator[date]:
    """Days near today that fit what was said, within eight years either way for 29 February."""
    if said.month is not None:
        reach = range(-8, 9) if (said.month, said.day) == (2, 29) else range(-1, 2)
        days = [_real(today.year + years, said.month, said.day) for years in reach]
    else:
        months = [today.year * 12 + today.month - 1 + step for step in range(-13, 14)]
        days = [_real(index // 12, index % 12 + 1, said.day) for index in months]
    for day in days:
        if day and (said.weekday is None or day.weekday() == said.weekday):
            yield day


def _distance(day: date, today: date, past: bool) -> float:
    days = (day - today).days
    # Without past words a future day counts double near: "1 June" in November is next June.
    wrong_way = days > 0 if past else days < 0
    return abs(days) * ((1000 if past else 2) if wrong_way else 1)


def _full_year(year: int, field: Field, context: Context) -> int:
    if year >= 100:
        return year
    this = context.today.year % 100
    late = this if is_birth(field) or field.type == "date_past" else this + 20
    return 2000 + year if year <= late else 1900 + year


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _bounds(day: date, field: Field, context: Context) -> Refused | None:
    days = (day - context.today).days
    latest = 0 if field.type in ("date_past", "date_of_birth") else field.future_days
    if latest is not None and days > latest:
        return Refused("date_future")
    past_days = 125 * 366 if field.past_days is None else field.past_days
    return Refused("date_past") if days < -past_days else None
