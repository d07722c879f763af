"""Keeps what a caller said to being recorded, once they were told of it."""

from __future__ import annotations

from dataclasses import replace

from casework.use_cases.office import Office


def keep_recording_answer(office: Office, conversation_id: str, *, may: bool) -> bool:
    """Whether the caller may be recorded from now on. A no is never undone by a yes, which may be
    an older answer that arrives late. Raises NotFound."""
    with office.store.begin() as work:
        conversation = work.conversations.get(conversation_id)
        may = may and conversation.may_record is not False
        if conversation.may_record is not may:
            work.conversations.save(replace(conversation, may_record=may))
    return may
