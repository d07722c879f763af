"""Starts whatever a resident asks for: answers it, takes it down, or brings in a person."""

from __future__ import annotations

import re
from dataclasses import replace

from casework.domain.catalogue import CALLBACK, INTAKE, PERSON, Kind, Service
from casework.domain.commands import gives_up_first
from casework.domain.conversations import SAFETY, Conversation, Turn
from casework.domain.drafts import CONFIRM, Draft
from casework.domain.matters import calls_off, chases, rings_us
from casework.domain.person_wanted import declines_person, wants_person
from casework.ports.store import Work
from casework.use_cases.another_time import names_another_time
from casework.use_cases.answer_enquiry import answer_enquiry
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.confirm_draft import YES_AND, confirm
from casework.use_cases.deal_once import deal_once
from casework.use_cases.fill_draft import fill_draft
from casework.use_cases.filling import Filling
from casework.use_cases.find_answer import published
from casework.use_cases.forget_draft import forget
from casework.use_cases.hear_code import heard_code, is_code
from casework.use_cases.identity_asked import CASE_STATUS
from casework.use_cases.keep_second import (
    keep_second,
    no_longer_kept,
    told_in_passing,
    topic_key,
    words_kept,
)
from casework.use_cases.misunderstood import refused_before
from casework.use_cases.not_satisfied import topics_again
from casework.use_cases.note_guess import note_dealt
from casework.use_cases.offer_next import parked_draft
from casework.use_cases.office import Office, Progress, farewell, offering, speak
from casework.use_cases.page_answered import with_page
from casework.use_cases.raise_alarm import alarm
from casework.use_cases.request_person import arrange_callback, request_person
from casework.use_cases.resume_draft import resume
from casework.use_cases.steer_draft import command_of, leave_for_later, steer_draft
from casework.use_cases.take_down import take_down, take_down_calling_off
from casework.use_cases.take_question import take_question
from casework.use_cases.tell_why import explain_meanwhile

TELLS = 4
"""Words from which on a reply to an offer may itself tell what was wanted."""

WITH_WORDS = frozenset({"which", "services", "person"})
"""Offers made for words said before."""

TAKEN_AS_SUCH = frozenset({INTAKE, CALLBACK, "complaint", "compliment"})
"""Requests that are about something told before as often as not."""

INSTEAD = re.compile(
    r"(?i)\binstead\b|\b(?:forget|cancel|scrap|drop|leave) (?:that|this|it)\b"
    r"|\bnever ?mind (?:that|this)\b|\bnot (?:that|this)[ ,]+(?:i|it|a)\b|\bchanged my mind\b"
)
"""Gives up what was begun for something else."""


_REFERENCE = re.compile(r"(?<![0-9])[0-9]{4}[ -]?[0-9]{4}(?![0-9])")
"""A case's own number: whoever says it asks after that case, and not what its status means."""


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
        code = heard_code(office, work, conversation, turn) if is_code(conversation, turn) else None
        return code or alarm(office, work, conversation, service.id, service.id)
    conversation, turn, kept = keep_second(office, work, conversation, turn, service.id)
    return told_in_passing(_first(office, work, conversation, service, turn), kept)


def _first(
    office: Office, work: Work, conversation: Conversation, service: Service, turn: Turn
) -> Progress:
    """The one service that is dealt with now."""
    turn = _as_first_said(conversation, service, turn)
    service = _meant(office, service, turn)
    draft = active_draft(work, conversation)
    if draft is not None:
        return _meanwhile(office, work, conversation, draft, service, turn)
    if service.id == PERSON and turn.choice is None and declines_person(turn.text):
        conversation = offering(work, conversation, "more")
        said = speak(office, conversation, "tell_me", asks="topic")
        return Progress((said,), filling=False)
    if _rings_later(service, turn):
        return farewell(office, work, conversation)
    if _somebody_wanted(service, turn):
        if service.id != PERSON:
            conversation = replace(conversation, service=service.id, misses=0)
            conversation = offering(work, conversation, "person", [service.id])
        return request_person(office, work, conversation, turn)
    note_dealt(work, conversation, service.id)
    conversation = no_longer_kept(work, conversation, service.id)
    if refused := refused_before(office, work, conversation, service.id, turn):
        return refused
    if asked := take_question(office, work, conversation, service, turn):
        return asked
    if resumed := heard_code(office, work, conversation, turn):
        return resumed
    if repeated := topics_again(office, work, conversation, service, turn):
        return repeated
    off = service.kind is Kind.REQUEST and turn.choice is None and calls_off(turn.text)
    told_before = (
        service.id == CASE_STATUS
        and turn.choice is None
        and (chases(turn.text) or _REFERENCE.search(turn.text) is not None)
    )
    ended = off and not turn.question and service.id not in TAKEN_AS_SUCH
    if not told_before and not ended:
        told = replace(turn, question=True) if off else turn
        if answered := answer_enquiry(office, work, conversation, service, told, ends=off):
            return answered
    if off and service.id not in TAKEN_AS_SUCH:
        return take_down_calling_off(office, work, conversation, service, turn)
    parked = parked_draft(work, conversation)
    if parked is not None and service.id in {parked.about, parked.service}:
        return resume(office, work, conversation, parked, turn)
    return take_down(office, work, conversation, service, turn)


def _somebody_wanted(service: Service, turn: Turn) -> bool:
    """Whether a person is asked for by name of what it is about, and would not come anyhow."""
    comes = service.kind is Kind.HUMAN and service.id != PERSON
    if turn.choice is not None or comes or service.id == CALLBACK:
        return False
    return wants_person(turn.text)


def _rings_later(service: Service, turn: Turn) -> bool:
    """Whether what was taken for the wish to be rung is the resident's own promise to ring."""
    return service.id == CALLBACK and turn.choice is None and rings_us(turn.text)


def _meant(office: Office, service: Service, turn: Turn) -> Service:
    """The service itself; how far it has come, for whoever asks after what they told before."""
    begins = service.kind in {Kind.REPORT, Kind.REQUEST, Kind.CHANGE}
    if begins and service.id not in TAKEN_AS_SUCH and turn.choice is None and chases(turn.text):
        return office.council.service(CASE_STATUS)
    return service


def _as_first_said(conversation: Conversation, service: Service, turn: Turn) -> Turn:
    """The words behind a choice of "which did you mean", or behind what was kept for later: what
    they told is not asked again."""
    offer = conversation.offer
    chosen = offer is not None and offer.kind in WITH_WORDS and service.id in offer.services
    if offer is None or not chosen or not offer.words:
        return turn
    if turn.choice is None and offer.kind != "which" and len(turn.text.split()) >= TELLS:
        return turn
    topic = conversation.kept_words.get(topic_key(service.id)) if offer.kind == "services" else None
    topics = {**turn.topics, service.id: ((topic, 1.0),)} if topic else turn.topics
    return replace(
        turn,
        text=offer.words,
        choice=None,
        topics=topics,
        question=turn.question or topic is not None,
    )


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
    if told := explain_meanwhile(filling):
        return told
    if names_another_time(filling):
        # "Friday morning" says when to ring, whichever service the model hears in it.
        return fill_draft(filling)
    if turn.choice is None and command_of(filling) is not None and (obeyed := steer_draft(filling)):
        return obeyed
    if turn.choice is None and (rest := gives_up_first(turn.text)):
        return _instead(office, work, conversation, draft, service, replace(turn, text=rest))
    if _rings_later(service, turn):
        return leave_for_later(filling)
    if draft.asking == CONFIRM and YES_AND.match(turn.text) and (sent := confirm(filling)):
        # "Yes, and when is the next collection?" is a yes first.
        return sent
    found = published(office, work, conversation, service, turn)
    own = service.id in {draft.about, draft.service}
    if found is not None:
        conversation = with_page(conversation, office.council.answers[service.id], found)
        if not own:
            conversation = replace(conversation, service=service.id)
        work.conversations.save(conversation)
        return Progress((found.said,), filling=True)
    if own:
        return Progress((), filling=True)
    if service.id == CALLBACK:
        return arrange_callback(office, work, conversation, turn)
    if service.id == PERSON:
        if turn.choice is None and declines_person(turn.text):
            return Progress((), filling=True)
        return request_person(office, work, conversation, turn)
    if INSTEAD.search(turn.text):
        return _instead(office, work, conversation, draft, service, turn)
    if service.id not in conversation.kept:
        kept = (*conversation.kept, service.id)
        words = {**conversation.kept_words, **words_kept(service, turn.text, turn)}
        work.conversations.save(replace(conversation, kept=kept, kept_words=words))
    said = speak(office, conversation, "kept_for_later", service=service.id, short=service.short)
    return Progress((said,), filling=True)


def _instead(
    office: Office,
    work: Work,
    conversation: Conversation,
    draft: Draft,
    service: Service,
    turn: Turn,
) -> Progress:
    """Lets go of what was begun, for something else."""
    forget(work, draft)
    conversation = replace(conversation, draft_id=None)
    return begin(office, work, conversation, service, turn)
