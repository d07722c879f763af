"""Dates that a reader of typed dates does not know: "third of the fourth eighty four"."""

from __future__ import annotations

import re

from casework.adapters.reading.date_words import MONTHS
from casework.adapters.reading.sounding import nearest
from casework.adapters.reading.spoken import TEENS, TENS, UNITS

LONGEST_PAUSED = 6
"""Words of a reply up to which it is a date alone."""

_NAMES = (
    "January February March April May June July August September October November December".split()
)
_ORDINALS = {
    word: place
    for place, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
        "twentieth".split(),
        1,
    )
} | {"thirtieth": 30, "forth": 4, "fith": 5, "twelth": 12, "nineth": 9}  # fmt: skip
_MONTHS = tuple(name.lower() for name in _NAMES)
WHEN = ("today", "tomorrow", "yesterday", "next week", "last week")
SURELY_A_DAY = 0.9
"""Likeness from which on a whole reply is one of those; "tea time" is 0.89 like "today"."""
SHORTEST_MONTH = 4
"""Letters that may stand for a day or a month."""
LONGEST_DATE, LONGEST_STRANGE = 10, 4
"""Words of a reply that can be a date alone, and of those the ones that a month may become."""
_UNIT = "one|two|three|four|five|six|seven|eight|nine"
_TEEN = "|".join(TEENS)
_TEN = "|".join(TENS)
_ORDINAL = (
    rf"(?:(?:twenty|thirty)[ -])?(?:{'|'.join(_ORDINALS)})|[0-9]{{1,2}} ?(?:st|nd|rd|th)"
    r"|[23]0 ?-?(?:1st|2nd|3rd|[4-9]th)"
)
_CARDINAL = (
    rf"(?:oh |o |zero )(?:{_UNIT})|(?:twenty|thirty)[ -](?:{_UNIT})|{_TEEN}|{_UNIT}"
    r"|twenty|thirty|[0-9]{1,2}"
)
_PAIR = rf"(?:(?:{_TEN})(?:[ -](?:{_UNIT}))?|{_TEEN}|(?:oh|o|zero) (?:{_UNIT})|[0-9]{{2}})"
_YEAR = (
    rf"(?:nineteen|twenty|19|20)[ -](?:hundred )?(?:and )?{_PAIR}|(?:19|20)[0-9]{{2}}"
    rf"|(?:two thousand|2000)(?: and (?:{_PAIR}|{_UNIT}|[0-9])| (?:{_PAIR}|{_UNIT}))?|'?{_PAIR}"
)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_END = r"(?![\w'/:]| ?(?:am|pm|a\.m|p\.m|o'?clock|past)\b)"
# A breath before the year is written as "to", its last sound as an s.
_BEFORE_YEAR = r"(?:in|to(?= (?:19|20)[0-9]{2}))"
_BY_NAME = re.compile(
    rf"(?<![\w/])(?:the )?(?P<day>{_ORDINAL}|{_CARDINAL})(?: day)?,? (?:of )?(?:the )?"
    rf"(?P<month>{_MONTH})\b(?:\.?,? (?:{_BEFORE_YEAR} )?(?P<year>{_YEAR})s?{_END})?(?! be\b)"
)
_BY_NUMBER = re.compile(
    rf"(?<![\w/])(?:the )?(?P<day>{_ORDINAL})(?: day)?,? (?:of )?(?:the )?(?P<month>{_ORDINAL})"
    rf"(?: month)?(?:,? (?:of )?(?:{_BEFORE_YEAR} )?(?P<year>{_YEAR})s?{_END})?{_END}"
)
_ORDINAL_THEN_NUMBER = re.compile(
    rf"(?<![\w/])(?:the )?(?P<day>{_ORDINAL}),? (?:of )?(?:the )?(?P<month>{_CARDINAL}),? "
    rf"(?P<year>{_YEAR}){_END}"
)
_BARE = re.compile(
    rf"(?P<day>{_CARDINAL})[ ,.-]+(?P<month>{_CARDINAL})[ ,.-]+(?P<year>{_YEAR}){_END}"
)
_LEAD = re.compile(r"^(?:(?:um|er|erm|it's|it is|it was|on|the|yes|sorry|born|i was born on|"
                   r"that's|that is)\b[ ,]*)*")  # fmt: skip
_COUNTED = re.compile(r"\b(?:week|weeks|fortnight|days?|ago|before|after|until|end|start)\b")


_KNOWN = frozenset(
    """on it is it's its was the of in and a to i we will be um er erm oh o yes no sorry please
    think about around next last this coming week month year today tomorrow yesterday day date born
    my monday tuesday wednesday thursday friday saturday sunday morning afternoon evening night
    hundred thousand ago before after from until since end start beginning middle don't know not
    sure fortnight weekend am pm o'clock at half quarter past noon midday midnight tonight easter
    christmas xmas boxing new year's eve bank holiday halloween bonfire valentine's pancake whitsun
    spring summer autumn winter term tea lunch dinner bed door neighbour""".split()
) | {*MONTHS, *_ORDINALS, *UNITS, *TEENS, *TENS}

_SPANS = frozenset(
    """seconds minute minutes min mins hour hours hrs nights days weeks weekends fortnights months
    years decades time times""".split()
)
"""What is counted and no day of a calendar: "3 weeks ago" is not the third of anything."""


def with_date_words(text: str) -> str:
    """The text with a day or a month that was written as other words: "first of John, you, every"
    is the first of January. Only where the rest of a short reply is a date."""
    found = list(re.finditer(r"[A-Za-z']+|[0-9]+(?:st|nd|rd|th)?", text))
    words = [match.group().lower() for match in found]
    if not _SPANS.isdisjoint(words):
        return text
    strange = [at for at, word in enumerate(words) if word not in _KNOWN and not word[0].isdigit()]
    if strange and len(words) <= LONGEST_STRANGE:
        said = _when(words)
        if said:
            return said
    if not strange or len(words) > LONGEST_DATE or len(strange) > LONGEST_STRANGE:
        return text
    first, last = strange[0], strange[-1]
    before = words[first - 1] if first else ""
    following = words[last + 1] if last + 1 < len(words) else ""
    if last - first + 1 != len(strange):
        return text
    name = "".join(words[first : last + 1])
    meant = None
    if len(name) < SHORTEST_MONTH:
        return text
    if before == "of" or _is_day(before):
        meant = nearest(name, _MONTHS, at_least=0.8)
    elif following in ("of", "the") or following in MONTHS:
        meant = nearest(name, _ORDINALS, at_least=0.64, ahead=0.06)
    if meant is None:
        return text
    return text[: found[first].start()] + meant + text[found[last].end() :]


def _when(words: list[str]) -> str | None:
    """The day that a whole reply sounds like: "to my rule" is tomorrow."""
    if words[0] in ("next", "last"):
        # The word that was heard says nothing for the one that was not: "next door".
        week = nearest("".join(words[1:]), ("week",), at_least=SURELY_A_DAY)
        return f"{words[0]} {week}" if week else None
    return nearest("".join(words), WHEN, at_least=SURELY_A_DAY)


def _is_day(word: str) -> bool:
    return word in _ORDINALS or bool(re.fullmatch("[0-9]{1,2}(?:st|nd|rd|th)?", word))


def with_dates(text: str) -> str:
    """The text with dates said in words as "1 May 1984" or, with a year of two digits, "1/5/84".

    Which century is meant depends on the question, so a short year stays short.
    """
    # A pause inside a short reply comes as a full stop: "One. May. 1984".
    if len(text.split()) <= LONGEST_PAUSED:
        text = re.sub(r"\.(?= )", "", text)
    lowered = text.lower()
    # "A week on the third" says more than its date.
    if _COUNTED.search(lowered):
        return text
    lead = _LEAD.match(lowered)
    bare = _BARE.fullmatch(lowered, lead.end() if lead else 0, len(lowered.rstrip(" .?")))
    if bare:
        written = _written(bare)
        return text[: bare.start()] + written if written else text
    for pattern in (_BY_NAME, _BY_NUMBER, _ORDINAL_THEN_NUMBER):
        out, end = [], 0
        for match in pattern.finditer(lowered):
            out += [text[end : match.start()], _written(match) or text[match.start() : match.end()]]
            end = match.end()
        text = "".join(out) + text[end:]
        lowered = text.lower()
    return text


def _written(match: re.Match[str]) -> str | None:
    day, month = _small(match["day"]), MONTHS.get(match["month"]) or _small(match["month"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    year = _year(match["year"]) if match["year"] else ""
    if len(year) == 2:
        return f"{day}/{month}/{year}"
    return f"{day} {_NAMES[month - 1]} {year}".strip()


def _small(said: str) -> int:
    """A day or a month: "twenty-fourth", "oh five", "24th", "20 4th"."""
    digits = re.findall("[0-9]+", said)
    if digits:
        return sum(map(int, digits))
    values = {**UNITS, **TEENS, **TENS, **_ORDINALS}
    return sum(values.get(word, 0) for word in re.split("[ -]", said))


def _year(said: str) -> str:
    """Four digits, or two when no century was said."""
    said = said.lstrip("'")
    if re.fullmatch("[0-9]{4}|[0-9]{2}", said):
        return said
    words = re.split("[ -]", said)
    if said.startswith(("two thousand", "2000")):
        return str(2000 + _pair([w for w in words[1:] if w not in ("thousand", "and")]))
    if (
        words[0] in ("nineteen", "twenty", "19", "20")
        and len(words) > 1
        and not (len(words) == 2 and words[0] == "twenty" and words[1] in UNITS)
    ):
        rest = [word for word in words[1:] if word not in ("hundred", "and")]
        return str((1900 if words[0] in ("nineteen", "19") else 2000) + _pair(rest))
    return f"{_pair(words):02d}"


def _pair(words: list[str]) -> int:
    return sum(
        int(word) if word.isdigit() else {**UNITS, **TEENS, **TENS}.get(word, 0) for word in words
    )
