"""Writes to a store from a process of its own: `python -m tests.casework.store.writer`.

Arguments: the database's address, the writer's name, how many messages, `gevent` or `plain`.
With gevent, eight greenlets share the work and a ninth measures how long it was kept waiting.
"""

from __future__ import annotations

import sys

if sys.argv[4:] == ["gevent"]:
    from gevent import monkey

    monkey.patch_all()

import threading
import time

from casework.adapters.migrate import migrate
from casework.adapters.sql_store import SqlStore
from casework.domain.errors import Busy
from tests.casework.store.records import message


def append_one(store: SqlStore, text: str) -> None:
    """Adds a line to conversation c1 the way a turn does: read, then write."""
    while True:
        try:
            with store.begin() as work:
                work.conversations.get("c1")
                work.conversations.append(message(work.conversations.last_seq("c1") + 1, text))
            return
        except Busy:
            continue


def main(url: str, name: str, count: int, threads: int) -> None:
    """Migrates as every process may, then appends `count` messages from `threads` threads."""
    migrate(url)
    store = SqlStore(url)
    store.check()

    def run(first: int) -> None:
        for number in range(first, count, threads):
            append_one(store, f"{name}-{number}")

    running = [threading.Thread(target=run, args=(first,)) for first in range(threads)]
    for one in running:
        one.start()
    longest, before = 0.0, time.monotonic()
    while any(one.is_alive() for one in running):
        time.sleep(0.001)
        longest, before = max(longest, time.monotonic() - before), time.monotonic()
    print(f"{longest:.3f}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), 8)
