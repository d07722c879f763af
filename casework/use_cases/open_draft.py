"""Begins a draft with everything already known: said now, or earlier in the conversation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from casework.domain.catalogue import CALLBACK, PERSON, Service
from casework.domain.conversations import SAFE_CONTACT, SAFETY, Author, Channel, Conversation, Turn
from casework.domain.drafts import Answer, Draft, DraftState, Source, pruned
from casework.domain.fields import Field
from casework.ports.reading import Read
from casework.ports.store import Work
from casework.use_cases.complete_field import completed
from casework.use_cases.office import Office
from casework.use_cases.prepared import is_prepared

SAID_ENOUGH = 12
"""Words of an opening sentence from which on it also serves as the description of a report."""

TELLS_ENOUGH = 4
"""Words from which on a message of somebody in danger is worth keeping as their account."""

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
    known = {
        **_number_of_caller(conversation, service, now),
        **known_before(work, conversation, service),
    }
    said = _volunteered(office, conversation, service, turn, about)
    if service.id in SAFETY:
        said = {**_account(work, conversation, service), **said}
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

    Not where it may be unsafe to ring them, nor where they need not say how they are reached.
    """
    if not conversation.caller or SAFE_CONTACT in conversation.flags:
        return {}
    use = service.use("phone" if service.id == CALLBACK else "contact")
    if use is None or use.optional or not (service.id == CALLBACK or is_prepared(service)):
        return {}
    return {use.field.id: Answer(conversation.caller, Source.LOOKED_UP, now)}


def _account(work: Work, conversation: Conversation, service: Service) -> dict[str, Answer]:
    """What somebody in danger has said so far, in their own words: they need not say it again."""
    said = [
        message
        for message in work.conversations.messages(conversation.id)
        if message.author is Author.RESIDENT
        and not message.choice
        and len(message.said.text.split()) >= TELLS_ENOUGH
    ]
    use = service.use("summary")
    if use is None or not said:
        return {}
    words = "\n".join(message.said.text for message in said)[: use.field.max_length]
    return {"summary": Answer(words, source_of(conversation), said[0].at)}


def known_before(
    work: Work, conversation: Conversation, service: Service, but: str | None = None
) -> dict[str, Answer]:
    """What the resident told us earlier in this conversation, and need not say again; `but` is the
    draft that it is wanted for."""
    held: dict[str, Answer] = {}
    # What came from a record is told only while it is known whose record that is.
    known = conversation.identity is not None and conversation.identity.verified
    for draft in work.drafts.of_conversation(conversation.id):
        if draft.state is not DraftState.DROPPED and draft.id != but:
            told = {k: a for k, a in draft.answers.items() if a.value is not None}
            held.update({k: a for k, a in told.items() if known or a.source is not Source.RECORD})
    if SAFE_CONTACT in conversation.flags:
        # Where it is safe to reach them is asked, whatever they gave before.
        held = {name: answer for name, answer in held.items() if name not in REACHES}
    reached = held.get("contact")
    if reached and str(reached.value).startswith("+"):
        held.setdefault("phone", reached)
    if "phone" in held:
        held.setdefault("contact", held["phone"])
    carried = ((use.field.id, _carried(use.field, held)) for use in service.uses)
    return {field_id: answer for field_id, answer in carried if answer is not None}


def _carried(field: Field, held: Mapping[str, Answer]) -> Answer | None:
    """What an earlier form holds for a field: the newest of those it is carried over from. A home
    that is not ours is no home to ask our services about."""
    lasting = (field.id,) if field.id in REUSED else ()
    names = lasting if field.carried_from is None else field.carried_from
    answers = [held[name] for name in names if name in held and _fits(name, field, held[name])]
    return max(answers, key=lambda answer: answer.at, default=None)


def _fits(name: str, field: Field, answer: Answer) -> bool:
    elsewhere = isinstance(answer.value, dict) and not answer.value.get("matched")
    return name == field.id or not elsewhere


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
    matter = about or (service.id if is_prepared(service) else None)
    if free and free.id not in values and _tells_the_matter(turn.text, matter):
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
