"""Begins a draft with everything already known: said now, or earlier in the conversation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from casework.domain.catalogue import CALLBACK, PERSON, Field, Service
from casework.domain.conversations import Channel, Conversation, Turn
from casework.domain.drafts import Answer, Draft, DraftState, Source, pruned
from casework.ports.reading import Read
from casework.ports.store import Work
from casework.use_cases.ask_draft import completed
from casework.use_cases.office import Office

SAID_ENOUGH = 12
"""Words of an opening sentence from which on it also serves as the description of a report."""

REUSED = frozenset({"name", "contact", "phone", "address", "account_ref", "date_of_birth"})
"""Fields whose value holds for every service a resident deals with in one conversation."""


REACHES = frozenset({"phone", "contact"})
"""Fields that say where a resident can be reached."""


def source_of(conversation: Conversation, turn: Turn | None = None) -> Source:
    """Provenance of what a resident says on a channel."""
    if turn is not None and turn.keyed:
        return Source.KEYED
    return Source.SAID if conversation.channel is Channel.VOICE else Source.TYPED


def new_draft(
    office: Office,
    work: Work,
    conversation: Conversation,
    service: Service,
    turn: Turn,
    about: str | None = None,
) -> tuple[Conversation, Draft]:
    """Adds a draft of `service` and makes it the one being filled.

    `about` is the service really meant when it is taken as an information request or a callback.
    """
    now = office.clock.now()
    draft = Draft(
        id=office.ids.new_id(),
        conversation_id=conversation.id,
        service=service.id,
        created_at=now,
        updated_at=now,
        about=about,
        opening=turn.text,
    )
    known = {**_number_of_caller(conversation, service, now), **_known(work, conversation, service)}
    said = _volunteered(office, conversation, service, turn, about)
    draft = pruned(service, replace(draft, answers={**known, **said}))
    work.drafts.add(draft)
    conversation = replace(
        conversation, draft_id=draft.id, service=about or service.id, offer=None, misses=0
    )
    work.conversations.save(conversation)
    return conversation, draft


def _number_of_caller(
    conversation: Conversation, service: Service, now: datetime
) -> dict[str, Answer]:
    """Where somebody who rings or texts can be rung back: asked for no more, but read back.

    Not where it may be unsafe to ring them.
    """
    if service.id != CALLBACK or not conversation.caller or "safe_contact" in conversation.flags:
        return {}
    return {"phone": Answer(conversation.caller, Source.LOOKED_UP, now)}


def _known(work: Work, conversation: Conversation, service: Service) -> dict[str, Answer]:
    """What the resident told us earlier in this conversation, and need not say again."""
    held: dict[str, Answer] = {}
    for draft in work.drafts.of_conversation(conversation.id):
        if draft.state is not DraftState.DROPPED:
            held.update({k: a for k, a in draft.answers.items() if a.value is not None})
    if "safe_contact" in conversation.flags:
        # Where it is safe to reach them is asked, whatever they gave before.
        held = {name: answer for name, answer in held.items() if name not in REACHES}
    reached = held.get("contact")
    if reached and str(reached.value).startswith("+"):
        held.setdefault("phone", reached)
    if "phone" in held:
        held.setdefault("contact", held["phone"])
    return {
        use.field.id: held[use.field.id]
        for use in service.uses
        if use.field.id in REUSED and use.field.id in held
    }


def _volunteered(
    office: Office, conversation: Conversation, service: Service, turn: Turn, about: str | None
) -> dict[str, Answer]:
    """What the opening sentence itself gives away."""
    if turn.choice is not None:
        return {}
    fields = [completed(office, conversation, service, use.field) for use in service.uses]
    values = office.reader.find(fields, turn.text, office.context())
    for field in fields:
        if field.type == "case_ref":
            reading = office.reader.read(field, _number(turn.text), office.context())
            if isinstance(reading, Read):
                values = {**values, field.id: reading.value}
    free = _free_text(fields)
    if free and free.id not in values and _tells_the_matter(turn.text, about):
        values = {**values, free.id: turn.text.strip()}
    now = office.clock.now()
    return {k: Answer(v, source_of(conversation, turn), now) for k, v in values.items()}


def _number(text: str) -> str:
    """The digits of a sentence where a reference could stand in it."""
    found = re.search(r"(?:\d[ -]?){8}(?!\d)", text)
    return found.group() if found else ""


def _free_text(fields: Iterable[Field]) -> Field | None:
    return next((f for f in fields if f.id in {"summary", "description", "problem", "about"}), None)


def _tells_the_matter(text: str, about: str | None) -> bool:
    words = len(text.split())
    if about == PERSON:
        return words >= SAID_ENOUGH
    return words >= (3 if about else SAID_ENOUGH)
