"""Ends a call in which the form of a call back can be filled in no further: the team rings."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.catalogue import CALLBACK
from casework.domain.conversations import Author, Message, Mode
from casework.domain.handoffs import Handoff, HandoffReason, HandoffState
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.keep_unanswered import keep_unanswered
from casework.use_cases.office import Office, speak
from casework.use_cases.read_back import grouped_reference
from casework.use_cases.say_in_conversation import say_in_conversation


def leave_callback(office: Office, conversation_id: str, turn_id: str) -> list[Message]:
    """Opens the case with all that was told, closes the conversation, and gives the last words in
    it; the same turn again gives the same. Nothing when no call back is being arranged, or nobody
    could be rung about it. Raises NotFound."""
    with office.store.begin() as work:
        conversation = work.conversations.get(conversation_id)
        if told := work.conversations.turn(conversation_id, turn_id):
            return told if told[-1].mode is Mode.CLOSED else []
        draft = active_draft(work, conversation)
        if draft is None or draft.service != CALLBACK or conversation.mode is not Mode.BOT:
            return []
        now = office.clock.now()
        # Nobody was there to wait for: it is the promise of a call that is left.
        promised = Handoff(
            id=turn_id,
            conversation_id=conversation_id,
            created_at=now,
            updated_at=now,
            reason=HandoffReason.NOT_UNDERSTOOD,
            state=HandoffState.CALLBACK,
            about=draft.about,
        )
        case = keep_unanswered(office, work, conversation_id, promised, to_be_rung=True)
        if case is None:
            return []
        closed = replace(work.conversations.get(conversation_id), mode=Mode.CLOSED, offer=None)
        ref = grouped_reference(case.ref, closed.channel)
        said = replace(speak(office, closed, "callback_left", ref=ref), case_refs=(case.ref,))
        return say_in_conversation(office, work, closed, [said], Author.SYSTEM, turn_id=turn_id)
