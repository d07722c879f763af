"""Counts conversations: where they came in, what dealt with them, and who waited for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median_low

from casework.domain.catalogue import CALLBACK
from casework.domain.conversations import Channel
from casework.domain.figures import CaseFigure, ConversationFigure, HandoffFigure
from casework.domain.handoffs import HandoffReason, HandoffState

RATINGS = range(1, 6)


@dataclass(frozen=True)
class Contacts:
    """Conversations of a time.

    `spoke` are those in which the resident said anything; of these, a person was wanted in
    `handed_over`, a call back arranged in `called_back` (the same one may be in both), and neither
    in `contained`. `missed` is how many messages were not understood, in `with_misses`
    conversations. `ratings` are what residents gave, from 1 to 5.
    """

    total: int
    by_channel: Mapping[Channel, int]
    spoke: int
    contained: int
    handed_over: int
    called_back: int
    missed: int
    with_misses: int
    ratings: Mapping[int, int]

    @property
    def contained_share(self) -> float | None:
        """Of those in which the resident spoke; None when there was none."""
        return self.contained / self.spoke if self.spoke else None

    @property
    def rated(self) -> int:
        """How many residents gave a rating."""
        return sum(self.ratings.values())

    @property
    def average_rating(self) -> float | None:
        """None when nobody rated."""
        return sum(r * n for r, n in self.ratings.items()) / self.rated if self.rated else None


@dataclass(frozen=True)
class People:
    """Wishes for a person, by reason and by how they ended. Waits are those of residents to whom a
    person came; None when none did."""

    by_reason: Mapping[HandoffReason, int]
    by_state: Mapping[HandoffState, int]
    median_wait: timedelta | None
    longest_wait: timedelta | None


def count_contacts(
    conversations: Sequence[ConversationFigure],
    handoffs: Sequence[HandoffFigure],
    cases: Sequence[CaseFigure],
) -> Contacts:
    """Of conversations, with the handoffs and cases that came of them."""
    handed = {one.conversation_id for one in handoffs}
    ringing = {one.conversation_id for one in cases if one.service == CALLBACK}
    spoke = [one for one in conversations if one.spoke]
    channels = Counter(one.channel for one in conversations)
    ratings = Counter(one.rating for one in conversations)
    return Contacts(
        total=len(conversations),
        by_channel={channel: channels[channel] for channel in Channel},
        spoke=len(spoke),
        contained=sum(one.conversation_id not in handed | ringing for one in spoke),
        handed_over=sum(one.conversation_id in handed for one in spoke),
        called_back=sum(one.conversation_id in ringing for one in spoke),
        missed=sum(one.missed for one in conversations),
        with_misses=sum(one.missed > 0 for one in conversations),
        ratings={rating: ratings[rating] for rating in RATINGS},
    )


def count_people(handoffs: Sequence[HandoffFigure]) -> People:
    """Of wishes for a person."""
    reasons = Counter(one.reason for one in handoffs)
    states = Counter(one.state for one in handoffs)
    waits = [one.taken_at - one.created_at for one in handoffs if one.taken_at is not None]
    return People(
        by_reason={reason: reasons[reason] for reason in HandoffReason},
        by_state={state: states[state] for state in HandoffState},
        median_wait=median_low(waits) if waits else None,
        longest_wait=max(waits, default=None),
    )
