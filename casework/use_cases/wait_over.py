"""Ends waits that no person will end: the resident hears the truth, and is rung back instead."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from casework.domain.conversations import Author, Channel, Conversation, Mode, Turn
from casework.domain.errors import NotFound
from casework.domain.handoffs import UNANSWERED, Handoff, HandoffReason, HandoffState
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft, question
from casework.use_cases.hold_handoff import hold_handoff
from casework.use_cases.join_queue import CALL_ME
from casework.use_cases.keep_unanswered import keep_unanswered
from casework.use_cases.leave_queue import callback_instead
from casework.use_cases.office import Office
from casework.use_cases.request_person import WhyCallback
from casework.use_cases.say_in_conversation import say_in_conversation
from casework.use_cases.staffing import opened, staffed

WRITTEN = frozenset({Channel.WEB, Channel.SMS})
"""Channels on which words reach a resident by being written."""


def end_waits(
    office: Office, after: timedelta, limit: int = 100, channels: Collection[Channel] = WRITTEN
) -> list[str]:
    """Ends waits that have lasted longer than `after`, or in vain: the council has closed, or
    nobody is there any more. Gives the conversations' ids, first in the queue first.

    Whoever is in danger is not given up for a long wait alone. Callers are left to the telephone,
    which has to fetch them back from where they wait.
    """
    with office.store.begin(reading=True) as work:
        ended = []
        for handoff in work.handoffs.waiting():
            conversation = work.conversations.get(handoff.conversation_id)
            waits = handoff.state is HandoffState.WAITING and conversation.channel in channels
            why = _why_over(office, work, handoff, conversation, after) if waits else None
            if why is not None:
                ended.append((handoff, why))
    return [
        handoff.conversation_id for handoff, why in ended[:limit] if _ended(office, handoff, why)
    ]


def end_wait(
    office: Office, handoff_id: str, why: WhyCallback = WhyCallback.NOBODY_LEFT
) -> Conversation | None:
    """Turns one wait into a call back and says so: in the transcript, the first question last, and
    to a texter by text. The conversation; None, and nothing done, when the wait was over already.
    Raises NotFound."""
    with office.store.begin() as work:
        conversation, handoff = hold_handoff(work, handoff_id)
        if handoff.ring_back and handoff.state in UNANSWERED:
            # They are not on the line: the team rings them, first come first.
            now = office.clock.now()
            over = replace(handoff, state=HandoffState.CALLBACK, ended_at=now, updated_at=now)
            work.handoffs.save(over)
            keep_unanswered(office, work, conversation.id, over)
            return None
        if conversation.mode is not Mode.QUEUED or handoff.state not in UNANSWERED:
            return None
        turn = Turn(id=f"wait-over-{handoff_id}", text="", choice=CALL_ME)
        progress = callback_instead(office, work, conversation, handoff, turn, why)
        conversation = work.conversations.get(conversation.id)
        draft = active_draft(work, conversation)
        asked = () if draft is None else (question(office, conversation, draft),)
        said = [*progress.said, *asked]
        say_in_conversation(office, work, conversation, said, Author.BOT)
        return work.conversations.get(conversation.id)


def _ended(office: Office, handoff: Handoff, why: WhyCallback) -> bool:
    try:
        return end_wait(office, handoff.id, why) is not None
    except NotFound:
        # Erased since it was found.
        return False


def _why_over(
    office: Office, work: Work, handoff: Handoff, conversation: Conversation, after: timedelta
) -> WhyCallback | None:
    if not opened(office):
        return WhyCallback.CLOSED_NOW
    if not staffed(office, work, conversation.channel):
        return WhyCallback.NOBODY_LEFT
    # Who is rung back does not hold the line meanwhile.
    long = not handoff.ring_back and office.clock.now() - handoff.created_at > after
    return WhyCallback.WAITED_LONG if long and handoff.reason is not HandoffReason.DANGER else None
