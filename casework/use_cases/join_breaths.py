"""Joins a value that came in several replies: a house, then its street; or halves of a number."""

from __future__ import annotations

from itertools import permutations

from casework.domain.conversations import Author
from casework.domain.fields import Field
from casework.ports.reading import Pick, Read, Reading, Refused
from casework.use_cases.filling import Filling

IN_TWO_BREATHS = frozenset({"contact", "phone", "account_ref", "case_ref"})
"""Types whose digits may come in several replies."""

MOST_PARTS = 4
"""Replies that make up one address at most: number, street, district, postcode."""


def join_breaths(filling: Filling, field: Field) -> Reading | None:
    """A value given in several goes: "number 14", then "Elm Road", then "the one in Mutley", in
    any order; or the two halves of a telephone number."""
    place = field.type in {"address", "location"}
    if not filling.draft.tries or not (place or field.type in IN_TWO_BREATHS):
        return None
    if not place:
        return _joined(filling, field, _said_before(filling)[-filling.draft.tries :])
    parts = [part for part in _of_question(filling, field) if _tells(filling, field, part)]
    last = _said_before(filling)[-1:]
    if not parts and last:
        # What came with the words before the question may be a part of it too.
        return _place(filling, field, last)
    parts = parts[-(MOST_PARTS - 1) :]
    if not any(_names_street(filling, field, part) for part in [*parts, filling.said]):
        # A number and a district sound like some street, which nobody has named.
        return None
    for first in range(len(parts)):
        if reading := _place(filling, field, parts[first:]):
            return reading
    return None


def _place(filling: Filling, field: Field, before: list[str]) -> Reading | None:
    """The place that the parts make with this reply, in whichever order; one it is rather than a
    few to choose from."""
    choice: Reading | None = None
    for order in permutations([filling.said, *reversed(before)]):
        whole = ", ".join(order)
        reading = filling.office.reader.read(field, whole, filling.office.context())
        if isinstance(reading, Read) and reading.value["matched"]:
            return reading
        if isinstance(reading, Pick):
            choice = choice or reading
    return choice


def _said_before(filling: Filling) -> list[str]:
    """All that the resident said before this turn."""
    return [
        message.said.text
        for message in filling.work.conversations.messages(filling.conversation.id)
        if message.author is Author.RESIDENT and message.turn_id != filling.turn.id
    ]


def _of_question(filling: Filling, field: Field) -> list[str]:
    """The replies so far to the question that is asked now."""
    parts: list[str] = []
    asked = False
    for message in filling.work.conversations.messages(filling.conversation.id):
        if message.author is not Author.RESIDENT:
            if message.said.asks is not None:
                asked = message.said.asks == field.id
                parts = parts if asked else []
        elif asked and message.turn_id != filling.turn.id and not message.choice:
            parts.append(message.said.text)
    return parts


def _tells(filling: Filling, field: Field, part: str) -> bool:
    """Whether a reply holds some of a place: "what do you mean" does not."""
    return filling.office.reader.read(field, part, filling.office.context()) is not None


def _names_street(filling: Filling, field: Field, part: str) -> bool:
    """Whether a reply alone holds a street or a postcode of ours."""
    reading = filling.office.reader.read(field, part, filling.office.context())
    return reading is not None and reading != Refused("address_more")


def _joined(filling: Filling, field: Field, before: list[str]) -> Reading | None:
    """A number whose digits came in several replies, the last of them this one."""
    for first in reversed(range(len(before))):
        whole = " ".join([*before[first:], filling.said])
        reading = filling.office.reader.read(field, whole, filling.office.context())
        if isinstance(reading, Read):
            return reading
    return None
