"""The date volunteered in a sentence: its own, and none of a letter, a call or an appointment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from casework.adapters.reading.date_words import (
    normal,
    speaks_of_both,
    speaks_of_future,
    speaks_of_past,
)
from casework.adapters.reading.dates import DAYS, is_birth, said_fully
from casework.adapters.reading.dates_put_right import read_date
from casework.adapters.reading.postcodes import find_postcode
from casework.adapters.reading.spoken import digit_runs
from casework.domain.fields import Field
from casework.ports.reading import Context, Read, Reading

_TODAY = re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening)|right now)\b")
_TODAY_MEANT = re.compile(
    r"\b(?:mov\w+|collected|collection was|happen\w*|start\w*|left|leav\w+|die[ds]|passed away|"
    r"miss\w*|"
    r"changed?|due|join\w*|emptied|picked up)\b(?:\W+\w+){0,4}\W+(?:today|tonight|"
    r"this (?:morning|afternoon|evening))\b"
)
_MATTER = re.compile(
    r"\b(?:mov(?:e|ed|es|ing)|leav\w+|left|miss(?:ed|es)|emptied|collect\w*|chang(?:e|ed|es|ing)|join\w*|"
    r"died|passed away|happened|started|began|stopped|born|broke|fell|burst)\b"
)
_OF_ELSE = re.compile(
    r"\b(?:(?:letter|bill|e-?mail|notice|reminder|statement|text|message)s?\b.{0,12}?\b(?:of|from|"
    r"dated|on|sent)|(?:i|we|someone|they|you)(?:'ve| have|'d| had)? (?:already )?(?:rang|ring|"
    r"rung|called|phoned|spoke|spoken|wrote|written|e-?mailed|texted|messaged|complained|get paid|"
    r"reported it)|birthday|holiday|appointment|interview|payday|wedding|exam)\b"
)
"""What a date in the same clause belongs to, when nothing else of the clause is dated."""
_GONE_BY = re.compile(r"\b(?:last (?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday)\b")
"""Days that are past by their very words, whatever else a long story tells."""
_CLAUSES = re.compile(r"[,.;!?]+\s|\s(?:and|but|because|cause|cos|so|when|that)\s")
_NTH = re.compile(
    r"\bon the ([0-9]{1,2}(?:st|nd|rd|th))\b(?! (?:of|floor|birthday|time|one|house|flat|left|"
    r"right|attempt|day|week)\b)"
)
_BORN = re.compile(r"\b(?:born|birth|dob|birthday)\b")


def dates_in(fields: Sequence[Field], plain: str, context: Context) -> dict[str, Any]:
    """The date that a clean sentence gives for the one date field of these that it can mean."""
    plain = _without_digits(plain)
    births = [field for field in fields if is_birth(field)]
    others = [field for field in fields if field.type in DAYS and not is_birth(field)]
    born = bool(_BORN.search(plain.lower()))
    if born and len(births) == 1:
        others = births
    elif born and any(field.id != "birth_date" for field in others):
        return {}
    # Beside a first day the last one is only given when it is asked for.
    others = [field for field in others if not field.not_before] or others
    if len(others) != 1:
        return {}
    lowered = plain.lower()
    if _TODAY.search(lowered) and not _TODAY_MEANT.search(lowered):
        plain = _TODAY.sub(" ", lowered)
    plain = _without_else(plain)
    said = normal(plain)
    # An end ("till Thursday"), a mixture of tenses and a funeral are dates of something else.
    if not re.search(r"[a-z]", said) or re.search(
        r"\b(?:till?|until|funeral|buried|cremat\w+)\b", said
    ):
        return {}
    if speaks_of_both(said) and not said_fully(said) and not _GONE_BY.search(said):
        return {}
    reading = read_date(others[0], plain, Context(context.now)) or _on_the_nth(
        others[0], said, context
    )
    return {others[0].id: reading.value} if isinstance(reading, Read) else {}


def _on_the_nth(field: Field, said: str, context: Context) -> Reading | None:
    """ "My son turned 18 on the 3rd": the nearest 3rd that the tense of the sentence allows."""
    days = set(_NTH.findall(said))
    if len(days) != 1:
        return None
    tense = "was" if speaks_of_past(said) else "will be" if speaks_of_future(said) else ""
    reply = f"{tense} on the {days.pop()}"
    return read_date(field, reply, Context(context.now)) if tense else None


def _without_digits(plain: str) -> str:
    """The sentence without telephone numbers, references and postcodes, for reading dates."""
    for run in reversed(digit_runs(plain)):
        if len(run.text) > 8:
            plain = plain[: run.start] + " ; " + plain[run.end :]
    found = find_postcode(plain)
    return found.rest if found else plain


def _without_else(plain: str) -> str:
    """The sentence without the clauses that date a letter, a call or another thing."""
    lowered = plain.lower()
    kept: list[str] = []
    start = 0
    for end, following in [*((m.start(), m.end()) for m in _CLAUSES.finditer(lowered)),
                           (len(plain), len(plain))]:  # fmt: skip
        clause = lowered[start:end]
        if not _OF_ELSE.search(clause) or _MATTER.search(clause):
            kept.append(plain[start:following])
        start = following
    return "".join(kept)
