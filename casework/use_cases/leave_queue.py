"""Takes a resident out of the queue: to be rung back, or to go on with the assistant."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.catalogue import CALLBACK, PERSON
from casework.domain.conversations import (
    SAFE_CONTACT,
    Author,
    Channel,
    Conversation,
    Mode,
    Turn,
    Utterance,
)
from casework.domain.handoffs import Handoff, HandoffReason, HandoffState
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.deal_once import already_said, deal_once
from casework.use_cases.filling import Filling
from casework.use_cases.join_queue import CALL_ME
from casework.use_cases.offer_next import offer_next, parked_draft
from casework.use_cases.office import Office, Progress, offering, speak
from casework.use_cases.prepare_case import go_on_alone
from casework.use_cases.prepared import is_prepared
from casework.use_cases.request_person import WhyCallback, arrange_callback, say_why
from casework.use_cases.staffing import place_of, waiting_handoff


def leave_queue(office: Office, conversation_id: str, turn: Turn, wish: str) -> list[Utterance]:
    """Does what somebody waiting wishes instead: `callback` or `go_on`.

    Says nothing when a person came first: that person reads the wish. Raises NotFound.
    """

    def deal(work: Work, conversation: Conversation) -> Progress:
        handoff = waiting_handoff(work, conversation.id)
        if conversation.mode is not Mode.QUEUED or handoff is None:
            return Progress((), filling=False)
        if wish == CALL_ME:
            if _can_be_rung(conversation):
                return keep_place(office, work, conversation, handoff)
            why = WhyCallback.INSTEAD
            return callback_instead(office, work, conversation, handoff, turn, why)
        _over(office, work, handoff, HandoffState.GONE)
        return _with_assistant(office, work, conversation, turn)

    deal_once(office, conversation_id, turn.id, deal)
    return already_said(office, conversation_id, turn.id)


def keep_place(
    office: Office, work: Work, conversation: Conversation, handoff: Handoff
) -> Progress:
    """Lets a caller hang up and keep their place: they are rung when it is their turn."""
    stands = place_of(office, work, conversation.id)
    if stands is None:
        raise AssertionError(f"conversation {conversation.id} is not in the queue")
    now = office.clock.now()
    work.handoffs.save(replace(handoff, ring_back=conversation.caller, updated_at=now))
    conversation = replace(conversation, mode=Mode.CLOSED, offer=None)
    work.conversations.save(conversation)
    said = speak(office, conversation, "queue_ring_back", place=stands.place)
    return Progress((said,), filling=False)


def _can_be_rung(conversation: Conversation) -> bool:
    """Whether we know the number of somebody who rings, and it may be rung."""
    known = conversation.channel is Channel.VOICE and conversation.caller is not None
    return known and SAFE_CONTACT not in conversation.flags


def callback_instead(
    office: Office,
    work: Work,
    conversation: Conversation,
    handoff: Handoff,
    turn: Turn,
    why: WhyCallback,
) -> Progress:
    """Turns a wait into a call back, with everything already known."""
    _over(office, work, handoff, HandoffState.CALLBACK)
    conversation = replace(conversation, mode=Mode.BOT, misses=0)
    work.conversations.save(conversation)
    draft = active_draft(work, conversation)
    if draft is not None and draft.service == CALLBACK:
        said = say_why(office, conversation, why)
        return Progress((replace(said, service=draft.about),), filling=True)
    return arrange_callback(
        office,
        work,
        conversation,
        # What was said to leave the queue tells nothing about the matter.
        replace(_asked_by(work, handoff, turn), choice=CALL_ME),
        why=why,
        about=handoff.about or PERSON,
    )


def _with_assistant(office: Office, work: Work, conversation: Conversation, turn: Turn) -> Progress:
    """Back with the assistant, and to the question that was open."""
    conversation = replace(conversation, mode=Mode.BOT, misses=0)
    work.conversations.save(conversation)
    left = speak(office, conversation, "queue_left", service=conversation.service)
    draft = active_draft(work, conversation)
    if draft is not None and is_prepared(office.council.service(draft.service)):
        return go_on_alone(Filling(office, work, conversation, draft, turn, (left,)))
    if draft is not None:
        return Progress((left,), filling=True)
    if conversation.kept or parked_draft(work, conversation) is not None:
        _, more = offer_next(office, work, conversation, None)
        return Progress((left, *more), filling=False)
    conversation = offering(work, conversation, "more")
    asked = speak(office, conversation, "tell_me", asks="topic")
    return Progress((left, asked), filling=False)


def _over(office: Office, work: Work, handoff: Handoff, state: HandoffState) -> None:
    now = office.clock.now()
    work.handoffs.save(replace(handoff, state=state, updated_at=now, ended_at=now))


def _asked_by(work: Work, handoff: Handoff, turn: Turn) -> Turn:
    """The turn with the id of the message that asked for a person: that one is no account of
    the matter."""
    if handoff.reason is not HandoffReason.ASKED:
        return turn
    for message in reversed(work.conversations.messages(handoff.conversation_id)):
        if message.author is Author.RESIDENT and message.mode is Mode.BOT:
            return replace(turn, id=message.turn_id or turn.id)
    return turn
