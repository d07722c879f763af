"""Takes a matter down: begins its own form, an information request or a callback, or brings in a
person."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.catalogue import CALLBACK, INTAKE, PERSON, Kind, Reach, Service
from casework.domain.conversations import Conversation, Turn
from casework.domain.handoffs import HandoffReason
from casework.ports.store import Work
from casework.use_cases.check_sense import heard_well
from casework.use_cases.fill_draft import begin_filling
from casework.use_cases.filling import Filling
from casework.use_cases.offer_link import LINK, goes_on_elsewhere, offer_link
from casework.use_cases.offer_person_first import FIRST, offer_person_first, wants_person_first
from casework.use_cases.office import Office, Progress, offering, speak, yes_no
from casework.use_cases.open_draft import new_draft
from casework.use_cases.prepare_case import DEATHS, prepare_case
from casework.use_cases.prepared import is_prepared
from casework.use_cases.raise_alarm import declines_person
from casework.use_cases.request_person import arrange_callback, request_person


def take_down(
    office: Office, work: Work, conversation: Conversation, service: Service, turn: Turn
) -> Progress:
    """Begins the draft that takes the matter: its own, an information request or a callback."""
    if _may_be_misheard(conversation, service, turn):
        return _ask_if_meant(office, work, conversation, service, turn)
    linked = conversation.offer is not None and conversation.offer.kind in {LINK, FIRST}
    if service.id == PERSON or (linked and service.id == CALLBACK):
        if declined := declines_person(office, work, conversation, turn.text):
            return declined
        if service.id == CALLBACK:
            return arrange_callback(office, work, conversation, turn)
        return request_person(office, work, conversation, turn)
    if is_prepared(service):
        return prepare_case(office, work, conversation, service, turn)
    if wants_person_first(conversation, service):
        return offer_person_first(office, work, conversation, service, turn.text)
    if service.on(conversation.channel) is Reach.CALLBACK:
        return _rung_about(office, work, conversation, service, turn)
    if service.kind is Kind.HUMAN:
        conversation = replace(conversation, service=service.id)
        conversation = offering(work, conversation, "person", [service.id])
        return request_person(office, work, conversation, turn, HandoffReason.COMPLEX)
    if service.full and service.uses:
        return take_without_person(office, work, conversation, service, turn)
    taken = office.council.service(INTAKE)
    key = "begin_intake" if service.kind is Kind.ENQUIRY else "begin_intake_matter"
    return _begin_form(office, work, conversation, taken, turn, key, about=service)


def _may_be_misheard(conversation: Conversation, service: Service, turn: Turn) -> bool:
    """Whether a form would begin on words that a recogniser was not sure of; a person never waits
    for that, nor a service that was asked about already."""
    if turn.choice is not None or heard_well(turn) or service.id in {PERSON, CALLBACK}:
        return False
    offer = conversation.offer
    return offer is None or service.id not in offer.services


def _ask_if_meant(
    office: Office, work: Work, conversation: Conversation, service: Service, turn: Turn
) -> Progress:
    conversation = offering(work, conversation, "services", [service.id], turn.text)
    said = speak(
        office,
        conversation,
        "is_it_about",
        service=service.id,
        asks="offer",
        choices=yes_no(office, conversation),
        short=service.short,
    )
    return Progress((said,), filling=False)


def take_without_person(
    office: Office, work: Work, conversation: Conversation, service: Service, turn: Turn
) -> Progress:
    """Begins the service's own draft, which the assistant takes to the end."""
    key = f"begin_{service.kind}"
    return _begin_form(office, work, conversation, service, turn, key, about=None)


def take_down_calling_off(
    office: Office, work: Work, conversation: Conversation, service: Service, turn: Turn
) -> Progress:
    """Begins the request to a team to call off what it was asked for."""
    taken = office.council.service(INTAKE)
    key = "begin_calling_off"
    return _begin_form(office, work, conversation, taken, turn, key, about=service)


def _rung_about(
    office: Office, work: Work, conversation: Conversation, service: Service, turn: Turn
) -> Progress:
    """Takes down when and where to ring about what this channel is no place for."""
    taken = office.council.service(CALLBACK)
    if service.id not in DEATHS:
        return _begin_form(office, work, conversation, taken, turn, "begin_callback", about=service)
    once = speak(office, conversation, "tell_us_once", service=service.id)
    begun = _begin_form(office, work, conversation, taken, turn, "begin_death", about=service)
    return replace(begun, said=(*begun.said[:1], once, *begun.said[1:]))


def _begin_form(
    office: Office,
    work: Work,
    conversation: Conversation,
    taken: Service,
    turn: Turn,
    key: str,
    about: Service | None,
) -> Progress:
    """Begins the form of `taken`, which may be `about` another service; `key` is the wording that
    says so."""
    conversation, draft = new_draft(
        office, work, conversation, taken, turn, about.id if about else None
    )
    if goes_on_elsewhere(office, conversation, draft):
        return offer_link(office, work, conversation, draft)
    shown = about or taken
    filling = Filling(office, work, conversation, draft, turn)
    if about is None and taken.begins is not None:
        filling.tell(taken.begins)
        return begin_filling(filling)
    filling.note(
        key,
        short=shown.short,
        team=office.council.teams[shown.team].name,
        days=taken.sla_days or shown.sla_days or "",
    )
    return begin_filling(filling)
