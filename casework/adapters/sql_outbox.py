"""Messages to residents, and the numbers that want no more texts, in SQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select, update

from casework.adapters.sql_tables.outbox import opt_outs, outbox
from casework.adapters.sql_unit import Unit
from casework.domain.errors import Conflict, NotFound
from casework.domain.outbox import Delivery, Medium, Outgoing


class SqlOutbox:
    """Messages out; a writing unit that gets one holds it until its end."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, message: Outgoing) -> bool:
        """False when its key is there already. Raises Conflict if the id is taken."""
        try:
            self._unit.add(outbox, _to_row(message), "message id")
        except Conflict:
            if message.key is None or not self._has_key(message.key):
                raise
            return False
        return True

    def get(self, message_id: str) -> Outgoing:
        """Raises NotFound."""
        found = self._unit.held(select(outbox).where(outbox.c.id == message_id))
        if not found:
            raise NotFound("message")
        return _from_row(found[0])

    def save(self, message: Outgoing) -> None:
        """Raises NotFound."""
        mine = update(outbox).where(outbox.c.id == message.id)
        if not self._unit.write(mine.values(_to_row(message))):
            raise NotFound("message")

    def of_key(self, key: str) -> Outgoing | None:
        """None when there is none."""
        found = self._unit.held(select(outbox).where(outbox.c.key == key))
        return _from_row(found[0]) if found else None

    def due(self, now: datetime, limit: int) -> list[Outgoing]:
        """Oldest first, without those that another unit holds (PostgreSQL)."""
        waiting = (
            select(outbox)
            .where(outbox.c.state == str(Delivery.QUEUED), outbox.c.due_at <= now)
            .order_by(outbox.c.due_at, outbox.c.number)
            .limit(limit)
        )
        return [_from_row(row) for row in self._unit.held(waiting, free=True)]

    def queued_to(self, to: str) -> list[Outgoing]:
        """Oldest first."""
        waiting = (
            select(outbox)
            .where(outbox.c.to == to, outbox.c.state == str(Delivery.QUEUED))
            .order_by(outbox.c.number)
        )
        return [_from_row(row) for row in self._unit.held(waiting)]

    def of_conversation(self, conversation_id: str) -> list[Outgoing]:
        """Oldest first; not held."""
        return self._looked_at(outbox.c.conversation_id == conversation_id)

    def of_case(self, ref: str) -> list[Outgoing]:
        """Oldest first; not held."""
        return self._looked_at(outbox.c.case_ref == ref)

    def _looked_at(self, which: ColumnElement[bool]) -> list[Outgoing]:
        """Oldest first; to be looked at, so the worker need not wait for whoever looks."""
        oldest_first = select(outbox).where(which).order_by(outbox.c.created_at, outbox.c.number)
        return [_from_row(row) for row in self._unit.read(oldest_first)]

    def recent(self, limit: int = 100) -> list[Outgoing]:
        """Newest first."""
        newest = select(outbox).order_by(outbox.c.created_at.desc(), outbox.c.number.desc())
        return [_from_row(row) for row in self._unit.read(newest.limit(limit))]

    def _has_key(self, key: str) -> bool:
        return bool(self._unit.read(select(outbox.c.id).where(outbox.c.key == key)))


class SqlOptOuts:
    """Numbers that want no more texts."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, number: str, at: datetime) -> None:
        """Adding one twice changes nothing; the first moment stays."""
        try:
            self._unit.add(opt_outs, {"number": number, "at": at}, "number")
        except Conflict:
            return

    def remove(self, number: str) -> None:
        """Removing one that is not there changes nothing."""
        self._unit.write(delete(opt_outs).where(opt_outs.c.number == number))

    def has(self, number: str) -> bool:
        """Whether the number has opted out."""
        found = select(opt_outs.c.number).where(opt_outs.c.number == number)
        return bool(self._unit.read(found))


def _to_row(message: Outgoing) -> dict[str, Any]:
    return {**vars(message), "medium": str(message.medium), "state": str(message.state)}


def _from_row(row: Row[Any]) -> Outgoing:
    stored = dict(row._mapping)
    del stored["number"]
    return Outgoing(**{**stored, "medium": Medium(row.medium), "state": Delivery(row.state)})
