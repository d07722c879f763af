"""Puts a resident into the queue for a person, and says where they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from casework.domain.catalogue import PERSON
from casework.domain.conversations import (
    SAFETY,
    Author,
    Choice,
    Conversation,
    Mode,
    Turn,
    Utterance,
)
from casework.domain.handoffs import Handoff, HandoffReason
from casework.ports.store import Work
from casework.use_cases.deal_once import already_said, deal_once
from casework.use_cases.office import Office, Progress, speak, word
from casework.use_cases.staffing import place_of, waiting_handoff

CALL_ME = "callback"
"""The choice of somebody waiting who would rather be rung back."""

GO_ON = "go_on"
"""The choice of somebody waiting who would rather go on without a person."""

TOLD_EVERY = timedelta(minutes=2)
"""How often somebody who writes while waiting is told where they stand."""


def join_queue(
    office: Office,
    work: Work,
    conversation: Conversation,
    reason: HandoffReason,
    about: str,
) -> Progress:
    """Has the resident wait for a person about a service; a draft stays open, for the agent to
    see and fill. Whoever is in danger comes first, whatever the reason given. How often they were
    not understood before is kept for the agent."""
    if waiting_handoff(work, conversation.id) is not None:
        return Progress((where_they_stand(office, work, conversation),), filling=False)
    now = office.clock.now()
    if SAFETY & set(conversation.flags):
        reason = HandoffReason.DANGER
    matter = None if about == PERSON else about
    work.handoffs.add(
        Handoff(
            id=office.ids.new_id(),
            conversation_id=conversation.id,
            created_at=now,
            updated_at=now,
            reason=reason,
            about=matter,
        )
    )
    conversation = replace(
        conversation,
        mode=Mode.QUEUED,
        offer=None,
        service=matter or conversation.service,
    )
    work.conversations.save(conversation)
    said = _with_place(office, work, conversation, f"queue_joined_{reason}")
    return Progress((said,), filling=False)


def still_waiting(
    office: Office, conversation_id: str, turn: Turn, *, at_once: bool = False
) -> list[Utterance]:
    """What somebody who writes while waiting is told: where they stand, unless they were told
    just now; `at_once` tells them even then. Raises NotFound."""

    def deal(work: Work, conversation: Conversation) -> Progress:
        waits = waiting_handoff(work, conversation.id) is not None
        if conversation.mode is not Mode.QUEUED or not waits:
            return Progress((), filling=False)
        if not at_once and _told_lately(office, work, conversation):
            return Progress((), filling=False)
        return Progress((where_they_stand(office, work, conversation),), filling=False)

    deal_once(office, conversation_id, turn.id, deal)
    return already_said(office, conversation_id, turn.id)


def where_they_stand(office: Office, work: Work, conversation: Conversation) -> Utterance:
    """Place and expected wait of somebody who has been told before."""
    return _with_place(office, work, conversation, "queue_still")


def moved_up(office: Office, work: Work, conversation: Conversation) -> Utterance:
    """Place and expected wait of somebody waiting who turned out to be in danger."""
    return _with_place(office, work, conversation, "queue_urgent")


def _with_place(office: Office, work: Work, conversation: Conversation, key: str) -> Utterance:
    stands = place_of(office, work, conversation.id)
    if stands is None:
        raise AssertionError(f"conversation {conversation.id} is not in the queue")
    return speak(
        office,
        conversation,
        key,
        service=conversation.service,
        asks="offer",
        choices=(
            Choice(word(office, conversation, "button_call_me"), CALL_ME),
            Choice(word(office, conversation, "button_go_on"), GO_ON),
        ),
        place=stands.place,
        minutes=stands.minutes,
    )


def _told_lately(office: Office, work: Work, conversation: Conversation) -> bool:
    after = office.clock.now() - TOLD_EVERY
    return any(
        message.at > after and message.author is not Author.RESIDENT
        for message in work.conversations.messages(conversation.id)
    )
