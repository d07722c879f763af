"""What is counted of conversations, cases and forms: moments and words of the book, nobody's own.

Nothing here says who somebody is or what they said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from casework.domain.cases import CaseStatus, Verification
from casework.domain.conversations import Channel, Mode
from casework.domain.drafts import DraftState
from casework.domain.handoffs import HandoffReason, HandoffState
from casework.domain.outbox import Delivery

WITHIN = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds by which answers are sorted."""


@dataclass(frozen=True)
class ConversationFigure:
    """`spoke` says whether the resident said anything, `missed` how many of their messages were
    not understood."""

    conversation_id: str
    channel: Channel
    started_at: datetime
    mode: Mode
    spoke: bool
    missed: int
    rating: int | None


@dataclass(frozen=True)
class HandoffFigure:
    """One wish for a person, and how it ended."""

    conversation_id: str
    reason: HandoffReason
    state: HandoffState
    created_at: datetime
    taken_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class CaseFigure:
    """`done_at` is when a case that is over became so; `channel` None when its conversation is
    gone."""

    conversation_id: str
    channel: Channel | None
    service: str
    team: str
    status: CaseStatus
    opened_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    is_part: bool
    verification: Verification
    valid_notice: bool | None


@dataclass(frozen=True)
class DraftFigure:
    """A form begun. `mode` is its conversation's, `asking` the question it stands at."""

    service: str
    state: DraftState
    asking: str | None
    created_at: datetime
    updated_at: datetime
    mode: Mode


@dataclass(frozen=True)
class AnswerTimes:
    """How soon the assistant answered: `within` maps the seconds of WITHIN to how many answers
    took no longer; `total` counts all, the slower ones too."""

    total: int
    within: Mapping[float, int]


@dataclass(frozen=True)
class OutboxFigure:
    """Messages to residents in a state. `oldest_due_at` is of those whose time has come; None
    where there is none."""

    state: Delivery
    number: int
    oldest_due_at: datetime | None
