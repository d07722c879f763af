"""The tracker stores: Rasa's own, which give back the last turns instead of all of them.

Rasa replays a conversation's whole history several times in each turn, so that a turn takes half as
long again at the fortieth, and goes on slowing. The rules look at the last turn only, and what came
before matters in two ways: which values the slots have, and which form is open. Both are put in
front of the turns kept.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy
import sqlalchemy.event
from rasa.core.tracker_store import RedisTrackerStore, SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

logger = logging.getLogger(__name__)

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


def discard_if_malformed(url: str | None) -> None:
    """Deletes the SQLite file of that address if it is damaged or is no database at all.

    Trackers are disposable, as the draft and the transcript are in casework; with a damaged file
    every turn would fail. A file that is merely locked or cannot be opened is left alone.
    """
    if not url or not url.startswith("sqlite:///"):
        return
    path = Path(url.removeprefix("sqlite:///"))
    if not path.is_file():
        return
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            sound = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.OperationalError:
        return
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        logger.warning("The file of the trackers is damaged: it is made anew.")
        for ending in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + ending).unlink(missing_ok=True)


class RecentTurnsTrackerStore(SQLTrackerStore):
    """Stores every event; a tracker it gives back holds the last turns."""

    def __init__(
        self, domain: Domain | None = None, host: str | None = None, **kwargs: Any
    ) -> None:
        discard_if_malformed(host)
        super().__init__(domain=domain, host=host, **kwargs)
        if self.engine.dialect.name == "sqlite":
            self._keep_connections()

    def _keep_connections(self) -> None:
        # Rasa opens a connection for each use, and the last to close empties the write-ahead log,
        # with two waits for the disk: 20 ms a turn.
        url = self.engine.url
        self.engine.dispose()
        self.engine = sqlalchemy.create_engine(
            url, poolclass=QueuePool, connect_args={"check_same_thread": False}
        )
        sqlalchemy.event.listen(self.engine, "connect", _write_ahead)
        self.sessionmaker.configure(bind=self.engine)

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


def _write_ahead(connection: Any, _record: Any) -> None:
    # The disk is waited for once in a thousand pages, and the file stays whole whatever happens:
    # a power cut may cost the last turns of a tracker.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
