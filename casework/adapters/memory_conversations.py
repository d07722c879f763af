"""Conversations and drafts in memory; what each method promises stands with the SQL stores."""

from __future__ import annotations

from datetime import datetime

from casework.adapters.memory_unit import MemoryUnit, as_stored, record_of
from casework.domain.conversations import Author, Channel, Conversation, Message, Mode
from casework.domain.drafts import Draft
from casework.domain.errors import Conflict


class MemoryConversationStore:
    """See SqlConversationStore."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def add(self, conversation: Conversation) -> None:
        records = self._unit.writing()
        if conversation.id in records.conversations:
            raise Conflict("conversation id is taken")
        records.conversations[conversation.id] = as_stored(conversation)
        records.messages[conversation.id] = {}

    def get(self, conversation_id: str) -> Conversation:
        return record_of(self._unit.records.conversations, conversation_id, "conversation")

    def save(self, conversation: Conversation) -> None:
        before = self.get(conversation.id)
        self._unit.writing().conversations[conversation.id] = as_stored(conversation)
        if before.mode != conversation.mode:
            self._unit.announce(conversation.id, "mode", conversation.last_at)

    def append(self, message: Message) -> None:
        lines = record_of(self._unit.writing().messages, message.conversation_id, "conversation")
        repeated = message.turn_id is not None and any(
            line.author == message.author and line.turn_id == message.turn_id
            for line in lines.values()
        )
        if message.seq in lines or (message.author == Author.RESIDENT and repeated):
            raise Conflict("place in the transcript is taken")
        lines[message.seq] = as_stored(message)
        self._unit.announce(message.conversation_id, "message", message.at)

    def last_seq(self, conversation_id: str) -> int:
        return max(self._unit.records.messages.get(conversation_id, {}), default=0)

    def messages(self, conversation_id: str, after: int = 0) -> list[Message]:
        lines = self._unit.records.messages.get(conversation_id, {})
        return [lines[seq] for seq in sorted(lines) if seq > after]

    def turn(self, conversation_id: str, turn_id: str) -> list[Message]:
        return [line for line in self.messages(conversation_id) if line.turn_id == turn_id]

    def last_asking(self, conversation_id: str) -> Message | None:
        lines = self.messages(conversation_id)
        ours = [line for line in lines if line.author != Author.RESIDENT]
        return ours[-1] if ours and ours[-1].said.asks else None

    def search(
        self,
        *,
        channel: Channel | None = None,
        call_sid: str | None = None,
        caller: str | None = None,
        after: datetime | None = None,
        limit: int = 100,
    ) -> list[Conversation]:
        found = [
            one
            for one in reversed(self._unit.records.conversations.values())
            if (channel is None or one.channel == channel)
            and (call_sid is None or one.call_sid == call_sid)
            and (caller is None or one.caller == caller)
            and (after is None or one.started_at > after)
        ]
        return sorted(found, key=lambda one: one.started_at, reverse=True)[:limit]

    def silent_since(
        self,
        channel: Channel,
        before: datetime,
        limit: int = 100,
        *,
        mode: Mode | None = None,
    ) -> list[str]:
        found = [
            one
            for one in self._unit.records.conversations.values()
            if one.channel == channel
            and (one.mode != Mode.CLOSED if mode is None else one.mode == mode)
            and one.last_at < before
            and all(line.at < before for line in self.messages(one.id))
        ]
        return [one.id for one in sorted(found, key=lambda one: one.last_at)][:limit]

    def unanswered(self, channel: Channel, since: datetime, before: datetime) -> list[Message]:
        records = self._unit.records
        newest = [lines[max(lines)] for lines in records.messages.values() if lines]
        found = [
            message
            for message in newest
            if message.author is Author.RESIDENT
            and since <= message.at < before
            and records.conversations[message.conversation_id].channel is channel
            and records.conversations[message.conversation_id].mode is Mode.BOT
        ]
        return sorted(found, key=lambda message: message.at)


class MemoryDraftStore:
    """See SqlDraftStore."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def add(self, draft: Draft) -> None:
        records = self._unit.writing()
        record_of(records.conversations, draft.conversation_id, "conversation")
        if draft.id in records.drafts:
            raise Conflict("draft id is taken")
        records.drafts[draft.id] = as_stored(draft)

    def get(self, draft_id: str) -> Draft:
        return record_of(self._unit.records.drafts, draft_id, "draft")

    def save(self, draft: Draft) -> None:
        self.get(draft.id)
        self._unit.writing().drafts[draft.id] = as_stored(draft)

    def of_conversation(self, conversation_id: str) -> list[Draft]:
        drafts = self._unit.records.drafts.values()
        mine = [one for one in drafts if one.conversation_id == conversation_id]
        return sorted(mine, key=lambda one: one.created_at)
