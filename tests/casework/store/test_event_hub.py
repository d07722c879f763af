"""Listeners hear what is committed: here, in other processes, late, and after a hiccup."""

from __future__ import annotations

import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from casework.adapters.event_hub import PollingEventHub, RedisEventHub
from casework.adapters.memory_store import MemoryStore
from casework.adapters.sql_store import SqlStore
from casework.domain.errors import Busy
from casework.ports.announcements import Announcements
from tests.casework.store.conftest import REDIS
from tests.casework.store.records import NOW, conversation, message

ROOT = Path(__file__).parents[3]


def append(store: Any, conversation_id: str = "c1", kind: str = "typing") -> None:
    with store.begin() as work:
        work.events.append(conversation_id, kind, NOW)


def kinds(heard: list[Any]) -> list[str]:
    return [event.kind for event in heard]


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_events_of_this_process_are_heard_at_once(store: Any) -> None:
    hub: Announcements = PollingEventHub(store, interval=60)
    append(store, kind="before")
    with hub.subscribe("c1") as mine, hub.subscribe("c1") as too, hub.subscribe("c2") as other:
        append(store)
        append(store, "c2", "queue")
        assert kinds(mine.wait(1)) == ["typing"]
        assert kinds(too.wait(1)) == ["typing"]
        assert kinds(other.wait(1)) == ["queue"]
        started = time.monotonic()
        assert mine.wait(0.05) == []
        assert time.monotonic() - started >= 0.04


def test_whoever_listens_to_all_hears_every_conversation(store: Any) -> None:
    hub: Announcements = PollingEventHub(store, interval=60)
    with hub.subscribe_all() as desk, hub.subscribe("c1") as one:
        append(store)
        append(store, "c2", "queue")
        assert [(e.conversation_id, e.kind) for e in desk.wait(1)] == [
            ("c1", "typing"),
            ("c2", "queue"),
        ]
        assert kinds(one.wait(1)) == ["typing"]


def test_polling_goes_on_while_anybody_listens_to_all() -> None:
    store = MemoryStore()
    hub = PollingEventHub(store, interval=0.01)
    with hub.subscribe_all() as desk:
        time.sleep(0.05)
        append(store)
        assert len(desk.wait(1)) == 1
    wait_until(lambda: hub._over is None)


def test_messages_wake_their_listeners(store: Any) -> None:
    hub = PollingEventHub(store, interval=60)
    with store.begin() as work:
        work.conversations.add(conversation())

    def later() -> None:
        with store.begin() as work:
            work.conversations.append(message(1))

    with hub.subscribe("c1") as ear:
        threading.Timer(0.05, later).start()
        started = time.monotonic()
        assert kinds(ear.wait(5)) == ["message"]
        assert time.monotonic() - started < 1


def test_events_of_other_processes_are_heard_once(sql_store: SqlStore, sql_url: str) -> None:
    elsewhere = SqlStore(sql_url)
    hub = PollingEventHub(sql_store, interval=0.02)
    append(elsewhere, kind="before")
    with hub.subscribe("c1") as ear:
        append(elsewhere, kind="one")
        append(sql_store, kind="two")
        heard = [*ear.wait(2)]
        wait_until(lambda: heard.extend(ear.wait(0.01)) or len(heard) == 2)  # type: ignore[func-returns-value]
        assert sorted(kinds(heard)) == ["one", "two"]
        assert ear.wait(0.2) == []
    elsewhere.close()


@pytest.mark.parametrize("begun", ["before", "after"])
def test_an_event_committed_late_is_heard(postgresql_url: str, begun: str) -> None:
    """Another unit takes a lower id, `before` or `after` listening began, and commits later."""
    here, elsewhere = SqlStore(postgresql_url), SqlStore(postgresql_url)
    hub = PollingEventHub(here, interval=0.02)
    with ExitStack() as listening:
        with elsewhere.begin() as late:
            if begun == "before":
                late.events.append("c1", "late", NOW)
                append(here, kind="before")
            ear = listening.enter_context(hub.subscribe("c1"))
            if begun == "after":
                late.events.append("c1", "late", NOW)
            append(here, kind="quick")
            assert kinds(ear.wait(2)) == ["quick"]
            assert ear.wait(0.1) == []
        assert kinds(ear.wait(2)) == ["late"]
    here.close()
    elsewhere.close()


def test_what_was_seen_is_forgotten_in_time_and_not_heard_again(sqlite_url: str) -> None:
    store = SqlStore(sqlite_url)
    hub = PollingEventHub(store, interval=0.01, lookback=0.05)
    with hub.subscribe("c1") as ear:
        for _ in range(20):
            append(store)
            time.sleep(0.01)
        wait_until(lambda: len(hub._seen) == 0)
        assert len(ear.wait(0)) == 20


def test_polling_ends_with_the_last_listener_and_begins_again() -> None:
    store = MemoryStore()
    hub = PollingEventHub(store, interval=0.01)
    for _ in range(2):
        with hub.subscribe("c1") as ear:
            append(store)
            assert len(ear.wait(1)) == 1
        wait_until(lambda: hub._over is None)
        append(store)


class Stumbling(MemoryStore):
    """A store that can be made to fail at reading, and that keeps commits to itself."""

    failing = False

    def on_commit(self, listener: Any) -> None:
        """Nobody is told: events must be found by polling."""

    @contextmanager
    def begin(self, *, reading: bool = False) -> Iterator[Any]:
        if self.failing and reading:
            raise Busy("stumbled")
        with super().begin(reading=reading) as work:
            yield work


def test_a_database_that_stumbles_is_asked_again() -> None:
    store = Stumbling()
    hub = PollingEventHub(store, interval=0.01)
    with hub.subscribe("c1") as ear:
        store.failing = True
        append(store)
        assert ear.wait(0.1) == []
        store.failing = False
        assert kinds(ear.wait(3)) == ["typing"]


def test_a_listener_hears_at_once_when_the_store_cannot_be_read() -> None:
    store = Stumbling()
    store.failing = True
    hub = PollingEventHub(store)
    with pytest.raises(Busy), hub.subscribe("c1"):
        pass
    store.failing = False
    with hub.subscribe("c1") as ear:
        append(store)
        assert kinds(ear.wait(1)) == ["typing"]


@pytest.fixture
def topic() -> str:
    return f"civicline:test:{secrets.token_hex(4)}"


def test_redis_brings_events_of_other_processes_at_once(
    sql_url: str, sql_store: SqlStore, redis_client: Redis, topic: str
) -> None:
    elsewhere = SqlStore(sql_url)
    RedisEventHub(elsewhere, Redis.from_url(REDIS), topic=topic)
    hub = RedisEventHub(sql_store, redis_client, interval=60, topic=topic)
    with hub.subscribe("c1") as ear, hub.subscribe_all() as desk:
        wait_until(lambda: redis_client.pubsub_numsub(topic)[0][1] == 1)
        append(elsewhere, kind="far")
        assert kinds(ear.wait(2)) == kinds(desk.wait(2)) == ["far"]
        append(sql_store, kind="near")
        assert kinds(ear.wait(2)) == ["near"]
        assert ear.wait(0.1) == []
    elsewhere.close()


def test_without_redis_events_are_still_found(sql_url: str, sql_store: SqlStore) -> None:
    elsewhere = SqlStore(sql_url)
    nowhere = Redis(port=9, retry=Retry(NoBackoff(), 0))
    RedisEventHub(elsewhere, nowhere)
    hub = RedisEventHub(sql_store, nowhere, interval=0.05)
    with hub.subscribe("c1") as ear:
        append(elsewhere)
        assert kinds(ear.wait(2)) == ["typing"]
    elsewhere.close()


GEVENT = """
from gevent import monkey; monkey.patch_all()
import sys, threading, time
from casework.adapters.event_hub import PollingEventHub
from casework.adapters.sql_store import SqlStore
from tests.casework.store.records import NOW
store, elsewhere = SqlStore(sys.argv[1]), SqlStore(sys.argv[1])
hub = PollingEventHub(store, interval=0.02)
def tell():
    time.sleep(0.05)
    with elsewhere.begin() as work:
        work.events.append("c1", "typing", NOW)
threading.Thread(target=tell).start()
with hub.subscribe("c1") as ear:
    print([event.kind for event in ear.wait(5)])
"""


def test_greenlets_hear_too(sql_url: str) -> None:
    command = [sys.executable, "-c", GEVENT, sql_url]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert done.stdout == "['typing']\n", done.stderr
