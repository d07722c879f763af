"""Offers a person before a complex change is taken down, or to go on at once without one."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.catalogue import Kind, Reach, Service
from casework.domain.conversations import Choice, Conversation, Turn
from casework.domain.drafts import next_question
from casework.ports.store import Work
from casework.use_cases.office import Office, Progress, offering, speak, word
from casework.use_cases.open_draft import new_draft
from casework.use_cases.prepare_case import DEATHS
from casework.use_cases.staffing import opened, staffed

FIRST = "person_first"
"""The kind of offer that this leaves open; its words are what was said to begin with."""


def wants_person_first(conversation: Conversation, service: Service) -> bool:
    """Whether a person comes first with a change that the assistant could also take."""
    change = service.kind is Kind.CHANGE and service.full
    return change and service.on(conversation.channel) is Reach.HUMAN


def offer_person_first(
    office: Office, work: Work, conversation: Conversation, service: Service, words: str
) -> Progress:
    """A word of sympathy where there is a death, and the choice."""
    conversation = replace(conversation, service=service.id, misses=0)
    conversation = offering(work, conversation, FIRST, [service.id], words)
    asked = ask_person_first(office, work, conversation, service.id)
    if service.id not in DEATHS:
        return asked
    sorry = speak(office, conversation, "sympathy", service=service.id)
    once = speak(office, conversation, "tell_us_once", service=service.id)
    return Progress((sorry, once, *asked.said), filling=False)


def ask_person_first(
    office: Office, work: Work, conversation: Conversation, service_id: str
) -> Progress:
    """The choice alone: a person now, or to be rung when nobody comes; or to go on here."""
    comes = staffed(office, work, conversation.channel)
    key = "person_first_nobody" if opened(office) else "person_first_closed"
    if comes:
        key = "person_first_now"
    person = word(office, conversation, "button_person_now" if comes else "button_ring_me")
    here = Choice(word(office, conversation, "button_go_on_here"), "no")
    said = speak(
        office,
        conversation,
        key,
        service=service_id,
        asks="offer",
        choices=(Choice(person, "yes"), here),
    )
    return Progress((said,), filling=False)


def keep_first_words(
    office: Office, work: Work, conversation: Conversation, turn: Turn
) -> Conversation:
    """The conversation with what was said before the choice in a draft, for the person to see;
    as it was when there was no such choice."""
    offer = conversation.offer
    if offer is None or offer.kind != FIRST:
        return conversation
    service = office.council.service(offer.services[0])
    said = replace(turn, text=offer.words, choice=None)
    conversation, draft = new_draft(office, work, conversation, service, said)
    work.drafts.save(draft.asking_for(next_question(service, draft)))
    return conversation
