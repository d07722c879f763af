"""Ends conversations in which nobody has said anything for long."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from casework.domain.conversations import Channel, Mode
from casework.domain.errors import NotFound
from casework.use_cases.forget_draft import forget_unkept
from casework.use_cases.keep_draft import keep_dropped
from casework.use_cases.office import Office


def close_silent(office: Office, channel: Channel, after: timedelta, limit: int = 100) -> int:
    """Closes conversations silent for longer than `after`, oldest first; gives their number.

    Only those with the assistant: whoever waits for a person, or has one, is left alone.
    """
    before = office.clock.now() - after
    with office.store.begin(reading=True) as work:
        silent = work.conversations.silent_since(channel, before, limit, mode=Mode.BOT)
    return sum(_closed(office, conversation_id, before) for conversation_id in silent)


def _closed(office: Office, conversation_id: str, before: datetime) -> bool:
    """Closes one, unless something has happened in it since it was found."""
    try:
        with office.store.begin() as work:
            conversation = work.conversations.get(conversation_id)
            if conversation.mode is not Mode.BOT or conversation.last_at >= before:
                return False
            keep_dropped(office, work, conversation)
            forget_unkept(work, conversation, None)
            # The event is written with this moment: an old one would be pruned unheard.
            closed = replace(conversation, mode=Mode.CLOSED, last_at=office.clock.now())
            work.conversations.save(closed)
            return True
    except NotFound:
        return False
