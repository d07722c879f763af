"""Turns of the units that write, within one process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from casework.domain.errors import Busy


class WriterTurn:
    """Lets one thread or greenlet of this process write to a store at a time.

    SQLite itself waits inside C: under gevent that would stop every greenlet, the one that has
    the lock included. Across processes SQLite's own lock does the rest.
    """

    def __init__(self, wait: float) -> None:
        self._wait = wait
        self._lock = threading.Lock()
        self._owner: int | None = None

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Raises Busy after the wait, RuntimeError when a unit is opened inside another."""
        me = threading.get_ident()
        if self._owner == me:
            raise RuntimeError("a unit of work was opened inside another one")
        if not self._lock.acquire(timeout=self._wait):
            raise Busy("the store is being written to")
        self._owner = me
        try:
            yield
        finally:
            self._owner = None
            self._lock.release()
