"""Finds the conversation that a call or a text belongs to."""

from __future__ import annotations

from datetime import datetime, timedelta

from casework.domain.conversations import Channel, Conversation, Message, Mode
from casework.use_cases.office import Office


def conversation_of_call(office: Office, call_sid: str) -> Conversation | None:
    """The conversation of one telephone call; None before it has begun."""
    with office.store.begin(reading=True) as work:
        found = work.conversations.search(call_sid=call_sid, limit=1)
    return found[0] if found else None


def conversation_of_texter(office: Office, number: str, within: timedelta) -> Conversation | None:
    """The run of texts that a number is in: not ended, and with a person or waiting for one, or
    not silent for longer than `within`."""
    since = office.clock.now() - within
    with office.store.begin(reading=True) as work:
        found = work.conversations.search(channel=Channel.SMS, caller=number, limit=1)
    going_on = [
        one
        for one in found
        if one.mode in {Mode.QUEUED, Mode.AGENT} or (one.mode is Mode.BOT and one.last_at > since)
    ]
    return going_on[0] if going_on else None


def unanswered_texts(office: Office, since: datetime, before: datetime) -> list[Message]:
    """Texts of residents, from `since` on and before `before`, to which nothing was said."""
    with office.store.begin(reading=True) as work:
        return work.conversations.unanswered(Channel.SMS, since, before)
