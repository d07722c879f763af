"""Handing a conversation to a person: who waits, since when, why, and who took it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HandoffState(StrEnum):
    """Waiting in the queue, an agent's telephone being rung (it keeps its place), or taken by an
    agent; then one of four ends: given back to the assistant, ended by the agent, left by the
    resident, turned into a callback."""

    WAITING = "waiting"
    RINGING = "ringing"
    TAKEN = "taken"
    RETURNED = "returned"
    ENDED = "ended"
    GONE = "gone"
    CALLBACK = "callback"


UNANSWERED = frozenset({HandoffState.WAITING, HandoffState.RINGING})
"""States in which a person is wanted and none there."""

OPEN = UNANSWERED | {HandoffState.TAKEN}
"""States in which a person is wanted or there."""

UNATTENDED = frozenset({HandoffState.GONE, HandoffState.CALLBACK})
"""Ends to which no person came."""


class HandoffReason(StrEnum):
    """Why it came to a person."""

    ASKED = "asked"
    NOT_UNDERSTOOD = "not_understood"
    COMPLEX = "complex"
    DANGER = "danger"


class CallState(StrEnum):
    """How the call of a handoff stands. Waiting on the line, or for being rung back in turn; an
    agent's telephone rings; the two talk; the caller is on hold, or is being rung back by the agent
    who took it. Or why it is over: back with the assistant, ended by the agent, the caller hung up,
    to be rung by the team."""

    WAITING = "waiting"
    KEEPS_PLACE = "keeps_place"
    RINGING = "ringing"
    TALKING = "talking"
    ON_HOLD = "on_hold"
    RUNG_BACK = "rung_back"
    RETURNED = "returned"
    ENDED = "ended"
    GONE = "gone"
    CALLBACK = "callback"


@dataclass(frozen=True)
class Note:
    """What an agent wrote for colleagues; residents never see it. `by` is a staff name."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True)
class Handoff:
    """`created_at` is the place in the queue and stays when a handoff is queued again. `agent` and
    `tried` are staff ids: who has it, and who declined or did not answer; `seen_at` is when that
    agent's desk was last heard of; `call` the carrier's id of the call to an agent's telephone.
    `team` is the one it was passed on to, whose people it waits for; `held_at` since when the
    caller is on hold. `ring_back` is the number (E.164) of a caller who has put the telephone down
    and keeps the place: the agent who takes it rings them, and has since `reached_at`."""

    id: str
    conversation_id: str
    created_at: datetime
    updated_at: datetime
    reason: HandoffReason
    state: HandoffState = HandoffState.WAITING
    about: str | None = None
    agent: str | None = None
    taken_at: datetime | None = None
    seen_at: datetime | None = None
    ended_at: datetime | None = None
    tried: tuple[str, ...] = ()
    call: str | None = None
    team: str | None = None
    held_at: datetime | None = None
    ring_back: str | None = None
    reached_at: datetime | None = None
    notes: tuple[Note, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether a person is wanted or there."""
        return self.state in OPEN

    @property
    def call_state(self) -> CallState:
        """How its call stands, for one that came by telephone."""
        if self.state is HandoffState.WAITING and self.ring_back:
            return CallState.KEEPS_PLACE
        if self.state is not HandoffState.TAKEN:
            return CallState(self.state.value)
        if self.held_at is not None:
            return CallState.ON_HOLD
        reached = self.ring_back is None or self.reached_at is not None
        return CallState.TALKING if reached else CallState.RUNG_BACK
