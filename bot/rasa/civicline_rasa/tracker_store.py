"""The tracker stores: Rasa's own, which give back the last turns instead of all of them.

Rasa replays a conversation's whole history several times in each turn, so that a turn takes half as
long again at the fortieth, and goes on slowing. The rules look at the last turn only, and what came
before matters in two ways: which values the slots have, and which form is open. Both are put in
front of the turns kept.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy.event
from rasa.core.tracker_store import RedisTrackerStore, SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import Session

KEPT_TURNS = 6
Row = tuple[str, str]


def recent_events(rows: list[Row], kept_turns: int = KEPT_TURNS) -> list[dict[str, Any]]:
    """The events of the last turns, led by the slots and the form as they stood before them.

    `rows` are (type of event, event as JSON) from the oldest. A turn begins with what the resident
    said, which follows an action that listens.
    """
    starts = [i for i, (kind, _) in enumerate(rows) if kind == UserUttered.type_name]
    if len(starts) <= kept_turns:
        return [json.loads(data) for _, data in rows]
    cut = starts[-kept_turns]
    slots: dict[str, dict[str, Any]] = {}
    loop: dict[str, Any] | None = None
    for kind, data in rows[:cut]:
        if kind == SlotSet.type_name:
            event = json.loads(data)
            slots[event["name"]] = event
        elif kind == ActiveLoop.type_name:
            loop = json.loads(data)
    before = list(slots.values()) + ([loop] if loop and loop.get("name") else [])
    listens = ActionExecuted(ACTION_LISTEN_NAME, timestamp=0.0).as_dict()
    return [*before, listens, *(json.loads(data) for _, data in rows[cut:])]


class RecentTurnsTrackerStore(SQLTrackerStore):
    """Stores every event; a tracker it gives back holds the last turns."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.engine.dialect.name == "sqlite":
            sqlalchemy.event.listen(self.engine, "connect", _write_without_waiting)

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        if fetch_events_from_all_sessions:
            return await super()._retrieve(sender_id, fetch_events_from_all_sessions)
        with self.session_scope() as session:
            query = self._event_query(session, sender_id, fetch_events_from_all_sessions=False)
            rows = query.with_entities(self.SQLEvent.type_name, self.SQLEvent.data).all()
        if not rows or not self.domain:
            return None
        tracker = DialogueStateTracker.from_dict(sender_id, recent_events(rows), self.domain.slots)
        # Not every event of the history is in the tracker, so counting rows would not tell.
        tracker.events_already_stored = len(tracker.events)
        return tracker

    def _additional_events(
        self, session: Session, tracker: DialogueStateTracker
    ) -> Iterator[Event]:
        stored = getattr(tracker, "events_already_stored", None)
        if stored is None:
            return super()._additional_events(session, tracker)
        tracker.events_already_stored = len(tracker.events)
        return itertools.islice(tracker.events, stored, None)


class RecentTurnsRedisStore(RedisTrackerStore):
    """Holds the last turns only: Rasa's own merges the whole history anew on every save."""

    async def save(self, tracker: DialogueStateTracker, timeout: float | None = None) -> None:
        await self.stream_events(tracker)
        rows = [(event.type_name, json.dumps(event.as_dict())) for event in tracker.events]
        self.red.set(
            self.key_prefix + tracker.sender_id,
            json.dumps(recent_events(rows)),
            ex=timeout or self.record_exp,
        )

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        stored = self.red.get(self.key_prefix + sender_id)
        if stored is None:
            return None
        return DialogueStateTracker.from_dict(sender_id, json.loads(stored), self.domain.slots)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        return await self.retrieve(conversation_id)


def _write_without_waiting(connection: Any, _record: Any) -> None:
    # A killed process loses nothing; a power cut may cost the last turns of a tracker, which is
    # disposable: the draft and the transcript are in casework.
    connection.execute("PRAGMA synchronous=OFF")
