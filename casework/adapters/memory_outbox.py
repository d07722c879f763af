"""Messages to residents and opt-outs in memory; what each method promises stands with SQL's."""

from __future__ import annotations

from datetime import datetime

from casework.adapters.memory_unit import MemoryUnit, as_stored, record_of, utc
from casework.domain.errors import Conflict
from casework.domain.outbox import Delivery, Outgoing


class MemoryOutbox:
    """See SqlOutbox."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def add(self, message: Outgoing) -> bool:
        messages = self._unit.writing().outbox
        if message.key is not None and any(one.key == message.key for one in messages.values()):
            return False
        if message.id in messages:
            raise Conflict("message id is taken")
        messages[message.id] = as_stored(message)
        return True

    def get(self, message_id: str) -> Outgoing:
        return record_of(self._unit.records.outbox, message_id, "message")

    def save(self, message: Outgoing) -> None:
        self.get(message.id)
        self._unit.writing().outbox[message.id] = as_stored(message)

    def of_key(self, key: str) -> Outgoing | None:
        return next((m for m in self._unit.records.outbox.values() if m.key == key), None)

    def due(self, now: datetime, limit: int) -> list[Outgoing]:
        due = [one for one in self._queued() if one.due_at <= now]
        return sorted(due, key=lambda one: one.due_at)[:limit]

    def queued_to(self, to: str) -> list[Outgoing]:
        return [one for one in self._queued() if one.to == to]

    def of_conversation(self, conversation_id: str) -> list[Outgoing]:
        held = self._unit.records.outbox.values()
        mine = [one for one in held if one.conversation_id == conversation_id]
        return sorted(mine, key=lambda one: one.created_at)

    def of_case(self, ref: str) -> list[Outgoing]:
        mine = [one for one in self._unit.records.outbox.values() if one.case_ref == ref]
        return sorted(mine, key=lambda one: one.created_at)

    def recent(self, limit: int = 100) -> list[Outgoing]:
        newest_added = reversed(self._unit.records.outbox.values())
        return sorted(newest_added, key=lambda one: one.created_at, reverse=True)[:limit]

    def _queued(self) -> list[Outgoing]:
        messages = self._unit.records.outbox.values()
        return [one for one in messages if one.state is Delivery.QUEUED]


class MemoryOptOuts:
    """See SqlOptOuts."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def add(self, number: str, at: datetime) -> None:
        self._unit.writing().opt_outs.setdefault(number, utc(at))

    def remove(self, number: str) -> None:
        self._unit.writing().opt_outs.pop(number, None)

    def has(self, number: str) -> bool:
        return number in self._unit.records.opt_outs
