"""Finds out which earlier answer a resident takes back, and what it should be instead."""

from __future__ import annotations

import re
from dataclasses import replace

from casework.domain.drafts import CONFIRM, uses_in_order
from casework.domain.fields import Field
from casework.ports.reading import Pick, Read
from casework.use_cases.another_time import another_time
from casework.use_cases.confirm_draft import YES_AND
from casework.use_cases.correct_by_shape import (
    DISTINCT,
    Correction,
    by_shape,
    new_value,
    newest_first,
    old_or_new,
    says_so,
)
from casework.use_cases.filling import Filling

PART = re.compile(
    r"(?i)\b(?:post ?code|(?:house |door |flat )?number|street|road)\b.{0,12}?"
    r"\b(?:wrong|incorrect|not right|not correct)\b"
    r"|\bwrong (?:post ?code|(?:house|door|flat)(?: number)?|number|street|road)\b"
)
"""Says that one part of an address is wrong."""

AND = re.compile(
    r"(?i),? and (?:also )?(?=(?:the|my|our|change|make|put|it'?s|that|i'?m)\b)|[.;] (?=the |my )"
)
"""Joins two corrections."""

SUM = re.compile(r"(?i)£|\b(?:pounds?|quid|hundred|thousand)\b|\d{3}")
"""Says an amount of money: "every 4 weeks" does not."""


HOUSE = re.compile(r"(?i)\bnumber ([0-9]{1,3}[a-h]?)\b(?![ -]?[0-9])")
"""The number of a house, which is shorter than that of a telephone."""
_NOT_THAT = re.compile(
    r"(?i)[\s,.!]*(?:(?:and )?not (?:number )?[0-9]{1,3}[a-h]?\b)?"
    r"(?:[\s,.!]*(?:please|thanks|thank you|sorry|love|mate))*[\s,.!]*"
)
"""All that may stand behind it: a street of its own is another place."""

PLACES = frozenset({"address", "location"})


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
    return _two_at_once(filling, answered) or _one(filling, answered)


def _two_at_once(filling: Filling, answered: list[Field]) -> Correction | None:
    """Two corrections joined by "and", each of them whole."""
    halves = AND.split(filling.turn.text, maxsplit=1)
    explicit = filling.draft.asking == CONFIRM or says_so(filling)
    if len(halves) != 2 or not explicit:
        return None
    found = []
    for half in halves:
        part = replace(filling, turn=replace(filling.turn, text=half))
        one = _one(part, answered, explicit=True)
        if one is None or not isinstance(one.reading, Read | Pick):
            return None
        found.append(one)
    first, second = sorted(found, key=lambda one: isinstance(one.reading, Pick))
    if not isinstance(first.reading, Read):
        # Only one question can be asked at a time.
        return None
    return replace(first, also=(second,)) if first.field.id != second.field.id else None


def _one(filling: Filling, answered: list[Field], explicit: bool = False) -> Correction | None:
    told = filling.field is not None and filling.field.type == "text"
    amended = None if told and not says_so(filling) else _amended(filling, answered)
    if amended is not None:
        return amended
    reader, text = filling.office.reader, filling.turn.text
    new_words = reader.correction(text)
    part_wrong = PART.search(text) is not None and (
        filling.field is None or filling.field.type != "text"
    )
    explicit = explicit or part_wrong or says_so(filling)
    if not explicit and filling.draft.asking != CONFIRM:
        return None
    if _answers_present(filling, answered):
        return None
    if when := another_time(filling, answered, new_words):
        return Correction(*when)
    if sums := _sum_and_how_often(filling, answered, new_words):
        return sums
    if other := old_or_new(filling, answered, new_words):
        return other
    named = reader.mentions(answered, text)
    if of_house := _of_house(filling, answered):
        return of_house
    if named is not None and named != filling.draft.asking:
        field = next(f for f in answered if f.id == named)
        reading = new_value(filling, field, new_words)
        if reading is None and _says_it_again(filling, field, new_words):
            return Correction(field, Read(filling.draft.value(field.id)))
        # "It's number 7 Oak Street" names the number of a house, not that of a telephone.
        others = [f for f in answered if f.type != "choice" and f.id != named]
        shaped = None if isinstance(reading, Read) else by_shape(filling, others, new_words)
        # "Yes, and when is the next collection?" names a date, and takes nothing back.
        asks_more = not explicit and YES_AND.match(text) and not isinstance(reading, Read)
        return shaped or (None if asks_more else Correction(field, reading))
    return by_shape(filling, answered, new_words)


def _of_house(filling: Filling, answered: list[Field]) -> Correction | None:
    """Another house in the street that was told: "it's number 7, not 5"."""
    places = [one for one in answered if one.type in PLACES]
    number = HOUSE.search(filling.turn.text)
    if number is None or not _NOT_THAT.fullmatch(filling.turn.text, number.end()):
        return None
    held = filling.draft.value(places[0].id) if len(places) == 1 else None
    if not held or not held.get("street"):
        return None
    street = " ".join(part for part in (held["street"], held.get("postcode")) if part)
    place = f"{number[1]} {street}"
    reading = filling.office.reader.read(places[0], place, filling.office.context())
    return Correction(places[0], reading) if isinstance(reading, Read) else None


def _answers_present(filling: Filling, answered: list[Field]) -> bool:
    """Whether a reply without corrective words answers the question asked, and names no other
    field plainer than that: "14 Beech Street" is no word about the other home."""
    present, reader, text = filling.field, filling.office.reader, filling.turn.text
    same = present is not None and present.type in {field.type for field in answered}
    if present is None or not same or present.type == "text" or PART.search(text):
        return False
    if reader.correction(text).strip() != text.strip():
        return False
    if reader.mentions([*answered, present], text) not in {None, present.id}:
        return False
    return new_value(filling, present, text) is not None


def _sum_and_how_often(filling: Filling, answered: list[Field], words: str) -> Correction | None:
    """An amount and how often it is paid, put right in one: "no, it's £540 a month"."""
    amount = next((f for f in answered if f.type == "money"), None)
    often = next((f for f in answered if f.id == "frequency"), None)
    if amount is None or often is None or not SUM.search(words):
        return None
    first, second = (new_value(filling, field, words) for field in (amount, often))
    if not isinstance(first, Read) or not isinstance(second, Read):
        return None
    return Correction(amount, first, (Correction(often, second),))


def _pressed(filling: Filling, answered: list[Field]) -> Correction | None:
    if not filling.draft.changing:
        return None
    pressed = next((f for f in answered if f.id == filling.turn.choice), None)
    return None if pressed is None else Correction(pressed, None)


def _amended(filling: Filling, answered: list[Field]) -> Correction | None:
    """A part of a value held put right: of the field named, else of the newest that has it."""
    named = filling.office.reader.mentions(answered, filling.turn.text)
    found = []
    for field in newest_first(filling, answered):
        context = filling.office.context(filling.draft.value(field.id))
        reading = filling.office.reader.amended(field, filling.turn.text, context)
        if isinstance(reading, Pick) or (
            isinstance(reading, Read) and reading.value != context.held
        ):
            found.append(Correction(field, reading))
    return next((one for one in found if one.field.id == named), found[0] if found else None)


def _says_it_again(filling: Filling, field: Field, words: str) -> bool:
    """Whether a correction gives the very value that is held: then it stands."""
    held, office = filling.draft.value(field.id), filling.office
    if held is None or field.type not in DISTINCT | {"person_name"}:
        return False
    return office.reader.read(field, words, office.context()) == Read(held)


def names_a_part(filling: Filling, field: Field) -> bool:
    """Whether only a part of an address held is said to be wrong: the rest of it stands."""
    held = filling.draft.value(field.id)
    address = field.type == "address" and isinstance(held, dict)
    return address and PART.search(filling.turn.text) is not None
