"""Handoffs in SQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, case, select, update

from casework.adapters.sql_answers import notes_from_json, notes_to_json
from casework.adapters.sql_tables.handoffs import handoffs
from casework.adapters.sql_unit import Unit
from casework.domain.errors import NotFound
from casework.domain.handoffs import (
    OPEN,
    UNANSWERED,
    UNATTENDED,
    Handoff,
    HandoffReason,
    HandoffState,
)


class SqlHandoffStore:
    """Writes the `queue` events itself; a writing unit that gets a handoff holds it."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, handoff: Handoff) -> None:
        """Raises Conflict beside another open one of its conversation, NotFound without one."""
        self._unit.add(handoffs, _to_row(handoff), "place in the queue")
        self._unit.announce(handoff.conversation_id, "queue", handoff.updated_at)

    def get(self, handoff_id: str) -> Handoff:
        """Raises NotFound."""
        found = self._unit.held(select(handoffs).where(handoffs.c.id == handoff_id))
        if not found:
            raise NotFound("handoff")
        return _from_row(found[0])

    def look(self, handoff_id: str) -> Handoff:
        """Holds nothing. Raises NotFound."""
        found = self._unit.read(select(handoffs).where(handoffs.c.id == handoff_id))
        if not found:
            raise NotFound("handoff")
        return _from_row(found[0])

    def save(self, handoff: Handoff) -> None:
        """Raises NotFound, and Conflict beside another open one of its conversation."""
        before = self.get(handoff.id)
        mine = update(handoffs).where(handoffs.c.id == handoff.id)
        self._unit.write(mine.values(_to_row(handoff)))
        if replace(before, seen_at=handoff.seen_at) != handoff:
            self._unit.announce(handoff.conversation_id, "queue", handoff.updated_at)

    def of_conversation(self, conversation_id: str) -> list[Handoff]:
        """Oldest first."""
        mine = select(handoffs).where(handoffs.c.conversation_id == conversation_id)
        rows = self._unit.read(mine.order_by(handoffs.c.created_at, handoffs.c.number))
        return [_from_row(row) for row in rows]

    def waiting(self) -> list[Handoff]:
        """In the order of the queue."""
        return self._queue(_in(UNANSWERED))

    def open(self) -> list[Handoff]:
        """In the order of the queue."""
        return self._queue(_in(OPEN))

    def over_since(self, moment: datetime) -> list[Handoff]:
        """Newest first."""
        table = handoffs.c
        rows = self._unit.read(
            select(handoffs)
            .where(_in(UNATTENDED), table.ended_at >= moment)
            .order_by(table.ended_at.desc(), table.number.desc())
        )
        return [_from_row(row) for row in rows]

    def open_of(self, staff_id: str) -> list[Handoff]:
        """In the order of the queue."""
        return self._queue(_in(OPEN), handoffs.c.agent == staff_id)

    def _queue(self, *conditions: ColumnElement[bool]) -> list[Handoff]:
        danger = case((handoffs.c.reason == str(HandoffReason.DANGER), 0), else_=1)
        rows = self._unit.read(
            select(handoffs)
            .where(*conditions)
            .order_by(danger, handoffs.c.created_at, handoffs.c.number)
        )
        return [_from_row(row) for row in rows]


def _in(states: frozenset[HandoffState]) -> ColumnElement[bool]:
    return handoffs.c.state.in_(sorted(map(str, states)))


def _to_row(handoff: Handoff) -> dict[str, Any]:
    return {
        **vars(handoff),
        "reason": str(handoff.reason),
        "state": str(handoff.state),
        "tried": list(handoff.tried),
        "notes": notes_to_json(handoff.notes),
    }


def _from_row(row: Row[Any]) -> Handoff:
    stored = dict(row._mapping)
    del stored["number"]
    return Handoff(
        **{
            **stored,
            "reason": HandoffReason(row.reason),
            "state": HandoffState(row.state),
            "tried": tuple(row.tried),
            "notes": notes_from_json(row.notes),
        }
    )
