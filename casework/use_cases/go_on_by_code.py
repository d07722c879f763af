"""Goes on with the form behind a code, here or where it was left."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.conversations import Conversation, Turn
from casework.ports.store import Work
from casework.use_cases.continue_elsewhere import take_over
from casework.use_cases.office import Office, Progress, offering
from casework.use_cases.resume_draft import resume


def taken_up(
    office: Office, work: Work, conversation: Conversation, draft_id: str, turn: Turn
) -> Progress:
    """Takes the draft up; it is over in the conversation that it came from."""
    draft = work.drafts.get(draft_id)
    conversation = offering(work, replace(conversation, misses=0, wrong_codes=0), None)
    blank = Turn(id=turn.id, text="")
    if draft.conversation_id == conversation.id:
        return resume(office, work, conversation, draft, blank)
    before = work.conversations.get(draft.conversation_id)
    return take_over(office, work, conversation, before, draft)
