"""Joins a value that came in two replies: a postcode and then the house, or halves of a number."""

from __future__ import annotations

from casework.domain.conversations import Author
from casework.domain.fields import Field
from casework.ports.reading import Pick, Read, Reading
from casework.use_cases.filling import Filling

IN_TWO_BREATHS = frozenset({"contact", "phone", "account_ref", "case_ref"})
"""Types whose digits may come in several replies."""


def join_breaths(filling: Filling, field: Field) -> Reading | None:
    """A value given in two goes: "PL4 7AA", and when its house number is asked for, "14"; or the
    two halves of a telephone number."""
    place = field.type in {"address", "location"}
    if not filling.draft.tries or not (place or field.type in IN_TWO_BREATHS):
        return None
    said = [
        message.said.text
        for message in filling.work.conversations.messages(filling.conversation.id)
        if message.author is Author.RESIDENT and message.turn_id != filling.turn.id
    ]
    if not place:
        return _joined(filling, field, said[-filling.draft.tries :])
    if not said:
        return None
    both = f"{filling.said}, {said[-1]}"
    reading = filling.office.reader.read(field, both, filling.office.context())
    found = isinstance(reading, Pick) or (isinstance(reading, Read) and reading.value["matched"])
    return reading if found else None


def _joined(filling: Filling, field: Field, before: list[str]) -> Reading | None:
    """A number whose digits came in several replies, the last of them this one."""
    for first in reversed(range(len(before))):
        whole = " ".join([*before[first:], filling.said])
        reading = filling.office.reader.read(field, whole, filling.office.context())
        if isinstance(reading, Read):
            return reading
    return None
