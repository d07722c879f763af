"""Keeps how a telephone call ended, and how long it took."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.conversations import CallEnd
from casework.use_cases.office import Office


def note_call_end(office: Office, call_sid: str, end: CallEnd, seconds: int | None) -> bool:
    """Whether there is a conversation of this call. `seconds` are those of the whole call, as the
    carrier counts them. The first report counts; one without seconds may be made good."""
    with office.store.begin() as work:
        found = work.conversations.search(call_sid=call_sid, limit=1)
        if not found:
            return False
        conversation = work.conversations.get(found[0].id)
        if conversation.call_end is None:
            conversation = replace(conversation, call_end=end)
        if conversation.call_seconds is None:
            conversation = replace(conversation, call_seconds=seconds)
        work.conversations.save(conversation)
    return True
