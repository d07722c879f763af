"""Times of day as residents say them: "half past two", "after 3", "in the morning"."""

from __future__ import annotations

import re
from datetime import time

from casework.adapters.reading.spoken import pieces

FIRST, LAST = time(0), time(23, 59)
NOON, EVENING = time(12), time(17)
EARLIEST_GUESS = 7
"""The first hour that a bare number may mean in the morning: "at six" is at six in the evening."""

Span = tuple[time, time]
_PARTS: tuple[tuple[str, Span], ...] = (
    (r"before lunch|before (?:noon|midday)|first thing|mornings?|a\.?m\b", (FIRST, NOON)),
    (r"after (?:lunch|noon|midday)|lunch ?time|afternoons?|p\.?m\b", (NOON, EVENING)),
    (r"after (?:work|tea|school hours)|evenings?|tonight|at night", (EVENING, LAST)),
)
_PART = [(re.compile(rf"\b(?:{said})"), span) for said, span in _PARTS]
_MINUTES = {"half": 30, "quarter": 15}
_TIME = (
    r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(a\.?m\b|p\.?m\b|o ?'? ?clock\b)?"
    r"(?![0-9/:.][0-9]|[a-z])"
)
_BETWEEN = re.compile(rf"\b(?:between|from) {_TIME} ?(?:and|to|till|until|-) ?{_TIME}")
_AT = re.compile(
    rf"\b(not before|at|about|around|after|from|past|before|by|until|till)? ?\b{_TIME}"
)
_NO_TIME = re.compile(r" ?(?:st|nd|rd|th|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|day|week|"
                      r"month|fortnight|[a-z]+ (?:road|rd|street|avenue|close)\b)")  # fmt: skip


def asked_span(plain: str) -> Span | None:
    """The time of day that a lower-case text asks for, from and to; equal for one moment."""
    digits = _in_digits(plain)
    in_evening = bool(re.search(r"\b(?:evening|night)\b", digits))
    between = _BETWEEN.search(digits)
    if between:
        end = _moment(between[4], between[5], between[6], in_evening)
        start = _moment(between[1], between[2], between[3] or between[6], in_evening)
        if start and end:
            return (min(start, end), max(start, end))
    for match in _AT.finditer(digits):
        moment = _moment(match[2], match[3], match[4], in_evening)
        told = match[1] or match[3] or match[4]
        if not (told and moment) or _NO_TIME.match(digits[match.end() :]):
            continue
        if match[1] in ("after", "from", "past", "not before"):
            return moment, LAST
        ends = match[1] in ("before", "by", "until", "till")
        return (FIRST if ends else moment), moment
    for pattern, span in _PART:
        if pattern.search(digits):
            return span
    return None


def _moment(hour: str, minute: str | None, half: str | None, in_evening: bool) -> time | None:
    hours, minutes = int(hour), int(minute or 0)
    mark = (half or "")[:1]
    if hours > 23 or minutes > 59:
        return None
    if hours < 12 and (mark == "p" or in_evening or (mark != "a" and hours < EARLIEST_GUESS)):
        hours += 12
    return time(hours, minutes)


def _in_digits(plain: str) -> str:
    """The text with number words as digits; "half past two" as 2:30, "quarter to 3" as 2:45."""
    out, end = [], 0
    for token in pieces(plain, homophones=False):
        out.append(plain[end : token.start])
        out.append(token.text if token.is_number else plain[token.start : token.end])
        end = token.end
    text = "".join(out) + plain[end:]
    text = re.sub(r"\b(half|quarter) (?:past )?([0-9]{1,2})(?![0-9:.])",
                  lambda m: f"{m[2]}:{_MINUTES[m[1]]}", text)  # fmt: skip
    text = re.sub(r"\bquarter to ([0-9]{1,2})\b", lambda m: f"{(int(m[1]) - 2) % 12 + 1}:45", text)
    return re.sub(r"\b([0-9]{1,2}) (15|30|45)\b(?! [a-z]*(?:day|week))", r"\1:\2", text)
