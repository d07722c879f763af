"""What a message says, whether typed or pressed, fit to be stored and understood."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.messages import MAX_TEXT, Inbound
from casework.domain.catalogue import BANK, PERSON
from casework.domain.conversations import Author, Message
from casework.domain.errors import Invalid
from casework.domain.lists import pointed_at
from casework.domain.redaction import MASK, redact_in_talk
from casework.domain.storable import storable, with_plain_apostrophes

COMMAND = re.compile(r"^[\s/]+")
"""What would make a message an order to the assistant instead of words of a resident."""

DIGIT_TYPES = frozenset(
    "account_ref case_ref date date_past digits money phone postcode reference contact".split()
)
"""What is answered with a number of its own: it continues none that was said before."""

SORT_CODE = re.compile(r"(?<!\d)\d{2}-\d{2}-\d{2}(?!\d)")
"""Looks like a sort code and like nothing else."""


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
    earlier = list(earlier)
    said = None if asking is None else asking.said
    if inbound.choice is None:
        text = clean(inbound.text)
        meant = pointed_at(text, said.choices, said.kind) if said else None
        if meant is not None:
            # "The second one" is as good as pressing it.
            return Words(text, meant.value)
        return Words(_without_payments(text, asking, earlier))
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
    return Words(_without_payments(clean(inbound.choice), asking, earlier))


def clean(text: str) -> str:
    """What may be stored and understood: no control characters, no commands, and plain
    apostrophes, so that a no is one whatever it was typed on.

    Raises Invalid for an empty or overlong text.
    """
    kept = COMMAND.sub("", with_plain_apostrophes(storable(text))).strip()
    if not kept:
        raise Invalid("empty message")
    if len(kept) > MAX_TEXT:
        raise Invalid("message too long")
    return kept


def _without_payments(text: str, asking: Message | None, earlier: list[Message]) -> str:
    """The words without card numbers and bank details, of which a part may have come before."""
    said = [message.said.text for message in earlier if message.author is Author.RESIDENT]
    asked = None if asking is None else asking.said
    coded = SORT_CODE.search(text) is not None
    of_bank = (asked is not None and asked.service == BANK) or MASK in "".join(said[-1:])
    if asked is not None and asked.kind in DIGIT_TYPES:
        return redact_in_talk(text, of_bank=of_bank and coded)
    return redact_in_talk(text, said[-1] if said else "", of_bank=of_bank)
