"""Conversations and their transcripts in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from casework.adapters.sql_answers import (
    dealt_from_json,
    dealt_to_json,
    identity_from_json,
    identity_to_json,
    offer_from_json,
    offer_to_json,
    utterance_from_json,
    utterance_to_json,
)
from casework.adapters.sql_tables.conversations import conversations, messages
from casework.adapters.sql_unit import Unit
from casework.domain.conversations import (
    Author,
    CallEnd,
    Channel,
    Conversation,
    Message,
    Mode,
)
from casework.domain.errors import NotFound


class SqlConversationStore:
    """Writes the `message` and `mode` events itself, so that no use case can forget them."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, conversation: Conversation) -> None:
        """Raises Conflict if the id is taken."""
        self._unit.add(conversations, _to_row(conversation), "conversation id")

    def get(self, conversation_id: str) -> Conversation:
        """Raises NotFound."""
        found = self._unit.held(select(conversations).where(conversations.c.id == conversation_id))
        if not found:
            raise NotFound("conversation")
        return _from_row(found[0])

    def save(self, conversation: Conversation) -> None:
        """Raises NotFound."""
        mine = conversations.c.id == conversation.id
        before = self._unit.held(select(conversations.c.mode).where(mine))
        if not before:
            raise NotFound("conversation")
        self._unit.write(update(conversations).where(mine).values(_to_row(conversation)))
        if before[0].mode != conversation.mode:
            self._unit.announce(conversation.id, "mode", conversation.last_at)

    def append(self, message: Message) -> None:
        """Raises Conflict if the seq or the resident's turn id is taken, NotFound without a
        conversation."""
        self._unit.add(messages, _message_to_row(message), "place in the transcript")
        self._unit.announce(message.conversation_id, "message", message.at)

    def last_seq(self, conversation_id: str) -> int:
        """0 when there is no message."""
        mine = messages.c.conversation_id == conversation_id
        return self._unit.read(select(func.max(messages.c.seq)).where(mine))[0][0] or 0

    def messages(self, conversation_id: str, after: int = 0) -> list[Message]:
        """Those with a seq above `after`, in order."""
        return self._messages(messages.c.conversation_id == conversation_id, messages.c.seq > after)

    def turn(self, conversation_id: str, turn_id: str) -> list[Message]:
        """The resident's message with this id and its replies, in order."""
        return self._messages(
            messages.c.conversation_id == conversation_id, messages.c.turn_id == turn_id
        )

    def last_asking(self, conversation_id: str) -> Message | None:
        """Our newest message if it awaits something."""
        ours = (messages.c.conversation_id == conversation_id) & (
            messages.c.author != str(Author.RESIDENT)
        )
        newest = select(messages).where(ours).order_by(messages.c.seq.desc()).limit(1)
        found = self._unit.read(newest)
        return _message_from_row(found[0]) if found and found[0].asks else None

    def search(
        self,
        *,
        channel: Channel | None = None,
        call_sid: str | None = None,
        caller: str | None = None,
        after: datetime | None = None,
        limit: int = 100,
    ) -> list[Conversation]:
        """Newest first; `after` compares with the start."""
        table = conversations.c
        query = select(conversations)
        if channel is not None:
            query = query.where(table.channel == str(channel))
        if call_sid is not None:
            query = query.where(table.call_sid == call_sid)
        if caller is not None:
            query = query.where(table.caller == caller)
        if after is not None:
            query = query.where(table.started_at > after)
        newest = query.order_by(table.started_at.desc(), table.number.desc()).limit(limit)
        return [_from_row(row) for row in self._unit.read(newest)]

    def silent_since(
        self,
        channel: Channel,
        before: datetime,
        limit: int = 100,
        *,
        mode: Mode | None = None,
    ) -> list[str]:
        """Ids, oldest first. Staff's words to the resident break the silence too."""
        table = conversations.c
        in_mode = table.mode != str(Mode.CLOSED) if mode is None else table.mode == str(mode)
        later = select(messages.c.seq).where(
            messages.c.conversation_id == table.id, messages.c.at >= before
        )
        silent = (
            select(table.id)
            .where(table.channel == str(channel), in_mode, table.last_at < before)
            .where(~later.exists())
            .order_by(table.last_at, table.number)
            .limit(limit)
        )
        return [row.id for row in self._unit.read(silent)]

    def unanswered(self, channel: Channel, since: datetime, before: datetime) -> list[Message]:
        """Oldest first."""
        newer = messages.alias()
        later = select(newer.c.seq).where(
            newer.c.conversation_id == messages.c.conversation_id, newer.c.seq > messages.c.seq
        )
        going_on = select(conversations.c.id).where(
            conversations.c.channel == str(channel), conversations.c.mode == str(Mode.BOT)
        )
        found = self._messages(
            messages.c.at >= since,
            messages.c.at < before,
            messages.c.author == str(Author.RESIDENT),
            messages.c.conversation_id.in_(going_on),
            ~later.exists(),
        )
        return sorted(found, key=lambda message: message.at)

    def _messages(self, *conditions: Any) -> list[Message]:
        rows: Sequence[Row[Any]] = self._unit.read(
            select(messages).where(*conditions).order_by(messages.c.seq)
        )
        return [_message_from_row(row) for row in rows]


def _to_row(conversation: Conversation) -> dict[str, Any]:
    return {
        **vars(conversation),
        "channel": str(conversation.channel),
        "mode": str(conversation.mode),
        "kept": list(conversation.kept),
        "kept_words": dict(conversation.kept_words) or None,
        "offered": list(conversation.offered),
        "flags": list(conversation.flags),
        "offer": offer_to_json(conversation.offer),
        "dealt": dealt_to_json(conversation.dealt),
        "identity": identity_to_json(conversation.identity),
        "call_end": None if conversation.call_end is None else str(conversation.call_end),
    }


def _from_row(row: Row[Any]) -> Conversation:
    stored = dict(row._mapping)
    del stored["number"]
    return Conversation(
        **{
            **stored,
            "channel": Channel(row.channel),
            "mode": Mode(row.mode),
            "kept": tuple(row.kept),
            "kept_words": row.kept_words or {},
            "offered": tuple(row.offered),
            "flags": tuple(row.flags),
            "offer": offer_from_json(row.offer),
            "dealt": dealt_from_json(row.dealt),
            "identity": identity_from_json(row.identity),
            "call_end": None if row.call_end is None else CallEnd(row.call_end),
        }
    )


def _message_to_row(message: Message) -> dict[str, Any]:
    return {
        "conversation_id": message.conversation_id,
        "seq": message.seq,
        "author": str(message.author),
        **utterance_to_json(message.said),
        "at": message.at,
        "mode": str(message.mode),
        "turn_id": message.turn_id,
        "choice": message.choice,
    }


def _message_from_row(row: Row[Any]) -> Message:
    return Message(
        conversation_id=row.conversation_id,
        seq=row.seq,
        author=Author(row.author),
        said=utterance_from_json(dict(row._mapping)),
        at=row.at,
        mode=Mode(row.mode),
        turn_id=row.turn_id,
        choice=row.choice,
    )
