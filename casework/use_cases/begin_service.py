"""Starts whatever a resident asks for: answers it, takes it down, or brings in a person."""

from __future__ import annotations

import re
from dataclasses import replace

from casework.domain.catalogue import CALLBACK, INTAKE, NOT_OURS, PERSON, Kind, Reach, Service
from casework.domain.conversations import SAFETY, Conversation, Turn, Utterance
from casework.domain.drafts import CONFIRM, Draft, DraftState
from casework.domain.handoffs import HandoffReason
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.deal_once import deal_once
from casework.use_cases.fill_draft import begin_filling
from casework.use_cases.filling import Filling
from casework.use_cases.finish_draft import go_on
from casework.use_cases.join_queue import join_queue
from casework.use_cases.offer_link import LINK, goes_on_elsewhere, offer_link
from casework.use_cases.offer_next import parked_draft
from casework.use_cases.office import Office, Progress, offering, speak, yes_no
from casework.use_cases.open_draft import new_draft
from casework.use_cases.raise_alarm import alarm, declines_person
from casework.use_cases.request_person import arrange_callback, request_person
from casework.use_cases.staffing import staffed
from casework.use_cases.whose_job import point_elsewhere

DEATHS = frozenset({"bereavement", "register_death"})
"""Services that begin with a word of sympathy."""

WHY = re.compile(r"(?i)\W*(?:but |and |so )?(?:why\b|what(?:'s| is) (?:that|it|this) for\b)")
"""Asks what a question is for."""

INSTEAD = re.compile(
    r"(?i)\binstead\b|\b(?:forget|cancel|scrap|drop|leave) (?:that|this|it)\b"
    r"|\bnever ?mind (?:that|this)\b|\bnot (?:that|this)[ ,]+(?:i|it|a)\b|\bchanged my mind\b"
)
"""Gives up what was begun for something else."""


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
    turn = _as_first_said(conversation, service, turn)
    draft = active_draft(work, conversation)
    if draft is not None:
        return _meanwhile(office, work, conversation, draft, service, turn)
    answer = published(office, conversation, service, turn)
    if answer is not None:
        return _answered(office, work, conversation, service, answer)
    parked = parked_draft(work, conversation)
    if parked is not None and service.id in {parked.about, parked.service}:
        return resume(office, work, conversation, parked, turn)
    return _take_down(office, work, conversation, service, turn)


def _as_first_said(conversation: Conversation, service: Service, turn: Turn) -> Turn:
    """The words behind a choice of "which did you mean": what they told is not asked again."""
    offer = conversation.offer
    chosen = offer is not None and offer.kind == "which" and service.id in offer.services
    if offer is None or not chosen or not offer.words:
        return turn
    return replace(turn, text=offer.words, choice=None)


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
    filling = Filling(office, work, conversation, draft, turn)
    if service.id in {draft.about, draft.service}:
        return Progress((), filling=True)
    if WHY.match(turn.text) and filling.field is not None and filling.field.help:
        filling.note("field_help", help=filling.field.help)
        return Progress(filling.notes, filling=True)
    answer = published(office, conversation, service, turn)
    if answer is not None:
        work.conversations.save(replace(conversation, service=service.id))
        return Progress((answer,), filling=True)
    if service.id == CALLBACK:
        return arrange_callback(office, work, conversation, turn)
    if service.id == PERSON:
        return request_person(office, work, conversation, turn)
    if INSTEAD.search(turn.text):
        filling.keep(replace(draft, state=DraftState.DROPPED))
        return begin(office, work, conversation, service, turn)
    if service.id not in conversation.kept:
        kept = (*conversation.kept, service.id)
        work.conversations.save(replace(conversation, kept=kept))
    said = speak(office, conversation, "kept_for_later", service=service.id, short=service.short)
    return Progress((said,), filling=True)


def _take_down(
    office: Office, work: Work, conversation: Conversation, service: Service, turn: Turn
) -> Progress:
    """Begins the draft that takes the matter: its own, an information request or a callback."""
    linked = conversation.offer is not None and conversation.offer.kind == LINK
    if service.id == PERSON or (linked and service.id == CALLBACK):
        if declined := declines_person(office, work, conversation, turn.text):
            return declined
        if service.id == CALLBACK:
            return arrange_callback(office, work, conversation, turn)
        return request_person(office, work, conversation, turn)
    if service.full and service.uses and not _by_callback(conversation, service):
        key = f"begin_{service.kind}"
        return _filling(office, work, conversation, service, turn, key, about=None)
    if _by_callback(conversation, service):
        if service.id != CALLBACK and staffed(office, work, conversation.channel):
            why, bereaved = HandoffReason.COMPLEX, service.id in DEATHS
            return join_queue(office, work, conversation, why, service.id, bereaved=bereaved)
        taken = office.council.service(CALLBACK)
        key = "begin_death" if service.id in DEATHS else "begin_human"
        return _filling(office, work, conversation, taken, turn, key, about=service)
    if service.id in DEATHS:
        taken = office.council.service(INTAKE)
        return _filling(office, work, conversation, taken, turn, "begin_death", about=service)
    taken = office.council.service(INTAKE)
    key = "begin_intake" if service.kind is Kind.ENQUIRY else "begin_intake_matter"
    return _filling(office, work, conversation, taken, turn, key, about=service)


def _by_callback(conversation: Conversation, service: Service) -> bool:
    """Whether a person rings about it instead of the assistant taking it down."""
    return service.kind is Kind.HUMAN or service.on(conversation.channel) is Reach.CALLBACK


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
    if goes_on_elsewhere(office, conversation, draft):
        return offer_link(office, work, conversation, draft)
    shown = about or taken
    filling = Filling(office, work, conversation, draft, turn)
    filling.note(
        key,
        short=shown.short,
        team=office.council.teams[shown.team].name,
        days=taken.sla_days or shown.sla_days or "",
    )
    return begin_filling(filling)


def resume(
    office: Office, work: Work, conversation: Conversation, parked: Draft, turn: Turn
) -> Progress:
    """Takes up a parked draft where it was left, or says where that can be done."""
    if goes_on_elsewhere(office, conversation, parked):
        return offer_link(office, work, conversation, parked)
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
