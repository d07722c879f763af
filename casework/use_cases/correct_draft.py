"""Finds out which earlier answer a resident takes back, and what it should be instead."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casework.domain.catalogue import Field
from casework.domain.drafts import CONFIRM, uses_in_order
from casework.ports.reading import Read, Reading, Refused
from casework.use_cases.confirm_draft import YES_AND
from casework.use_cases.filling import SURE, Filling

DISTINCT = frozenset(
    "date date_past address contact phone email registration account_ref money choice".split()
)
"""Types whose values can be told from their shape, without naming the field."""


PART = re.compile(
    r"(?i)\b(?:post ?code|(?:house |door |flat )?number|street|road)\b.{0,12}?"
    r"\b(?:wrong|incorrect|not right|not correct)\b"
    r"|\bwrong (?:post ?code|(?:house|door|flat)(?: number)?|number|street|road)\b"
)
"""Says that one part of an address is wrong."""


@dataclass(frozen=True)
class Correction:
    """The field to change, and what was heard for it (None: it must be asked again)."""

    field: Field
    reading: Reading | None


def find_correction(filling: Filling) -> Correction | None:
    """The correction in this turn, if it is one.

    A message corrects when the intent model or its opening words say so, when it names another
    field than the one asked, or when it comes instead of a plain yes or no to the read-back.
    """
    answered = [
        filling.completed(use.field)
        for use in uses_in_order(filling.service, filling.draft)
        if use.field.id in filling.draft.answers
    ]
    if filling.turn.choice is not None:
        return _pressed(filling, answered)
    reader, text = filling.office.reader, filling.turn.text
    new_words = reader.correction(text)
    part_wrong = PART.search(text) is not None and (
        filling.field is None or filling.field.type != "text"
    )
    explicit = (
        part_wrong
        or new_words.strip() != text.strip()
        or (filling.turn.label == "correct_answer" and filling.turn.confidence >= SURE)
    )
    if not explicit and filling.draft.asking != CONFIRM:
        return None
    named = reader.mentions(answered, text)
    if named is not None and named != filling.draft.asking:
        field = next(f for f in answered if f.id == named)
        reading = _new_value(filling, field, new_words)
        # "It's number 7 Oak Street" names the number of a house, not that of a telephone.
        others = [f for f in answered if f.type != "choice" and f.id != named]
        shaped = None if isinstance(reading, Read) else _by_shape(filling, others, new_words)
        # "Yes, and when is the next collection?" names a date, and takes nothing back.
        asks_more = not explicit and YES_AND.match(text) and not isinstance(reading, Read)
        return shaped or (None if asks_more else Correction(field, reading))
    return _by_shape(filling, answered, new_words)


def _pressed(filling: Filling, answered: list[Field]) -> Correction | None:
    if not filling.draft.changing:
        return None
    pressed = next((f for f in answered if f.id == filling.turn.choice), None)
    return None if pressed is None else Correction(pressed, None)


def _by_shape(filling: Filling, answered: list[Field], words: str) -> Correction | None:
    """The newest answer of the shape that the new words have.

    What the present question asks for comes first: "no, I rent it" answers it.
    """
    present = filling.field
    if present is not None and present.type != "text":
        answer = _new_value(filling, present, words)
        if answer is not None and not isinstance(answer, Refused):
            return None
    by_age = sorted(
        (f for f in reversed(answered) if f.type in DISTINCT),
        key=lambda field: filling.draft.answers[field.id].at,
        reverse=True,
    )
    for field in by_age:
        reading = _new_value(filling, field, words)
        if isinstance(reading, Read) and reading.value != filling.draft.value(field.id):
            return Correction(field, reading)
    return None


def _new_value(filling: Filling, field: Field, words: str) -> Reading | None:
    held = filling.draft.value(field.id)
    if field.type == "person_name" and held and " not " in f" {filling.turn.text.lower()} ":
        # Which word of the name is put right shows in what it replaces.
        words = filling.turn.text
    reading = filling.office.reader.read(field, words, filling.office.context(held))
    if isinstance(reading, Read) and field.type == "text" and reading.value == words.strip():
        return None if _only_names(filling, field, words) else reading
    if isinstance(reading, Read) and reading.value == held:
        return None
    return reading


def _only_names(filling: Filling, field: Field, words: str) -> bool:
    """Whether the words merely name a free-text field ("change the description")."""
    return len(words.split()) <= 4 and filling.office.reader.mentions([field], words) is not None


def names_a_part(filling: Filling, field: Field) -> bool:
    """Whether only a part of an address held is said to be wrong: the rest of it stands."""
    held = filling.draft.value(field.id)
    address = field.type == "address" and isinstance(held, dict)
    return address and PART.search(filling.turn.text) is not None
