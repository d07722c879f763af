"""Recordings of talks, in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from casework.adapters.memory_unit import MemoryUnit, record_of, utc
from casework.domain.errors import Conflict
from casework.domain.recordings import GONE, STEADY, UNSETTLED, Recording, RecordingState


class MemoryRecordingStore:
    """See SqlRecordingStore."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def add(self, recording: Recording) -> None:
        held = self._unit.writing().recordings
        if recording.id in held or self.of_call(recording.call) is not None:
            raise Conflict("recording of the call is taken")
        self._keep(recording)

    def get(self, recording_id: str) -> Recording:
        return record_of(self._unit.records.recordings, recording_id, "recording")

    def save(self, recording: Recording) -> None:
        self.get(recording.id)
        self._keep(recording)

    def of_call(self, call: str) -> Recording | None:
        return next(iter(self._found(lambda one: one.call == call)), None)

    def of_conversation(self, conversation_id: str) -> list[Recording]:
        return self._found(lambda one: one.conversation_id == conversation_id)

    def unsettled(self, now: datetime, limit: int) -> list[Recording]:
        def wanted(one: Recording) -> bool:
            return one.state in UNSETTLED and (one.due_at is None or one.due_at <= now)

        return sorted(self._found(wanted), key=_changed)[:limit]

    def steady(self, limit: int) -> list[Recording]:
        return sorted(self._found(lambda one: one.state in STEADY), key=_changed)[:limit]

    def held_count(self) -> int:
        return len(self._found(lambda one: one.state not in GONE))

    def to_delete(self, now: datetime, limit: int) -> list[Recording]:
        def due(one: Recording) -> bool:
            kept = one.state is RecordingState.KEPT and one.delete_at is not None
            return kept and max(one.delete_at or now, one.due_at or one.delete_at or now) <= now

        return self._found(due)[:limit]

    def _found(self, wanted: Callable[[Recording], bool]) -> list[Recording]:
        return [one for one in self._unit.records.recordings.values() if wanted(one)]

    def _keep(self, recording: Recording) -> None:
        moments: dict[str, Any] = {
            name: utc(value)
            for name, value in vars(recording).items()
            if isinstance(value, datetime)
        }
        heard = tuple(replace(one, at=utc(one.at)) for one in recording.heard)
        stored = replace(recording, **moments, heard=heard)
        self._unit.writing().recordings[recording.id] = stored
        self._unit.announce(stored.conversation_id, "queue", stored.updated_at)


def _changed(one: Recording) -> datetime:
    return one.updated_at
