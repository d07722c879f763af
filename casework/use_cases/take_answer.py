"""Hears a reply: to the form's question, or to what was offered outside one."""

from __future__ import annotations

import re
from dataclasses import replace

from casework.domain.catalogue import PERSON
from casework.domain.conversations import Conversation, Offer, Turn
from casework.domain.drafts import Draft, DraftState
from casework.ports.reading import Read
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.begin_service import begin, resume
from casework.use_cases.deal_once import deal_once
from casework.use_cases.fill_draft import fill_draft
from casework.use_cases.filling import Filling, agrees
from casework.use_cases.not_understood import miss
from casework.use_cases.offer_link import LINK
from casework.use_cases.offer_next import offer_next, parked_draft
from casework.use_cases.office import (
    Office,
    Progress,
    farewell,
    known_service,
    offering,
    service_choices,
    speak,
)
from casework.use_cases.raise_alarm import ALARM, declines_person, goes_quiet, leave_be
from casework.use_cases.request_person import arrange_callback, request_person

CARRIES_ON = re.compile(r"(?i)\b(carry on|continue|go on|go back to|keep going|let'?s finish)\b")
"""Wants to go on with what was put aside."""


WANTS_A_CALL = re.compile(
    r"(?i)\W*(?:(?:yes|please|just|can|could|would|you|i|i'd|like|want|a|someone to|somebody to) )*"
    r"(?:call|ring|phone)(?: me)?(?: back)?(?:,? (?:please|then|instead|thanks|thank you))*\W*"
)
"""Would rather be rung than follow the link."""


def take_answer(office: Office, conversation_id: str, turn: Turn) -> Progress:
    """Deals with a reply. The same turn again does nothing and says nothing. Raises NotFound."""

    def deal(work: Work, conversation: Conversation) -> Progress:
        return take(office, work, conversation, turn)

    return deal_once(office, conversation_id, turn.id, deal)


def take(office: Office, work: Work, conversation: Conversation, turn: Turn) -> Progress:
    """As `take_answer`, inside a unit of work."""
    quiet = None if turn.choice else goes_quiet(office, work, conversation, turn.text)
    if quiet is not None:
        return quiet
    if turn.choice == PERSON:
        return request_person(office, work, conversation, turn)
    draft = active_draft(work, conversation)
    if draft is not None:
        return fill_draft(Filling(office, work, conversation, draft, turn))
    return _take_offer(office, work, conversation, turn)


def _take_offer(office: Office, work: Work, conversation: Conversation, turn: Turn) -> Progress:
    chosen = known_service(office, turn.choice)
    if chosen is not None:
        return begin(office, work, conversation, chosen, turn)
    offer = conversation.offer
    agreed = None if offer is None else agrees(office, turn)
    if declined := declines_person(office, work, conversation, turn.text):
        return declined
    if offer is not None and offer.kind == LINK and agreed is None:
        agreed = True if WANTS_A_CALL.fullmatch(turn.text) else None
    if offer is None or agreed is None:
        parked = parked_draft(work, conversation)
        if parked is not None and (CARRIES_ON.search(turn.text) or _answers(office, parked, turn)):
            return _taken_up(office, work, conversation, parked, turn)
        return miss(office, work, conversation, turn)
    if agreed:
        return _accepted(office, work, conversation, offer, turn)
    return _declined(office, work, conversation, offer)


def _answers(office: Office, parked: Draft, turn: Turn) -> bool:
    """Whether a message answers what a draft asked before it was put aside."""
    use = office.council.service(parked.service).use(parked.asking or "")
    if use is None or use.field.type == "text" or turn.choice is not None:
        return False
    return isinstance(office.reader.read(use.field, turn.text, office.context()), Read)


def _taken_up(
    office: Office, work: Work, conversation: Conversation, parked: Draft, turn: Turn
) -> Progress:
    """Goes on with a parked draft, from the answer that the message may hold."""
    progress = resume(office, work, conversation, parked, turn)
    conversation = work.conversations.get(conversation.id)
    draft = active_draft(work, conversation)
    if draft is None or not _answers(office, draft, turn):
        return progress
    filled = fill_draft(Filling(office, work, conversation, draft, turn))
    return Progress((*progress.said, *filled.said), filled.filling)


def _accepted(
    office: Office, work: Work, conversation: Conversation, offer: Offer, turn: Turn
) -> Progress:
    if offer.kind == LINK:
        return arrange_callback(office, work, conversation, turn)
    if offer.kind in {"person", ALARM}:
        return request_person(office, work, conversation, turn)
    if offer.kind == "resume":
        parked = parked_draft(work, conversation)
        if parked is not None:
            return resume(office, work, conversation, parked, turn)
    if offer.kind in {"services", "which"} and len(offer.services) == 1:
        only = office.council.service(offer.services[0])
        return begin(office, work, conversation, only, turn)
    if offer.kind in {"services", "which"}:
        conversation = offering(work, conversation, "which", offer.services)
        said = speak(
            office,
            conversation,
            "which_service",
            asks="service",
            choices=service_choices(office, offer.services),
        )
        return Progress((said,), filling=False)
    if offer.kind == "satisfied":
        _, more = offer_next(office, work, conversation, None)
        return Progress(more, filling=False)
    conversation = offering(work, conversation, "more")
    return Progress((speak(office, conversation, "tell_me", asks="topic"),), filling=False)


def _declined(office: Office, work: Work, conversation: Conversation, offer: Offer) -> Progress:
    if offer.kind == "resume":
        parked = parked_draft(work, conversation)
        if parked is not None:
            work.drafts.save(replace(parked, state=DraftState.DROPPED))
    if offer.kind == ALARM:
        return leave_be(office, work, conversation, offer)
    if offer.kind == "more":
        return farewell(office, work, conversation)
    if offer.kind == "satisfied":
        conversation = offering(work, conversation, "person", offer.services)
        said = speak(
            office,
            conversation,
            "not_satisfied",
            service=offer.services[0] if offer.services else None,
            asks="offer",
            choices=service_choices(office, [PERSON]),
        )
        return Progress((said,), filling=False)
    _, more = offer_next(office, work, conversation, None)
    return Progress(more, filling=False)
