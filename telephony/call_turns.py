"""The turns of a call in its transcript: each has its number in the id of its messages."""

from __future__ import annotations

from collections.abc import Sequence

from casework.domain.catalogue import PERSON
from casework.domain.conversations import Author, Message


def turn_id(turn: int) -> str:
    """The id of a turn's messages."""
    return f"turn-{turn}"


def asked(messages: Sequence[Message]) -> Message | None:
    """The newest thing said from our side: what is awaited now."""
    ours = [message for message in messages if message.author is not Author.RESIDENT]
    return ours[-1] if ours else None


def replies_to(messages: Sequence[Message], turn: int) -> list[Message]:
    """What we said to a turn; empty while it has no answer."""
    ours = (message for message in messages if message.author is not Author.RESIDENT)
    return [message for message in ours if message.turn_id == turn_id(turn)]


def since_last_turn(messages: Sequence[Message]) -> list[Message]:
    """All that was said to the newest turn; the greeting before the first."""
    ours: list[Message] = []
    for message in reversed(messages):
        if message.author is Author.RESIDENT:
            break
        ours.insert(0, message)
    return ours


def is_committed(messages: Sequence[Message], turn: int) -> bool:
    """Whether a turn's words are in the record."""
    return any(message.turn_id == turn_id(turn) for message in messages)


def last_turn(messages: Sequence[Message]) -> int:
    """The number of the newest turn; 0 before the first."""
    return max((_number(message.turn_id) for message in messages), default=0)


def is_aside(messages: Sequence[Message], turn: int) -> bool:
    """Whether a turn was answered without any words of the caller's: what they were silent to, or
    keyed, was about the call itself."""
    theirs = any(m.author is Author.RESIDENT for m in messages if m.turn_id == turn_id(turn))
    return is_committed(messages, turn) and not theirs


def brings_person(messages: Sequence[Message], turn: int) -> bool:
    """Whether a turn is one in which a person was brought in, asked for by a key or by nobody."""
    this = [m for m in messages if m.turn_id == turn_id(turn) and m.author is Author.RESIDENT]
    return any(message.choice == PERSON for message in this)


def before(messages: Sequence[Message], turn: int) -> tuple[Message, ...]:
    """The transcript as it was when a turn began."""
    first = min((m.seq for m in messages if m.turn_id == turn_id(turn)), default=None)
    return tuple(m for m in messages if first is None or m.seq < first)


def _number(given: str | None) -> int:
    kind, _, number = (given or "").rpartition("-")
    return int(number) if kind == "turn" and number.isascii() and number.isdigit() else 0
