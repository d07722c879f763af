"""Taking turns, within a process or over all of them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casework.domain.errors import Busy

if TYPE_CHECKING:
    from redis import Redis

_log = logging.getLogger(__name__)


@dataclass
class _Turn:
    """A key's lock and how many hold or await it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    interested: int = 0


class InProcessLocks:
    """Locks among the threads or greenlets of one process. Keys nobody wants are forgotten."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._turns: dict[str, _Turn] = {}

    @contextmanager
    def hold(self, key: str, wait: float) -> Iterator[None]:
        """Holds a lock; raises Busy when it cannot be had within `wait` seconds."""
        with self._guard:
            turn = self._turns.setdefault(key, _Turn())
            turn.interested += 1
        try:
            if not turn.lock.acquire(timeout=max(wait, 0)):
                raise Busy("lock")
            try:
                yield
            finally:
                turn.lock.release()
        finally:
            with self._guard:
                turn.interested -= 1
                if not turn.interested:
                    del self._turns[key]


class RedisLocks:
    """Locks over all processes that share a Redis.

    A lock is lost `lease` seconds after it was taken, so that a dead process blocks nobody:
    choose it longer than any turn.
    """

    def __init__(self, client: Redis, *, lease: float = 25.0, prefix: str = "civicline:lock:"):
        self._client = client
        self._lease = lease
        self._prefix = prefix

    @contextmanager
    def hold(self, key: str, wait: float) -> Iterator[None]:
        """Holds a lock; raises Busy when it cannot be had within `wait` seconds, or Redis cannot
        be reached."""
        # Redis takes half a second to import, and not every council has one.
        from redis.exceptions import LockError, RedisError

        lock = self._client.lock(
            self._prefix + key,
            timeout=self._lease,
            sleep=0.03,
            blocking_timeout=max(wait, 0),
            thread_local=False,
        )
        try:
            taken = lock.acquire()
        except RedisError as error:
            raise Busy("locks cannot be reached") from error
        if not taken:
            raise Busy("lock")
        try:
            yield
        finally:
            try:
                lock.release()
            except (LockError, RedisError) as error:
                # What was done under the lock is done; an error here would only hide it.
                _log.warning("a lock ran out before its release: %s", type(error).__name__)
