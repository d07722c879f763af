"""Starts whatever a resident asks for: answers it, takes it down, or brings in a person."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.catalogue import CALLBACK, INTAKE, NOT_OURS, PERSON, Kind, Service
from casework.domain.conversations import SAFETY, Conversation, Turn, Utterance
from casework.domain.drafts import CONFIRM, Draft, DraftState
from casework.domain.working_time import is_open
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.deal_once import deal_once
from casework.use_cases.fill_draft import begin_filling, go_on
from casework.use_cases.filling import Filling
from casework.use_cases.office import Office, Progress, offering, speak, yes_no
from casework.use_cases.open_draft import SAID_ENOUGH, new_draft
from casework.use_cases.raise_alarm import alarm
from casework.use_cases.whose_job import point_elsewhere


def begin_service(office: Office, conversation_id: str, service_id: str, turn: Turn) -> Progress:
    """Deals with a message that asks for a service.

    Raises NotFound for an unknown conversation, KeyError for a service the council has not got.
    """
    service = office.council.service(service_id)

    def deal(work: Work, conversation: Conversation) -> Progress:
        return begin(office, work, conversation, service, turn)

    return deal_once(office, conversation_id, turn.id, deal)


def begin(
    office: Office, work: Work, conversation: Conversation, service: Service, turn: Turn
) -> Progress:
    """As `begin_service`, inside a unit of work."""
    if service.id in SAFETY:
        return alarm(office, work, conversation, service.id, service.id)
    draft = active_draft(work, conversation)
    if draft is not None:
        return _meanwhile(office, work, conversation, draft, service, turn)
    answer = published(office, conversation, service, turn)
    if answer is not None:
        return _answered(office, work, conversation, service, answer)
    return _take_down(office, work, conversation, service, turn)


def published(
    office: Office, conversation: Conversation, service: Service, turn: Turn
) -> Utterance | None:
    """The published answer of an enquiry that needs nothing from the resident."""
    answer = office.council.answers.get(service.id)
    if answer is None or service.kind is not Kind.ENQUIRY or service.uses:
        return None
    if service.id == NOT_OURS:
        return point_elsewhere(office, conversation, turn.text)
    text = answer.said.on(conversation.channel).format_map(office.council.facts)
    return Utterance(text=text, service=service.id, links=answer.links)


def _answered(
    office: Office, work: Work, conversation: Conversation, service: Service, answer: Utterance
) -> Progress:
    conversation = replace(conversation, service=service.id, misses=0)
    conversation = offering(work, conversation, "satisfied", [service.id])
    asked = speak(
        office,
        conversation,
        "was_that_it",
        service=service.id,
        asks="satisfied",
        choices=yes_no(office, conversation),
    )
    return Progress((answer, asked), filling=False)


def _meanwhile(
    office: Office,
    work: Work,
    conversation: Conversation,
    draft: Draft,
    service: Service,
    turn: Turn,
) -> Progress:
    """Something else asked for while a form is being filled; the form goes on afterwards."""
    if service.id in {draft.about, draft.service}:
        return Progress((), filling=True)
    answer = published(office, conversation, service, turn)
    if answer is not None:
        work.conversations.save(replace(conversation, service=service.id))
        return Progress((answer,), filling=True)
    if service.id in {PERSON, CALLBACK}:
        return request_person(office, work, conversation, turn)
    if service.id not in conversation.kept:
        kept = (*conversation.kept, service.id)
        work.conversations.save(replace(conversation, kept=kept))
    said = speak(office, conversation, "kept_for_later", service=service.id, short=service.short)
    return Progress((said,), filling=True)


def _take_down(
    office: Office, work: Work, conversation: Conversation, service: Service, turn: Turn
) -> Progress:
    """Begins the draft that takes the matter: its own, an information request or a callback."""
    if service.id == PERSON:
        return request_person(office, work, conversation, turn)
    if service.full and service.uses:
        key = f"begin_{service.kind}"
        return _filling(office, work, conversation, service, turn, key, about=None)
    if service.kind is Kind.HUMAN:
        taken = office.council.service(CALLBACK)
        return _filling(office, work, conversation, taken, turn, "begin_human", about=service)
    taken = office.council.service(INTAKE)
    return _filling(office, work, conversation, taken, turn, "begin_intake", about=service)


def _filling(
    office: Office,
    work: Work,
    conversation: Conversation,
    taken: Service,
    turn: Turn,
    key: str,
    about: Service | None,
) -> Progress:
    conversation, draft = new_draft(
        office, work, conversation, taken, turn, about.id if about else None
    )
    shown = about or taken
    filling = Filling(office, work, conversation, draft, turn)
    filling.note(
        key,
        short=shown.short,
        team=office.council.teams[shown.team].name,
        days=taken.sla_days or shown.sla_days or "",
    )
    return begin_filling(filling)


def request_person(office: Office, work: Work, conversation: Conversation, turn: Turn) -> Progress:
    """Brings in a person with all that was captured; now by a call back at a time that suits."""
    draft = active_draft(work, conversation)
    if draft is not None and draft.service == CALLBACK:
        return Progress((), filling=True)
    about = office.council.service(PERSON)
    if draft is not None:
        work.drafts.save(replace(draft, state=DraftState.PARKED))
        about = office.council.service(draft.about or draft.service)
    elif conversation.service in office.council.services and _was_stuck(conversation):
        about = office.council.service(conversation.service or PERSON)
    taken = office.council.service(CALLBACK)
    conversation, begun = new_draft(office, work, conversation, taken, turn, about.id)
    filling = Filling(office, work, conversation, begun, turn)
    # "Can I speak to a person" asks for one; what it is about is what was begun before.
    asks_only = len(turn.text.split()) < SAID_ENOUGH
    if about.id != PERSON and (asks_only or "about" not in begun.answers):
        filling.answer("about", about.title)
    opened = is_open(
        office.clock.now(), office.council.hours, office.holidays.is_holiday, office.zone
    )
    filling.note("person_callback" if opened else "person_callback_closed")
    return go_on(filling)


def _was_stuck(conversation: Conversation) -> bool:
    """Whether the resident asks for a person because the last answer did not help."""
    return conversation.offer is not None and conversation.offer.kind in {"satisfied", "person"}


def resume(
    office: Office, work: Work, conversation: Conversation, parked: Draft, turn: Turn
) -> Progress:
    """Takes up a parked draft where it was left."""
    draft = replace(parked, state=DraftState.FILLING)
    conversation = replace(
        conversation, draft_id=draft.id, service=draft.about or draft.service, offer=None
    )
    work.conversations.save(conversation)
    filling = Filling(office, work, conversation, draft, turn)
    filling.note("resumed")
    if draft.asking == CONFIRM:
        filling.draft = replace(draft, yes_turn_id=None)
    return go_on(filling)
