"""A caller who is not heard any more: asks whether to text how to go on, before the call ends."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.conversations import Author, Conversation, Message, Mode
from casework.domain.drafts import Draft, DraftState
from casework.domain.resumes import CODE_LASTS
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.forget_draft import KEEP
from casework.use_cases.keep_draft import worth_keeping
from casework.use_cases.number_to_text import number_to_text
from casework.use_cases.office import Office, offering, speak, yes_no
from casework.use_cases.say_in_conversation import say_in_conversation


def offer_to_text(office: Office, conversation_id: str, turn_id: str) -> list[Message]:
    """Asks whether to text the code, as the answer to a turn; the same turn again gives the same.
    The form is put aside, and stays so without an answer. Nothing where nothing was
    told that a code could take up again, or a text could put somebody at risk. Raises NotFound."""
    with office.store.begin() as work:
        conversation = work.conversations.get(conversation_id)
        told = work.conversations.turn(conversation_id, turn_id)
        if told and told[0].author is not Author.RESIDENT:
            return told
        draft = _keepable(work, conversation)
        if draft is None:
            return []
        parked = replace(draft, state=DraftState.PARKED, updated_at=office.clock.now())
        work.drafts.save(parked)
        service = draft.about or draft.service
        conversation = replace(conversation, draft_id=None)
        conversation = offering(work, conversation, KEEP, [service], draft.id)
        said = speak(
            office,
            conversation,
            "offer_keep_text",
            service=service,
            asks="offer",
            choices=yes_no(office, conversation),
            days=CODE_LASTS.days,
        )
        # Words of theirs in the same turn have an answer of their own.
        answers = None if told else turn_id
        return say_in_conversation(office, work, conversation, [said], Author.BOT, turn_id=answers)


def _keepable(work: Work, conversation: Conversation) -> Draft | None:
    draft, number = active_draft(work, conversation), number_to_text(work, conversation)
    if draft is None or number is None or conversation.mode is not Mode.BOT:
        return None
    return draft if worth_keeping(conversation, draft) else None
