"""The contract of locks."""

from __future__ import annotations

import secrets
import threading
import time
from typing import Any

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from casework.adapters.locks import InProcessLocks, RedisLocks
from casework.domain.errors import Busy
from casework.ports.surroundings import Locks


@pytest.fixture(params=["in process", "redis"])
def locks(request: pytest.FixtureRequest) -> Locks:
    if request.param == "in process":
        return InProcessLocks()
    client = request.getfixturevalue("redis_client")
    return RedisLocks(client, prefix=f"civicline:test:{secrets.token_hex(4)}:")


def test_a_lock_is_held_by_one_and_others_are_busy_after_their_wait(locks: Locks) -> None:
    with locks.hold("a", 0):
        started = time.monotonic()
        with pytest.raises(Busy), locks.hold("a", 0.2):
            pass
        assert 0.15 < time.monotonic() - started < 1
        with pytest.raises(Busy), locks.hold("a", 0):
            pass
        with locks.hold("b", 0):
            pass
    with locks.hold("a", 0):
        pass


def test_a_lock_is_given_back_after_an_error(locks: Locks) -> None:
    with pytest.raises(ZeroDivisionError), locks.hold("a", 0):
        raise ZeroDivisionError
    with locks.hold("a", 0):
        pass


def test_holders_take_turns(locks: Locks) -> None:
    inside: list[int] = []
    most: list[int] = []

    def run() -> None:
        for _ in range(5):
            with locks.hold("a", 10):
                inside.append(1)
                most.append(len(inside))
                time.sleep(0.001)
                inside.pop()

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert most == [1] * 30


def test_keys_nobody_wants_are_forgotten() -> None:
    locks = InProcessLocks()
    with locks.hold("a", 0), pytest.raises(Busy), locks.hold("a", 0):
        pass
    assert locks._turns == {}


def test_the_lock_of_a_dead_process_runs_out(redis_client: Redis, caplog: Any) -> None:
    locks = RedisLocks(redis_client, lease=0.1, prefix=f"civicline:test:{secrets.token_hex(4)}:")
    with locks.hold("private", 0):
        time.sleep(0.15)
        with locks.hold("private", 0):
            pass
    assert "ran out" in caplog.text
    assert "private" not in caplog.text


def test_locks_that_cannot_be_reached_are_busy() -> None:
    locks = RedisLocks(Redis(port=9, retry=Retry(NoBackoff(), 0)))
    with pytest.raises(Busy), locks.hold("a", 0):
        pass
