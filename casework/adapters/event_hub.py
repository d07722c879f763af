"""Hearing of events: one poller in each process, and Redis as a doorbell where there is one."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

from casework.adapters.surroundings import SystemClock
from casework.domain.errors import CaseworkError
from casework.ports.events import Event
from casework.ports.store import Store
from casework.ports.surroundings import Clock

if TYPE_CHECKING:  # most installations have no Redis
    from redis import Redis

_log = logging.getLogger(__name__)

_IDS_LOOKED_BACK = 100
"""How many ids before the newest may belong to transactions still open when polling begins."""

_KEPT = timedelta(hours=1)
"""How long events stay in the table: far longer than any poller takes to read them."""

_PRUNED_EVERY = 600.0
"""Seconds between two prunings by one process."""


class AnnouncingStore(Store, Protocol):
    """A store that tells of its own commits."""

    def on_commit(self, listener: Callable[[Sequence[Event]], None]) -> None:
        """Has `listener` called after each commit with the events written in it."""
        ...


class _Ear:
    """One listener's queue of events."""

    def __init__(self) -> None:
        self._bell = threading.Condition()
        self._heard: list[Event] = []

    def hear(self, event: Event) -> None:
        """Queues an event and wakes the listener."""
        with self._bell:
            self._heard.append(event)
            self._bell.notify_all()

    def wait(self, timeout: float) -> list[Event]:
        """Events since the last call, waiting up to `timeout` seconds for the first."""
        with self._bell:
            self._bell.wait_for(lambda: bool(self._heard), timeout)
            heard, self._heard = self._heard, []
            return heard


class PollingEventHub:
    """Reads the event table every `interval` seconds while anybody listens.

    Events of this process are heard at once, through the store's commits. An event written in a
    long transaction may turn up after ones with higher ids: each poll reads again what came in
    the last `lookback` seconds and passes on only what is new. Now and then old events are
    deleted; `clock` is the one by which events are written.
    """

    def __init__(
        self,
        store: AnnouncingStore,
        *,
        interval: float = 0.2,
        lookback: float = 5.0,
        clock: Clock | None = None,
    ) -> None:
        self._store = store
        self._clock = clock or SystemClock()
        self._prune_at = time.monotonic() + _PRUNED_EVERY
        self._interval = interval
        self._lookback = lookback
        self._lock = threading.Lock()
        self._ears: dict[str | None, list[_Ear]] = {}
        self._over: threading.Event | None = None
        self._floor = 0
        self._seen: set[int] = set()
        self._marks: deque[tuple[float, int]] = deque()
        store.on_commit(self.notify)

    def subscribe(self, conversation_id: str) -> AbstractContextManager[_Ear]:
        """Hears all that is committed from now on. Raises Busy when the store cannot be read."""
        return self._listen(conversation_id)

    def subscribe_all(self) -> AbstractContextManager[_Ear]:
        """As `subscribe`, for every conversation."""
        return self._listen(None)

    @contextmanager
    def _listen(self, conversation_id: str | None) -> Iterator[_Ear]:
        """None means every conversation."""
        ear = _Ear()
        with self._lock:
            if self._over is None:
                self._begin()
            self._ears.setdefault(conversation_id, []).append(ear)
        try:
            yield ear
        finally:
            with self._lock:
                self._ears[conversation_id].remove(ear)
                if not self._ears[conversation_id]:
                    del self._ears[conversation_id]

    def notify(self, events: Sequence[Event]) -> None:
        """Passes on events that have been committed."""
        with self._lock:
            if self._over is None:
                return
            for event in events:
                if event.id in self._seen:
                    continue
                self._seen.add(event.id)
                for whose in (event.conversation_id, None):
                    for ear in self._ears.get(whose, ()):
                        ear.hear(event)

    def _begin(self) -> None:
        """Starts listening at the newest event; runs under the lock."""
        with self._store.begin(reading=True) as work:
            self._floor = max(0, work.events.last_id() - _IDS_LOOKED_BACK)
            self._seen = {event.id for event in work.events.since(self._floor)}
        self._marks.clear()
        self._over = threading.Event()
        self._start(self._over)

    def _start(self, over: threading.Event) -> None:
        """Starts what brings events from elsewhere, until `over` is set."""
        threading.Thread(target=self._poll, args=(over,), name="events", daemon=True).start()

    def _poll(self, over: threading.Event) -> None:
        failures = 0
        while not self._ends(over):
            try:
                with self._store.begin(reading=True) as work:
                    found = work.events.since(self._floor)
                self.notify(found)
                self._forget()
                self._prune()
                failures = 0
            except Exception as error:
                # Whatever is wrong with the database, listeners want to hear of what comes after.
                failures += 1
                _log.warning("events cannot be read: %s", type(error).__name__)
            time.sleep(min(self._interval * 2**failures, max(5.0, self._interval)))

    def _prune(self) -> None:
        """Deletes old events when it is time to; a failure is made good next time."""
        if time.monotonic() < self._prune_at:
            return
        self._prune_at = time.monotonic() + _PRUNED_EVERY
        try:
            with self._store.begin() as work:
                work.events.prune(self._clock.now() - _KEPT)
        except CaseworkError as error:
            _log.warning("old events cannot be deleted: %s", type(error).__name__)

    def _ends(self, over: threading.Event) -> bool:
        """Whether nobody listens any more; if so, the next listener starts afresh."""
        with self._lock:
            if not self._ears and self._over is over:
                self._over = None
                over.set()
            return over.is_set()

    def _forget(self) -> None:
        """Raises the floor to what had been seen `lookback` seconds ago."""
        now = time.monotonic()
        with self._lock:
            if self._seen:
                self._marks.append((now, max(self._seen)))
            raised = self._floor
            while self._marks and self._marks[0][0] < now - self._lookback:
                raised = self._marks.popleft()[1]
            if raised > self._floor:
                self._floor = raised
                self._seen = {event_id for event_id in self._seen if event_id > raised}


class RedisEventHub(PollingEventHub):
    """Events of other processes arrive through Redis at once.

    Redis promises no delivery, so the table is still read, only less often.
    """

    def __init__(
        self,
        store: AnnouncingStore,
        client: Redis,
        *,
        interval: float = 2.0,
        lookback: float = 5.0,
        topic: str = "civicline:events",
        clock: Clock | None = None,
    ) -> None:
        self._client = client
        self._topic = topic
        super().__init__(store, interval=interval, lookback=lookback, clock=clock)
        store.on_commit(self._publish)

    def _publish(self, events: Sequence[Event]) -> None:
        """Tells the other processes of committed events; a failure costs only time."""
        from redis.exceptions import RedisError

        told = [[event.id, event.conversation_id, event.kind] for event in events]
        try:
            self._client.publish(self._topic, json.dumps(told))
        except RedisError as error:
            _log.warning("events cannot be published: %s", type(error).__name__)

    def _start(self, over: threading.Event) -> None:
        super()._start(over)
        threading.Thread(target=self._hear, args=(over,), name="doorbell", daemon=True).start()

    def _hear(self, over: threading.Event) -> None:
        while not over.is_set():
            try:
                client: Any = self._client  # redis-py leaves pubsub without types
                with client.pubsub(ignore_subscribe_messages=True) as pubsub:
                    pubsub.subscribe(self._topic)
                    while not over.is_set():
                        message = pubsub.get_message(timeout=1.0)
                        if message:
                            self.notify([Event(*told) for told in json.loads(message["data"])])
            except Exception as error:
                _log.warning("events cannot be heard: %s", type(error).__name__)
                over.wait(1.0)
