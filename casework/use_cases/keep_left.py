"""Keeps the matter of those whose wait for a person ended, and who were not heard of since."""

from __future__ import annotations

from datetime import datetime, timedelta

from casework.domain.conversations import Author, Channel, Mode
from casework.domain.errors import NotFound
from casework.domain.handoffs import Handoff, HandoffState
from casework.ports.store import Work
from casework.use_cases.end_by_resident import what_became
from casework.use_cases.find_contact import SAFE_CONTACT
from casework.use_cases.hold_handoff import hold_handoff
from casework.use_cases.keep_unanswered import keep_unanswered
from casework.use_cases.office import Office
from casework.use_cases.queue_rows import reached
from casework.use_cases.say_in_conversation import say_in_conversation

LOOKS_BACK = timedelta(days=2)
"""How far back ended waits are looked at: longer than any worker is out of service unnoticed."""

WRITTEN = frozenset({Channel.WEB, Channel.SMS})


def keep_left(office: Office, after: timedelta) -> int:
    """Opens the case of those in chats and texts who were promised a call back and have not said
    for longer than `after` where and when to ring; gives their number.

    Where they can be reached they are told, and find it in the chat should they come back.
    """
    now = office.clock.now()
    with office.store.begin(reading=True) as work:
        promised = [
            one.id
            for one in work.handoffs.over_since(now - LOOKS_BACK)
            if _is_left(work, one, now - after)
        ]
    return sum(_kept(office, handoff_id, now - after) for handoff_id in promised)


def _is_left(work: Work, handoff: Handoff, before: datetime) -> bool:
    """Whether a call back was promised and nothing came of it or of the resident since."""
    if handoff.state is not HandoffState.CALLBACK:
        return False
    conversation = work.conversations.get(handoff.conversation_id)
    if conversation.channel not in WRITTEN or conversation.mode is not Mode.BOT:
        return False
    return conversation.last_at < before and not reached(work, handoff)


def _kept(office: Office, handoff_id: str, before: datetime) -> bool:
    try:
        with office.store.begin() as work:
            conversation, handoff = hold_handoff(work, handoff_id)
            if not _is_left(work, handoff, before):
                return False
            case = keep_unanswered(office, work, conversation.id, handoff)
            if case is None:
                return False
            conversation = work.conversations.get(conversation.id)
            if conversation.channel is Channel.WEB or SAFE_CONTACT not in conversation.flags:
                # So much later somebody else may hold the telephone.
                said = what_became(office, conversation, handoff, case)
                say_in_conversation(office, work, conversation, [said], Author.SYSTEM)
            return True
    except NotFound:
        return False
