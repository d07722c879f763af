"""What a resident was offered when the assistant was not sure, and what they meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casework.domain.conversations import Channel

NEITHER = "neither"
"""What was chosen by whoever meant none of the services offered."""

LONGEST = 300
"""Characters of the words that are kept."""


@dataclass(frozen=True)
class Guess:
    """One message that was not understood for sure, for the editors of the examples.

    `words` are what was said, without payment details; `offered` the services offered with the
    model's probability of each, likeliest first; `chosen` one of them, NEITHER, or None while
    nothing of them was chosen; `dealt` the service that the conversation then turned to.
    """

    id: str
    conversation_id: str
    at: datetime
    channel: Channel
    words: str
    offered: tuple[tuple[str, float], ...]
    chosen: str | None = None
    dealt: str | None = None
