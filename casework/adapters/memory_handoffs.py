"""Handoffs in memory; what each method promises stands with SQL's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from casework.adapters.memory_unit import MemoryUnit, as_stored, record_of
from casework.domain.errors import Conflict
from casework.domain.handoffs import UNANSWERED, UNATTENDED, Handoff, HandoffReason


class MemoryHandoffStore:
    """See SqlHandoffStore."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def add(self, handoff: Handoff) -> None:
        records = self._unit.writing()
        record_of(records.conversations, handoff.conversation_id, "conversation")
        if handoff.id in records.handoffs:
            raise Conflict("handoff id is taken")
        self._write(handoff)
        self._unit.announce(handoff.conversation_id, "queue", handoff.updated_at)

    def get(self, handoff_id: str) -> Handoff:
        return record_of(self._unit.records.handoffs, handoff_id, "handoff")

    def look(self, handoff_id: str) -> Handoff:
        return self.get(handoff_id)

    def save(self, handoff: Handoff) -> None:
        before = self.get(handoff.id)
        self._write(handoff)
        if replace(before, seen_at=handoff.seen_at) != handoff:
            self._unit.announce(handoff.conversation_id, "queue", handoff.updated_at)

    def of_conversation(self, conversation_id: str) -> list[Handoff]:
        mine = [one for one in self._all() if one.conversation_id == conversation_id]
        return sorted(mine, key=lambda one: one.created_at)

    def waiting(self) -> list[Handoff]:
        return _queue(one for one in self._all() if one.state in UNANSWERED)

    def open(self) -> list[Handoff]:
        return _queue(one for one in self._all() if one.is_open)

    def over_since(self, moment: datetime) -> list[Handoff]:
        ended = [(one.ended_at, one) for one in self._all() if one.state in UNATTENDED]
        found = [(at, one) for at, one in reversed(ended) if at is not None and at >= moment]
        return [one for _, one in sorted(found, key=lambda pair: pair[0], reverse=True)]

    def open_of(self, staff_id: str) -> list[Handoff]:
        return [one for one in self.open() if one.agent == staff_id]

    def _all(self) -> list[Handoff]:
        return list(self._unit.records.handoffs.values())

    def _write(self, handoff: Handoff) -> None:
        others = [one for one in self.of_conversation(handoff.conversation_id) if one.is_open]
        if handoff.is_open and any(one.id != handoff.id for one in others):
            raise Conflict("place in the queue is taken")
        self._unit.writing().handoffs[handoff.id] = as_stored(handoff)


def _queue(found: Iterable[Handoff]) -> list[Handoff]:
    return sorted(found, key=lambda one: (one.reason is not HandoffReason.DANGER, one.created_at))
