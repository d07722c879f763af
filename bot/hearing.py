"""What a message says, whether typed or pressed, fit to be stored and understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bot.messages import MAX_TEXT, Inbound
from casework.domain.catalogue import PERSON
from casework.domain.conversations import Message
from casework.domain.errors import Invalid
from casework.domain.redaction import redact_cards

COMMAND = re.compile(r"^[\s/]+")
"""What would make a message an order to the assistant instead of words of a resident."""


@dataclass(frozen=True)
class Words:
    """A message as text, and the choice if it is one of those on offer now. `stale` is a button of
    an earlier question, pressed in a second tab: it answers nothing that is asked now."""

    text: str
    choice: str | None = None
    stale: bool = False


def words_of(
    inbound: Inbound, asking: Message | None, earlier: Iterable[Message], person: str
) -> Words:
    """What a message says. `asking` is what is asked now, `earlier` the transcript, `person` the
    words of the button that is always there. Raises Invalid for an empty or overlong message."""
    if inbound.choice is None:
        return Words(clean(inbound.text))
    said = None if asking is None else asking.said
    offered = {c.value: c.label for c in (said.choices if said else ())}
    # A Yes to another question is on offer now as well, but means something else.
    elsewhere = inbound.answering is not None and asking and asking.seq != inbound.answering
    if inbound.choice in offered and not elsewhere:
        return Words(offered[inbound.choice], inbound.choice)
    if inbound.choice == PERSON:
        return Words(person, PERSON)
    once = {c.value: c.label for message in earlier for c in message.said.choices}
    if inbound.choice in once:
        return Words(once[inbound.choice], stale=True)
    return Words(clean(inbound.choice))


def clean(text: str) -> str:
    """What may be stored and understood: no control characters, no commands, no card numbers.

    Raises Invalid for an empty or overlong text.
    """
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    kept = COMMAND.sub("", kept).strip()
    if not kept:
        raise Invalid("empty message")
    if len(kept) > MAX_TEXT:
        raise Invalid("message too long")
    return redact_cards(kept)
