"""The turns of a call in its transcript: each has its number in the id of its messages."""

from __future__ import annotations

from collections.abc import Sequence

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
    """The number of the caller's newest turn; 0 before the first."""
    numbers = (_number(m.turn_id) for m in messages if m.author is Author.RESIDENT)
    return max(numbers, default=0)


def _number(given: str | None) -> int:
    _, _, number = (given or "").rpartition("-")
    return int(number) if number.isdigit() else 0
