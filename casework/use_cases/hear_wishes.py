"""How and when a resident wishes to be contacted, from what they said and what cases keep of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casework.domain.cases import Case
from casework.domain.contact_wishes import FIELD, ContactWishes
from casework.domain.conversations import Author, Conversation, Message
from casework.domain.drafts import Answer
from casework.ports.store import Work
from casework.use_cases.office import Office
from casework.use_cases.open_draft import source_of

DETAILS = "preference_details"
"""The field in which somebody who asks for a way of contact says when and how."""


def wishes_in(office: Office, messages: Iterable[Message]) -> ContactWishes:
    """What a resident wished in a conversation, the later words before the earlier."""
    found, asks = ContactWishes(), None
    for message in messages:
        if message.author is not Author.RESIDENT:
            asks = message.said.asks or asks
        elif message.choice is None:
            found = found.then(office.reader.wishes(message.said.text, asks))
    return found


def wish_field(office: Office, work: Work, conversation: Conversation) -> dict[str, Answer]:
    """What a case keeps of it, beside its own fields; empty when nothing was wished."""
    found = wishes_in(office, work.conversations.messages(conversation.id))
    if not found:
        return {}
    return {FIELD: Answer(found.to_json(), source_of(conversation), office.clock.now())}


def wishes_of(
    office: Office, work: Work, known: Sequence[Case], conversation: Conversation | None
) -> ContactWishes:
    """What holds for the resident of these cases: what they keep, oldest first, and what was said
    in the conversation since."""
    found = ContactWishes()
    for case in sorted(known, key=lambda one: one.opened_at):
        details = case.fields.get(DETAILS)
        if details is not None and details.value:
            found = found.then(office.reader.wishes(str(details.value), DETAILS))
        kept = case.fields.get(FIELD)
        if kept is not None and kept.value:
            found = found.then(ContactWishes.from_json(kept.value))
    if conversation is not None:
        found = found.then(wishes_in(office, work.conversations.messages(conversation.id)))
    return found
