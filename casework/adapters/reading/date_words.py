"""The words of dates: months, weekdays, ordinals and spoken years, made into digits."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from casework.adapters.reading.spoken import TEENS, TENS, UNITS, clean

MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "febuary": 2, "march": 3, "mar": 3,
    "april": 4, "apr": 4, "may": 5, "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8,
    "aug": 8, "september": 9, "sept": 9, "sep": 9, "october": 10, "oct": 10, "november": 11,
    "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
WEEKDAYS = {
    "monday": 0, "mon": 0, "tuesday": 1, "tues": 1, "tue": 1, "wednesday": 2, "weds": 2,
    "wed": 2, "wensday": 2, "thursday": 3, "thurs": 3, "thur": 3, "thu": 3, "friday": 4, "fri": 4,
    "saturday": 5, "sat": 5, "sunday": 6, "sun": 6,
}  # fmt: skip
STREET_WORDS = (
    "road|rd|street|st|avenue|ave|close|lane|drive|way|place|terrace|gardens|crescent|court|"
    "square|hill|park|house|row|grove|walk|view|flats?|floor|bend|turning|left|right|door|bin|"
    "school|primary|surgery|bus"
)
_PAST = re.compile(
    r"\b(?:was|were|ago|last|left|did|died|since|already|passed away|got|became|split|went|came|"
    r"bought|sold|wrote|took|gave|gone|been|lost|broke|stole|began|quit|moved|(?!need|indeed|speed|"
    r"shed|married)[a-z]{3,}ed)\b"
)
_FUTURE = re.compile(
    r"\b(?:moving|leaving|will|ill|well be|going to|gonna|wanna|hoping|planning|due|starts?|"
    r"starting|"
    r"from|next|coming|get the keys|be)\b"
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_SUFFIX = {1: "st", 2: "nd", 3: "rd"}
_TENTHS = {"twentieth": 20, "thirtieth": 30}
_LONG_MONTHS = [name for name in MONTHS if len(name) > 4]
_LONG_WEEKDAYS = [name for name in WEEKDAYS if len(name) > 5]
_ORDINAL_WORD = re.compile(
    r"\b(?:(twenty|thirty)[ -])?(" + "|".join([*_ORDINALS, *_TENTHS]) + r")\b"
)
_SECOND = re.compile(
    rf"(?<=the )second(?! (?:{STREET_WORDS}|one)\b)|second (?:of )?(?:{'|'.join(MONTHS)})\b"
)
_UNIT = "|".join([*UNITS, "oh", "o"])
_TEEN = "|".join(TEENS)
_TEN = "|".join(TENS)
_UPTO99 = rf"(?:(?:{_TEN})(?:[ -](?:{_UNIT}))?|{_TEEN}|oh (?:{_UNIT})|o (?:{_UNIT}))"
_YEAR_WORDS = re.compile(
    rf"\b(?:(nineteen|twenty)[ -](?:hundred )?(?:and )?({_UPTO99})"
    rf"|two thousand(?: and)?(?: ({_UPTO99}|{_UNIT}))?)\b"
)
_DAY_WORD = re.compile(rf"\b({_UPTO99}|{_UNIT})(?= (?:of )?(?:{'|'.join(MONTHS)})\b)")


def normal(text: str) -> str:
    """Lower case, ordinals as "5th", spoken days and years as digits, months spelt right."""
    plain = clean(text).lower().replace("we're", "we are").replace("'", "")
    plain = _ORDINAL_WORD.sub(_ordinal, plain)
    plain = re.sub(r"\b([0-9]{1,2}) (st|nd|rd|th)\b(?! )", r"\1\2", plain)
    plain = re.sub(r"\b([0-9]{1,2})(st|nd|rd|th)(?=[a-z]{3})", r"\1\2 ", plain)
    plain = re.sub(r"\b([0-9]{1,2})(?=(?:" + "|".join(_LONG_MONTHS) + r"|dec|jan|feb|oct|nov)\b)",
                   r"\1 ", plain)  # fmt: skip
    plain = _spelt_right(plain)
    plain = _YEAR_WORDS.sub(_year, plain)
    plain = _DAY_WORD.sub(lambda m: str(_number(m[1])), plain)
    for month in sorted(MONTHS, key=len, reverse=True):
        if month in plain:
            plain = re.sub(
                rf"\b({month})(?: the)? ({_UPTO99}|{_UNIT})\b(?! (?:{STREET_WORDS}))",
                lambda m: f"{m[1]} {_number(m[2])}",
                plain,
            )
    return plain


def speaks_of_past(plain: str) -> bool:
    """Whether a normalised sentence tells what has happened and not what is to come."""
    return bool(_PAST.search(plain)) and not _FUTURE.search(plain)


def speaks_of_future(plain: str) -> bool:
    """Whether a normalised sentence tells what is to come and not what has happened."""
    return bool(_FUTURE.search(plain)) and not _PAST.search(plain)


def speaks_of_both(plain: str) -> bool:
    """Whether a normalised sentence speaks of the past and of the future."""
    return bool(_PAST.search(plain) and _FUTURE.search(plain))


def _ordinal(match: re.Match[str]) -> str:
    tens, word = match.groups()
    # "a second" and "second floor" are no dates: the word counts after "the" or before a month.
    if (
        word == "second"
        and not tens
        and not _SECOND.search(match.string, max(match.start() - 4, 0))
    ):
        return match.group()
    number = _TENTHS.get(word) or _ORDINALS.index(word) + 1
    if tens and number < 10:
        number += TENS[tens]
    elif tens:
        return match.group()
    return f"{number}{suffix(number)}"


def suffix(number: int) -> str:
    """The ending of an ordinal: 1st, 2nd, 3rd, 4th, 11th."""
    return "th" if number % 100 in (11, 12, 13) else _SUFFIX.get(number % 10, "th")


def _year(match: re.Match[str]) -> str:
    century, rest, since_2000 = match.groups()
    if century:
        return str((1900 if century == "nineteen" else 2000) + _number(rest))
    return str(2000 + (_number(since_2000) if since_2000 else 0))


def _number(text: str) -> int:
    """Number words up to 99."""
    values = {**UNITS, **TEENS, **TENS, "oh": 0, "o": 0}
    return sum(values.get(word, 0) for word in re.split(r"[ -]", text))


def _spelt_right(text: str) -> str:
    """Misspelt month and weekday names, where a day, "of" or "on" stands next to them."""

    def mend(match: re.Match[str]) -> str:
        word = match[2]
        names = _LONG_WEEKDAYS if match[1].split()[-1] in _BEFORE_WEEKDAY else _LONG_MONTHS
        if len(word) < 5 or word in MONTHS or word in WEEKDAYS:
            return match.group()
        best = process.extractOne(word, names, scorer=fuzz.ratio, score_cutoff=82)
        return f"{match[1]} {best[0]}" if best else match.group()

    return _MISSPELT.sub(mend, text)


_BEFORE_WEEKDAY = frozenset({"on", "next", "last", "this", "coming"})
_MISSPELT = re.compile(r"\b([0-9]{1,2}(?:st|nd|rd|th)?(?: of)?|on|next|last|this|coming) ([a-z]+)")
