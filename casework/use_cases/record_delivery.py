"""Keeps how far a message got, as its carrier tells it, in whatever order the reports come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework.domain.conversations import Conversation
from casework.domain.errors import NotFound
from casework.domain.outbox import LOST, Delivery, Medium, Outgoing
from casework.ports.store import Work
from casework.use_cases.office import Office
from casework.use_cases.opt_out import stop_texts

OPTED_OUT_CODE = "21610"
"""The carrier's word for a number that has asked it for no more texts."""

MESSAGE_UNDELIVERED = "message_undelivered"
"""Flag of a conversation of which something did not arrive: staff see it."""

_STEPS = {Delivery.QUEUED: 0, Delivery.SENT: 1}
_LAST_STEP = 2
"""Every other state is the end of the way."""


def record_delivery(
    office: Office,
    message_id: str,
    state: Delivery,
    problem: str | None = None,
    provider_id: str | None = None,
) -> bool:
    """Records a report on a message, by our own id; False when there is no such message.

    States only move forward, and final ones stay. `problem` is the carrier's code; the one for an
    opt-out stops all texts to the number.
    """
    if problem == OPTED_OUT_CODE:
        state = Delivery.OPTED_OUT
    try:
        with office.store.begin(reading=True) as work:
            message = work.outbox.get(message_id)
        settle(office, message, state, problem, provider_id)
    except NotFound:
        return False
    return True


def settle(
    office: Office,
    message: Outgoing,
    state: Delivery,
    problem: str | None = None,
    provider_id: str | None = None,
) -> None:
    """Moves a message on to a state in a unit of its own. Raises NotFound when it is gone."""
    now = office.clock.now()
    with office.store.begin() as work:
        # The conversation first, as everywhere: a turn holds it and then writes its texts.
        conversation = _conversation(work, message) if state in LOST else None
        if state is Delivery.OPTED_OUT and message.medium is Medium.TEXT:
            stop_texts(work, message.to, now)
        current = work.outbox.get(message.id)
        moved = moved_on(current, state, now, problem, provider_id)
        work.outbox.save(moved)
        fell_through = moved.state in LOST and message.state not in LOST
        if conversation is not None and fell_through:
            _tell_staff(work, conversation)


def _conversation(work: Work, message: Outgoing) -> Conversation | None:
    """The conversation that a message belongs to, held; None when there is none any more."""
    try:
        return work.conversations.get(message.conversation_id) if message.conversation_id else None
    except NotFound:
        return None


def _tell_staff(work: Work, conversation: Conversation) -> None:
    if MESSAGE_UNDELIVERED not in conversation.flags:
        flags = (*conversation.flags, MESSAGE_UNDELIVERED)
        work.conversations.save(replace(conversation, flags=flags))


def moved_on(
    message: Outgoing,
    state: Delivery,
    now: datetime,
    problem: str | None = None,
    provider_id: str | None = None,
) -> Outgoing:
    """The message in a later state; one that is that far already only learns its carrier's id."""
    message = replace(message, provider_id=message.provider_id or provider_id)
    if _step(state) <= _step(message.state):
        return message
    return replace(message, state=state, problem=problem, updated_at=now)


def _step(state: Delivery) -> int:
    return _STEPS.get(state, _LAST_STEP)
