"""Several writers at once lose nothing, whichever database."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from casework.adapters.sql_store import SqlStore
from casework.domain.errors import Busy, Conflict
from casework.ports.store import Store
from tests.casework.store.records import case, conversation, entry, message
from tests.casework.store.writer import append_one

ROOT = Path(__file__).parents[3]


def run_writers(url: str, kind: str, names: list[str], count: int) -> list[str]:
    """Runs writers side by side and gives what they print."""
    command = [sys.executable, "-m", "tests.casework.store.writer", url]
    running = [
        subprocess.Popen(
            [*command, name, str(count), kind],
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for name in names
    ]
    ended = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0] * len(names), ended
    return [out for out, _ in ended]


@pytest.mark.parametrize("kind", ["plain", "gevent"])
def test_processes_writing_at_once_lose_nothing(
    sql_store: SqlStore, sql_url: str, kind: str
) -> None:
    with sql_store.begin() as work:
        work.conversations.add(conversation())
    run_writers(sql_url, kind, ["a", "b", "c"], 60)
    with sql_store.begin(reading=True) as work:
        said = [line.said.text for line in work.conversations.messages("c1")]
        seqs = [line.seq for line in work.conversations.messages("c1")]
        events = work.events.since(0)
    assert sorted(said) == sorted(f"{name}-{n}" for name in "abc" for n in range(60))
    assert seqs == list(range(1, 181))
    assert len(events) == 180


def test_processes_may_migrate_the_same_new_file_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    run_writers(url, "plain", list("abc"), 0)
    SqlStore(url).check()


def test_threads_writing_at_once_lose_nothing(store: Store) -> None:
    with store.begin() as work:
        work.conversations.add(conversation())

    def run(name: str) -> None:
        for number in range(20):
            append_one(store, f"{name}-{number}")  # type: ignore[arg-type]

    threads = [threading.Thread(target=run, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with store.begin() as work:
        assert len(work.conversations.messages("c1")) == work.conversations.last_seq("c1") == 80


def test_of_two_units_with_the_same_seq_one_is_refused(store: Store) -> None:
    with store.begin() as work:
        work.conversations.add(conversation())
    outcomes: list[str] = []
    both_ready = threading.Barrier(2)

    def run(text: str) -> None:
        both_ready.wait()
        try:
            with store.begin() as work:
                work.conversations.append(message(1, text))
            outcomes.append("written")
        except Conflict:
            outcomes.append("refused")

    threads = [threading.Thread(target=run, args=(text,)) for text in ("mine", "yours")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert Counter(outcomes) == {"written": 1, "refused": 1}


def test_a_case_read_to_be_changed_is_held(store: Store) -> None:
    with store.begin() as work:
        work.cases.add(case())
    reading, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with store.begin() as work:
            found = work.cases.get("10000012")
            reading.set()
            go_on.wait(5)
            work.cases.save(found.changed(entry("slow", team="slow")))

    def quick() -> None:
        with store.begin() as work:
            work.cases.save(work.cases.get("10000012").changed(entry("quick")))

    threads = [threading.Thread(target=slow), threading.Thread(target=quick)]
    threads[0].start()
    assert reading.wait(5)
    threads[1].start()
    threads[1].join(0.2)
    assert threads[1].is_alive()
    go_on.set()
    for thread in threads:
        thread.join(10)
    with store.begin() as work:
        found = work.cases.get("10000012")
        assert [one.what for one in found.history] == ["slow", "quick"]
        assert found.team == "slow"


@pytest.mark.parametrize("how", ["same process", "other process"])
def test_a_writer_that_waits_too_long_is_busy_and_a_reader_never_waits(
    sqlite_url: str, how: str
) -> None:
    store = SqlStore(sqlite_url, wait=0.3)
    other = store if how == "same process" else SqlStore(sqlite_url, wait=0.3)
    outcomes: list[str] = []

    def run() -> None:
        with other.begin(reading=True) as work:
            outcomes.append(f"read {work.events.last_id()}")
        try:
            with other.begin():
                outcomes.append("written")
        except Busy:
            outcomes.append("busy")

    with store.begin() as work:
        work.conversations.add(conversation())
        work.conversations.append(message(1))
        thread = threading.Thread(target=run)
        thread.start()
        thread.join(10)
    assert outcomes == ["read 0", "busy"]
    with other.begin() as work:
        assert work.conversations.last_seq("c1") == 1


def test_a_row_held_too_long_is_busy(postgresql_url: str) -> None:
    store = SqlStore(postgresql_url, wait=0.3)
    with store.begin() as work:
        work.conversations.add(conversation())
    with store.begin() as work:
        work.conversations.get("c1")
        other = SqlStore(postgresql_url, wait=0.3)
        with pytest.raises(Busy), other.begin() as second:
            second.conversations.get("c1")
        with other.begin(reading=True) as second:
            assert second.conversations.get("c1")
    store.close()
    other.close()
