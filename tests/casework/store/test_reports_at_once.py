"""A report on a text that did not arrive, while its conversation is being written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from casework.adapters.sql_store import SqlStore
from casework.domain.errors import CaseworkError
from casework.domain.outbox import Delivery
from casework.use_cases.record_delivery import MESSAGE_UNDELIVERED, record_delivery
from tests.casework.store.records import conversation, outgoing
from tests.office import make_office

BEHIND = 0.5
"""Seconds after which the report waits for what the turn holds."""


@pytest.fixture
def store(postgresql_url: str) -> Iterator[SqlStore]:
    store = SqlStore(postgresql_url)
    yield store
    store.close()


@pytest.mark.parametrize("state", [Delivery.UNDELIVERED, Delivery.FAILED, Delivery.OPTED_OUT])
def test_a_report_and_a_turn_do_not_wait_for_each_other_for_ever(
    store: SqlStore, state: Delivery
) -> None:
    office = make_office(store=store)
    with store.begin() as work:
        work.conversations.add(conversation())
        sent = outgoing("m1", key="reply:SM1:0", conversation_id="c1", state=Delivery.SENT)
        work.outbox.add(sent)
    failures: list[CaseworkError] = []
    turn_holds = threading.Event()

    def turn() -> None:
        try:
            with store.begin() as work:
                held = work.conversations.get("c1")
                turn_holds.set()
                threading.Event().wait(BEHIND)
                noted = work.outbox.of_key("reply:SM1:0")
                assert noted is not None
                work.outbox.save(replace(noted, text="Hello again."))
                work.conversations.save(replace(held, misses=2))
        except CaseworkError as failure:
            failures.append(failure)

    def report() -> None:
        turn_holds.wait(5)
        try:
            assert record_delivery(office, "m1", state, "30003")
        except CaseworkError as failure:
            failures.append(failure)

    threads = [threading.Thread(target=turn), threading.Thread(target=report)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    with store.begin(reading=True) as work:
        told, message = work.conversations.get("c1"), work.outbox.get("m1")
    assert told.misses == 2
    assert MESSAGE_UNDELIVERED in told.flags
    assert (message.state, message.text) == (state, "Hello again.")
