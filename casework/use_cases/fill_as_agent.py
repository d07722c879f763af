"""Fills in or corrects a field of a resident's form for them, where they can see it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from casework.domain.branches import at_odds
from casework.domain.catalogue import Service
from casework.domain.conversations import Conversation
from casework.domain.drafts import Answer, Draft, DraftState, Source, next_question, pruned
from casework.domain.errors import Conflict, Invalid
from casework.domain.fields import Field
from casework.domain.staff import StaffMember
from casework.ports.reading import Pick, Read, Refused
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.complete_field import completed
from casework.use_cases.hold_handoff import hold_handoff, require_own, written
from casework.use_cases.office import Office
from casework.use_cases.prepared import service_taken
from casework.use_cases.read_back import read_back
from casework.use_cases.read_conversations import Captured
from casework.use_cases.say_in_conversation import say_words
from casework.use_cases.staff_permissions import require_conversations


def fill_as_agent(
    office: Office, member: StaffMember, handoff_id: str, field_id: str, text: str
) -> Captured:
    """The field as now held, read as if the resident had said `text`; the form asks on from there.

    Raises NotFound, NotAllowed, Conflict when the conversation is not this member's now or no form
    has such a field, and Invalid with the reader's reason when it cannot be right: `several` when
    more than one place or value could be meant, `not_understood`.
    """
    require_conversations(member)
    text = written(text)
    with office.store.begin() as work:
        conversation, handoff = hold_handoff(work, handoff_id)
        require_own(member, handoff)
        draft, service, field = _draft_with(office, work, conversation, field_id)
        value = _value(office, field, text, draft.value(field_id))
        if at_odds(field, value, draft.values):
            raise Invalid(field.reason)
        answer = Answer(value, Source.AGENT, office.clock.now())
        work.drafts.save(_filled(service, draft, field_id, answer))
        # A "do you want to stop?" is over once somebody goes on with the form.
        conversation = replace(conversation, offer=None)
        words = read_back(office, conversation, service, field, value)
        say_words(office, work, conversation, "agent_filled", label=field.label, value=words)
    return Captured(field_id, draft.service, answer)


def _draft_with(
    office: Office, work: Work, conversation: Conversation, field_id: str
) -> tuple[Draft, Service, Field]:
    """The form being filled, else the newest put aside, that has the field."""
    filling = active_draft(work, conversation)
    parked = [
        draft
        for draft in reversed(work.drafts.of_conversation(conversation.id))
        if draft.state is DraftState.PARKED
    ]
    for draft in (*([filling] if filling else []), *parked):
        known = draft.service in office.council.services
        service = service_taken(office.council, draft) if known else None
        use = service.use(field_id) if service else None
        if service is not None and use is not None:
            # Whoever speaks with another about it holds the draft until the end.
            held = work.drafts.get(draft.id)
            return held, service, completed(office, conversation, service, use.field)
    raise Conflict("no form has this field")


def _value(office: Office, field: Field, text: str, held: Any) -> Any:
    """The value in its stored form. Raises Invalid with a word for why there is none."""
    reading = office.reader.read(field, text, office.context(held))
    if isinstance(reading, Read):
        return reading.value
    if isinstance(reading, Refused):
        raise Invalid(reading.reason)
    if isinstance(reading, Pick):
        meant = [one for one in reading.candidates if one.label.casefold() == text.casefold()]
        if len(meant) == 1:
            return meant[0].value
        raise Invalid("several")
    raise Invalid("not_understood")


def _filled(service: Service, draft: Draft, field_id: str, answer: Answer) -> Draft:
    """The draft with the answer, asking for what is still open."""
    filled = pruned(service, draft.with_answer(field_id, answer))
    wanted = next_question(service, filled)
    if wanted != filled.asking:
        filled = filled.asking_for(wanted)
    return replace(filled, updated_at=answer.at)
