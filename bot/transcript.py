"""What a transcript tells of turns: what was asked, what was answered, and what was left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casework.domain.conversations import Author, Message, Mode


@dataclass(frozen=True)
class Transcript:
    """The messages of a conversation, oldest first."""

    messages: Sequence[Message]

    def said(self, turn_id: str) -> Message | None:
        """What the resident said in a turn; None when there is no such turn yet."""
        return next((m for m in self._residents if m.turn_id == turn_id), None)

    def replies(self, turn_id: str) -> list[Message]:
        """Our answer to a turn; empty while it has none."""
        return [message for message in self._ours if message.turn_id == turn_id]

    def in_front(self, said: Message) -> list[Message]:
        """Our answers to turns before `said` that were given only after it came in: they are told
        in front of the answer to it."""
        before = {m.turn_id for m in self._residents if m.seq < said.seq}
        return [m for m in self._ours if m.seq > said.seq and m.turn_id in before]

    def asking(self, said: Message | None) -> Message | None:
        """What is awaited now, or was when `said` is dealt with; None for nothing."""
        heard = self._ours
        if said is not None:
            heard = [*(m for m in heard if m.seq < said.seq), *self.in_front(said)]
        return heard[-1] if heard and heard[-1].said.asks else None

    def left_open(self, said: Message | None) -> list[Message]:
        """What the resident said last, or just before `said`, and got no answer to although the
        assistant was to answer: a process died over it. Oldest first."""
        answered = {message.turn_id for message in self._ours}
        found: list[Message] = []
        for message in reversed(self.messages):
            if message.author is Author.SYSTEM or (said is not None and message.seq >= said.seq):
                continue
            if message.author is not Author.RESIDENT:
                break
            if message.mode is Mode.BOT and message.turn_id not in answered:
                found.append(message)
        return found[::-1]

    @property
    def _residents(self) -> list[Message]:
        return [message for message in self.messages if message.author is Author.RESIDENT]

    @property
    def _ours(self) -> list[Message]:
        return [message for message in self.messages if message.author is not Author.RESIDENT]
