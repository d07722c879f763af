"""Figures in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise

from casework.adapters.memory_unit import MemoryUnit
from casework.domain.cases import Case
from casework.domain.conversations import Author, Channel, Mode
from casework.domain.figures import (
    WITHIN,
    AnswerTimes,
    CaseFigure,
    ConversationFigure,
    DraftFigure,
    HandoffFigure,
    OutboxFigure,
)
from casework.domain.outbox import Delivery
from casework.domain.transitions import OVER


class MemoryFigureStore:
    """See SqlFigureStore."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def conversations(self, start: datetime, end: datetime) -> list[ConversationFigure]:
        records = self._unit.records
        found = [one for one in records.conversations.values() if start <= one.started_at < end]
        return [
            ConversationFigure(
                one.id, one.channel, one.started_at, one.mode, self._spoke(one.id), one.missed,
                one.rating,
            )
            for one in sorted(found, key=lambda one: one.started_at)
        ]  # fmt: skip

    def handoffs(self, start: datetime, end: datetime) -> list[HandoffFigure]:
        begun = {one.conversation_id for one in self.conversations(start, end)}
        found = [h for h in self._unit.records.handoffs.values() if h.conversation_id in begun]
        return [
            HandoffFigure(
                one.conversation_id, one.reason, one.state, one.created_at, one.taken_at,
                one.ended_at,
            )
            for one in sorted(found, key=lambda one: one.created_at)
        ]  # fmt: skip

    def cases(self, start: datetime, end: datetime) -> list[CaseFigure]:
        found = [one for one in self._unit.records.cases.values() if start <= one.opened_at < end]
        return [self._case(one) for one in sorted(found, key=lambda one: one.opened_at)]

    def drafts(self, start: datetime, end: datetime) -> list[DraftFigure]:
        records = self._unit.records
        found = [one for one in records.drafts.values() if start <= one.created_at < end]
        return [
            DraftFigure(
                one.service, one.state, one.asking, one.created_at, one.updated_at,
                records.conversations[one.conversation_id].mode,
            )
            for one in sorted(found, key=lambda one: one.created_at)
        ]  # fmt: skip

    def answer_times(self, start: datetime, end: datetime) -> Mapping[Channel, AnswerTimes]:
        records = self._unit.records
        took: dict[Channel, list[float]] = {}
        for conversation_id, lines in records.messages.items():
            channel = records.conversations[conversation_id].channel
            in_order = [line for _, line in sorted(lines.items()) if line.at >= start]
            for said, reply in pairwise(in_order):
                asked = said.author is Author.RESIDENT and said.mode is Mode.BOT and said.at < end
                if asked and reply.author is Author.BOT:
                    took.setdefault(channel, []).append((reply.at - said.at).total_seconds())
        return {
            channel: AnswerTimes(
                len(times), {limit: sum(time <= limit for time in times) for limit in WITHIN}
            )
            for channel, times in took.items()
        }

    def overdue(self, now: datetime) -> Mapping[str, int]:
        return Counter(
            one.team
            for one in self._unit.records.cases.values()
            if one.due_at is not None and one.due_at < now and one.status not in OVER
        )

    def outbox(self, since: datetime, now: datetime) -> list[OutboxFigure]:
        numbers: Counter[Delivery] = Counter()
        oldest: dict[Delivery, datetime] = {}
        for one in self._unit.records.outbox.values():
            queued = one.state is Delivery.QUEUED
            if not queued and one.created_at < since:
                continue
            numbers[one.state] += 1
            if queued and one.due_at <= now:
                oldest[one.state] = min(oldest.get(one.state, one.created_at), one.created_at)
        return [OutboxFigure(state, n, oldest.get(state)) for state, n in numbers.items()]

    def _spoke(self, conversation_id: str) -> bool:
        lines = self._unit.records.messages.get(conversation_id, {})
        return any(line.author is Author.RESIDENT for line in lines.values())

    def _case(self, case: Case) -> CaseFigure:
        conversation = self._unit.records.conversations.get(case.conversation_id)
        ended = [entry.at for entry in case.history if entry.status in OVER]
        return CaseFigure(
            conversation_id=case.conversation_id,
            channel=None if conversation is None else conversation.channel,
            service=case.service,
            team=case.team,
            status=case.status,
            opened_at=case.opened_at,
            due_at=case.due_at,
            done_at=max(ended) if ended and case.status in OVER else None,
            is_part=case.parent_ref is not None,
            verification=case.verification,
            valid_notice=case.valid_notice,
        )
