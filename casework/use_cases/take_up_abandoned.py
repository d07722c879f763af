"""Puts back into the queue whom an agent has left without a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from casework.domain.conversations import Author, Channel, Mode
from casework.domain.errors import NotFound
from casework.domain.handoffs import Handoff, HandoffState
from casework.use_cases.hold_handoff import hold_handoff
from casework.use_cases.join_queue import where_they_stand
from casework.use_cases.office import Office, word
from casework.use_cases.say_in_conversation import say_in_conversation


def take_up_abandoned(office: Office, after: timedelta) -> int:
    """Queues those in chats and texts again whose agent's desk was last heard of longer ago than
    `after`; gives their number. They keep their place, and are told."""
    before = office.clock.now() - after
    with office.store.begin(reading=True) as work:
        found = [handoff.id for handoff in work.handoffs.open() if _abandoned(handoff, before)]
    return sum(_queued(office, handoff_id, before) for handoff_id in found)


def _abandoned(handoff: Handoff, before: datetime) -> bool:
    if handoff.state is not HandoffState.TAKEN:
        return False
    seen = handoff.seen_at or handoff.taken_at or handoff.updated_at
    return seen < before


def _queued(office: Office, handoff_id: str, before: datetime) -> bool:
    """Queues one again, unless its agent has been heard of since it was found."""
    try:
        with office.store.begin() as work:
            conversation, handoff = hold_handoff(work, handoff_id)
            if not _abandoned(handoff, before) or conversation.channel is Channel.VOICE:
                return False
            work.handoffs.save(
                replace(
                    handoff,
                    state=HandoffState.WAITING,
                    agent=None,
                    taken_at=None,
                    seen_at=None,
                    updated_at=office.clock.now(),
                )
            )
            queued = replace(conversation, mode=Mode.QUEUED)
            # What may be chosen while waiting is on offer again.
            said = replace(
                where_they_stand(office, work, queued), text=word(office, queued, "agent_lost")
            )
            say_in_conversation(office, work, queued, [said], Author.BOT)
            return True
    except NotFound:
        return False
