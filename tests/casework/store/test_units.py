"""The contract of a unit of work, and of the log of events."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from casework.adapters.sql_engine import database_address
from casework.adapters.sql_store import SqlStore
from casework.domain.errors import Busy, CaseworkError, Conflict, Invalid
from casework.ports.events import Event
from casework.ports.store import Store
from tests.casework.store.records import NOW, conversation, draft, message


def test_an_error_undoes_all_of_a_unit(store: Store) -> None:
    with store.begin() as work:
        work.conversations.add(conversation())
    with suppress(ZeroDivisionError), store.begin() as work:
        work.conversations.append(message(1))
        work.drafts.add(draft())
        raise ZeroDivisionError
    with store.begin() as work:
        assert work.conversations.messages("c1") == []
        assert work.drafts.of_conversation("c1") == []
        assert work.events.since(0) == []


def test_a_unit_sees_its_own_writing_and_others_only_what_is_committed(store: Store) -> None:
    with store.begin() as work:
        work.conversations.add(conversation())
        assert work.conversations.get("c1").misses == 0
        with store.begin(reading=True) as other:
            assert other.conversations.search() == []


def test_a_reading_unit_does_not_write(store: Store) -> None:
    with pytest.raises(Invalid), store.begin(reading=True) as work:
        work.conversations.add(conversation())
    with pytest.raises(Invalid), store.begin(reading=True) as work:
        work.events.append("c1", "typing", NOW)
    with store.begin() as work:
        assert work.conversations.search() == []


def test_a_migrated_store_passes_its_check(store: Store) -> None:
    store.check()


def test_events_count_up_and_can_be_pruned(store: Store) -> None:
    with store.begin() as work:
        assert work.events.last_id() == 0
        work.events.append("c1", "typing", NOW)
        work.events.append("", "queue", NOW + timedelta(seconds=1))
    with store.begin() as work:
        first, second = work.events.since(0)
        assert (first.conversation_id, first.kind) == ("c1", "typing")
        assert (second.conversation_id, second.kind) == ("", "queue")
        assert work.events.since(first.id) == [second]
        assert work.events.last_id() == second.id > first.id
        assert work.events.prune(NOW + timedelta(seconds=1)) == 1
        assert work.events.since(0) == [second]
        assert work.events.prune(NOW + timedelta(days=1)) == 1
        work.events.append("c1", "typing", NOW)
        assert work.events.last_id() > second.id


def test_a_commit_is_told_with_its_events_and_a_failure_is_not(store: Any) -> None:
    told: list[Event] = []

    def hear(events: Sequence[Event]) -> None:
        with store.begin(reading=True) as work:
            assert work.events.last_id() == events[-1].id
        told.extend(events)

    store.on_commit(hear)
    with store.begin() as work:
        work.conversations.add(conversation())
    assert told == []
    with store.begin() as work:
        work.conversations.append(message(1))
        assert told == []
    assert [event.kind for event in told] == ["message"]
    with suppress(ZeroDivisionError), store.begin() as work:
        work.conversations.append(message(2))
        raise ZeroDivisionError
    assert len(told) == 1


def test_a_listener_that_fails_harms_nothing(sql_store: SqlStore) -> None:
    def fail(_: Sequence[Event]) -> None:
        raise ZeroDivisionError

    sql_store.on_commit(fail)
    with sql_store.begin() as work:
        work.events.append("c1", "typing", NOW)
    with sql_store.begin() as work:
        assert work.events.last_id() == 1


@pytest.mark.parametrize("where", ["said", "turn"])
def test_text_that_no_database_takes_is_invalid_and_not_quoted(
    sql_store: SqlStore, where: str
) -> None:
    broken = "private \ud800 words"
    line = message(1, broken) if where == "said" else message(1, turn_id=broken)
    with sql_store.begin() as work:
        work.conversations.add(conversation())
    with pytest.raises(Invalid) as refused, sql_store.begin() as work:
        work.conversations.append(line)
    assert "private" not in repr(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_errors_do_not_quote_what_was_written(sql_store: SqlStore) -> None:
    with sql_store.begin() as work:
        work.conversations.add(conversation())
        work.conversations.append(message(1, "private words"))
    with pytest.raises(Conflict) as refused, sql_store.begin() as work:
        work.conversations.append(message(1, "private words"))
    assert "private" not in repr(refused.value)


def test_a_database_that_does_not_answer_is_busy() -> None:
    store = SqlStore("postgresql://nobody@127.0.0.1:9/none", wait=0.5)
    with pytest.raises(Busy):
        store.check()
    with pytest.raises(Busy), store.begin():
        pass


def test_an_empty_database_fails_its_check(tmp_path: Any) -> None:
    store = SqlStore(f"sqlite:///{tmp_path}/deeper/empty.db")
    with pytest.raises(CaseworkError, match="not migrated"):
        store.check()


def test_a_unit_inside_a_unit_is_refused_at_once(sqlite_url: str) -> None:
    store = SqlStore(sqlite_url)
    with store.begin(), pytest.raises(RuntimeError), store.begin():
        pass
    with store.begin():
        pass


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgres://u:p@h/d", "postgresql+psycopg"),
        ("postgresql://h/d", "postgresql+psycopg"),
        ("postgresql+psycopg://h/d", "postgresql+psycopg"),
        ("sqlite:///x.db", "sqlite"),
    ],
)
def test_addresses_of_databases(given: str, driver: str) -> None:
    assert database_address(given).drivername == driver


@pytest.mark.parametrize("given", ["sqlite://", "mysql://u:secret@h/d", "nonsense:secret"])
def test_addresses_that_are_refused_are_not_quoted(given: str) -> None:
    with pytest.raises(Invalid) as refused:
        database_address(given)
    assert "secret" not in str(refused.value)
