"""The read side for counting: many records at once, without what anybody said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from casework.domain.conversations import Channel
from casework.domain.figures import (
    AnswerTimes,
    CaseFigure,
    ConversationFigure,
    DraftFigure,
    HandoffFigure,
    OutboxFigure,
)


class FigureStore(Protocol):
    """Figures of a time: from `start` (aware) on and before `end`. Each list is oldest first."""

    def conversations(self, start: datetime, end: datetime) -> list[ConversationFigure]:
        """Those begun in that time."""
        ...

    def handoffs(self, start: datetime, end: datetime) -> list[HandoffFigure]:
        """Those of conversations begun in that time."""
        ...

    def cases(self, start: datetime, end: datetime) -> list[CaseFigure]:
        """Those opened in that time."""
        ...

    def drafts(self, start: datetime, end: datetime) -> list[DraftFigure]:
        """Those begun in that time."""
        ...

    def answer_times(self, start: datetime, end: datetime) -> Mapping[Channel, AnswerTimes]:
        """From what a resident said to the assistant in that time to our next words."""
        ...

    def overdue(self, now: datetime) -> Mapping[str, int]:
        """How many cases of each team are open and were due before `now`."""
        ...

    def outbox(self, since: datetime, now: datetime) -> list[OutboxFigure]:
        """Messages written since then, or still to be sent, by state."""
        ...
