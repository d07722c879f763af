"""Recordings of talks in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select, update

from casework.adapters.sql_tables.recordings import recordings
from casework.adapters.sql_unit import Unit
from casework.domain.errors import Invalid, NotFound
from casework.domain.recordings import (
    GONE,
    STEADY,
    UNSETTLED,
    Listened,
    PauseReason,
    Recording,
    RecordingState,
)


class SqlRecordingStore:
    """Writes the `queue` events itself; a writing unit that gets a recording holds it."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, recording: Recording) -> None:
        """Raises Conflict when the id or the call is taken."""
        self._unit.add(recordings, _to_row(recording), "recording of the call")
        self._announce(recording)

    def get(self, recording_id: str) -> Recording:
        """Raises NotFound."""
        found = self._unit.held(select(recordings).where(recordings.c.id == recording_id))
        if not found:
            raise NotFound("recording")
        return _from_row(found[0])

    def save(self, recording: Recording) -> None:
        """Raises NotFound."""
        mine = update(recordings).where(recordings.c.id == recording.id)
        if not self._unit.write(mine.values(_to_row(recording))):
            raise NotFound("recording")
        self._announce(recording)

    def of_call(self, call: str) -> Recording | None:
        """That of an agent's call."""
        found = self._read(select(recordings).where(recordings.c.call == call))
        return found[0] if found else None

    def of_conversation(self, conversation_id: str) -> list[Recording]:
        """Oldest first."""
        return self._read(select(recordings).where(recordings.c.conversation_id == conversation_id))

    def unsettled(self, now: datetime, limit: int) -> list[Recording]:
        """Those that are due, the longest unchanged first."""
        table = recordings.c
        due = or_(table.due_at.is_(None), table.due_at <= now)
        found = select(recordings).where(_in(UNSETTLED), due)
        return self._read(found.order_by(table.updated_at).limit(limit))

    def steady(self, limit: int) -> list[Recording]:
        """The longest unchanged first."""
        found = select(recordings).where(_in(STEADY))
        return self._read(found.order_by(recordings.c.updated_at).limit(limit))

    def held_count(self) -> int:
        """Those in a state in which the carrier may hold something."""
        count = select(func.count()).select_from(recordings).where(~_in(GONE))
        return int(self._unit.read(count)[0][0])

    def to_delete(self, now: datetime, limit: int) -> list[Recording]:
        """Oldest first."""
        table = recordings.c
        due = or_(table.due_at.is_(None), table.due_at <= now)
        kept = table.state == str(RecordingState.KEPT)
        return self._read(select(recordings).where(kept, table.delete_at <= now, due).limit(limit))

    def _read(self, query: Select[Any]) -> list[Recording]:
        return [_from_row(row) for row in self._unit.read(query.order_by(recordings.c.number))]

    def _announce(self, recording: Recording) -> None:
        self._unit.announce(recording.conversation_id, "queue", recording.updated_at)


def _in(states: Iterable[RecordingState]) -> ColumnElement[bool]:
    return recordings.c.state.in_(sorted(map(str, states)))


def _to_row(recording: Recording) -> dict[str, Any]:
    return {
        **vars(recording),
        "state": str(recording.state),
        "why": None if recording.why is None else str(recording.why),
        "wanted": None if recording.wanted is None else str(recording.wanted),
        "heard": [{"at": _moment(one.at), "by": one.by} for one in recording.heard],
    }


def _moment(at: datetime) -> str:
    if at.tzinfo is None:
        raise Invalid("a moment without a time zone")
    return at.astimezone(UTC).isoformat()


def _from_row(row: Row[Any]) -> Recording:
    stored = dict(row._mapping)
    del stored["number"]
    heard = tuple(Listened(datetime.fromisoformat(one["at"]), one["by"]) for one in row.heard)
    return Recording(
        **{
            **stored,
            "state": RecordingState(row.state),
            "why": None if row.why is None else PauseReason(row.why),
            "wanted": None if row.wanted is None else RecordingState(row.wanted),
            "heard": heard,
        }
    )
