"""The contract of the outbox, of opt-outs and of links by which a conversation goes on."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from casework.adapters.sql_store import SqlStore
from casework.domain.errors import Conflict, Invalid, NotFound
from casework.domain.outbox import Delivery, Medium
from casework.ports.store import Store
from tests.casework.store.records import (
    NOW,
    SUMMER,
    continuation,
    conversation,
    full_outgoing,
    outgoing,
)

MINUTE = timedelta(minutes=1)


def test_a_message_comes_back_as_it_was_written(store: Store) -> None:
    with store.begin() as work:
        assert work.outbox.add(full_outgoing())
        assert work.outbox.add(outgoing("m2"))
    with store.begin(reading=True) as work:
        assert work.outbox.get("m1") == full_outgoing()
        assert work.outbox.get("m2") == outgoing("m2")
        assert work.outbox.get("m1").updated_at.tzinfo is UTC


def test_saving_a_message_writes_every_field(store: Store) -> None:
    with store.begin() as work:
        work.outbox.add(outgoing())
    with store.begin() as work:
        work.outbox.save(full_outgoing())
    with store.begin() as work:
        assert work.outbox.get("m1") == full_outgoing()


def test_an_unknown_message_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound), store.begin() as work:
        work.outbox.get("m1")
    with pytest.raises(NotFound), store.begin() as work:
        work.outbox.save(outgoing())


def test_a_second_message_with_a_key_is_not_added(store: Store) -> None:
    with store.begin() as work:
        assert work.outbox.add(outgoing("m1", key="k"))
        assert not work.outbox.add(outgoing("m2", key="k", text="again"))
        assert work.outbox.add(outgoing("m3", key="other"))
        assert work.outbox.add(outgoing("m4"))
        assert work.outbox.add(outgoing("m5"))
    with store.begin() as work:
        assert not work.outbox.add(outgoing("m6", key="k"))
        assert [one.id for one in work.outbox.recent()] == ["m5", "m4", "m3", "m1"]


def test_a_message_is_found_by_its_key(store: Store) -> None:
    with store.begin() as work:
        work.outbox.add(outgoing("m1", key="k"))
    with store.begin() as work:
        assert work.outbox.of_key("k") == outgoing("m1", key="k")
        assert work.outbox.of_key("other") is None


def test_an_id_of_a_message_is_given_once(store: Store) -> None:
    with store.begin() as work:
        work.outbox.add(outgoing())
        with pytest.raises(Conflict):
            work.outbox.add(outgoing(text="again"))
        with pytest.raises(Conflict):
            work.outbox.add(outgoing(key="k"))
    with store.begin() as work:
        assert work.outbox.get("m1") == outgoing()


def test_a_reading_unit_queues_nothing(store: Store) -> None:
    with pytest.raises(Invalid), store.begin(reading=True) as work:
        work.outbox.add(outgoing())
    with pytest.raises(Invalid), store.begin(reading=True) as work:
        work.opt_outs.add("+447700900123", NOW)


def test_due_are_the_queued_messages_whose_time_has_come(store: Store) -> None:
    messages = [
        outgoing("later", due_at=NOW + MINUTE),
        outgoing("now"),
        outgoing("first", due_at=NOW - MINUTE),
        outgoing("too"),
        *(outgoing(str(s), state=s) for s in Delivery if s is not Delivery.QUEUED),
    ]
    with store.begin() as work:
        for one in messages:
            work.outbox.add(one)
    with store.begin() as work:
        due = work.outbox.due
        assert [one.id for one in due(NOW.astimezone(SUMMER), 10)] == ["first", "now", "too"]
        assert [one.id for one in due(NOW, 2)] == ["first", "now"]
        assert due(NOW - 2 * MINUTE, 10) == []


def test_queued_messages_of_one_recipient(store: Store) -> None:
    with store.begin() as work:
        work.outbox.add(outgoing("m1", due_at=NOW + MINUTE))
        work.outbox.add(outgoing("m2"))
        work.outbox.add(outgoing("sent", state=Delivery.SENT))
        work.outbox.add(outgoing("other", to="+447700900456"))
    with store.begin() as work:
        assert [one.id for one in work.outbox.queued_to("+447700900123")] == ["m1", "m2"]
        assert work.outbox.queued_to("ann@example.com") == []


def test_messages_of_a_case_in_any_state_come_oldest_first(store: Store) -> None:
    with store.begin() as work:
        work.outbox.add(outgoing("m1", case_ref="10000012", state=Delivery.DELIVERED))
        work.outbox.add(outgoing("m2", case_ref="10000012", created_at=NOW - MINUTE))
        work.outbox.add(outgoing("other", case_ref="20000024"))
        work.outbox.add(outgoing("none"))
        work.outbox.add(outgoing("m3", case_ref="10000012", state=Delivery.FAILED))
        assert [one.id for one in work.outbox.of_case("10000012")] == ["m2", "m1", "m3"]
    with store.begin(reading=True) as work:
        assert [one.id for one in work.outbox.of_case("10000012")] == ["m2", "m1", "m3"]
        assert work.outbox.of_case("48291573") == []


def test_messages_of_a_conversation_are_found_oldest_first(store: Store) -> None:
    with store.begin() as work:
        work.outbox.add(outgoing("m1", conversation_id="c1", state=Delivery.DELIVERED))
        work.outbox.add(outgoing("m2", conversation_id="c1", created_at=NOW - MINUTE))
        work.outbox.add(outgoing("other", conversation_id="c2"))
    with store.begin(reading=True) as work:
        assert [one.id for one in work.outbox.of_conversation("c1")] == ["m2", "m1"]
        assert work.outbox.of_conversation("c3") == []


def test_looking_at_the_messages_of_a_case_holds_none(postgresql_url: str) -> None:
    store, other = SqlStore(postgresql_url), SqlStore(postgresql_url, wait=0.3)
    with store.begin() as work:
        work.outbox.add(outgoing(case_ref="10000012"))
    with store.begin() as work, other.begin() as worker:
        assert [one.id for one in work.outbox.of_case("10000012")] == ["m1"]
        assert [one.id for one in worker.outbox.due(NOW, 10)] == ["m1"]
    store.close()
    other.close()


def test_recent_messages_come_newest_first(store: Store) -> None:
    with store.begin() as work:
        work.outbox.add(outgoing("m1"))
        work.outbox.add(outgoing("m2", created_at=NOW - MINUTE, medium=Medium.EMAIL))
        work.outbox.add(outgoing("m3"))
    with store.begin() as work:
        assert [one.id for one in work.outbox.recent()] == ["m3", "m1", "m2"]
        assert [one.id for one in work.outbox.recent(1)] == ["m3"]


def test_messages_of_a_failed_unit_are_not_queued(store: Store) -> None:
    with suppress(ZeroDivisionError), store.begin() as work:
        work.outbox.add(outgoing(key="k"))
        raise ZeroDivisionError
    with store.begin() as work:
        assert work.outbox.add(outgoing(key="k"))


def test_due_messages_that_another_unit_holds_are_left_out(postgresql_url: str) -> None:
    store, other = SqlStore(postgresql_url), SqlStore(postgresql_url, wait=0.3)
    with store.begin() as work:
        for name in ("m1", "m2", "m3"):
            work.outbox.add(outgoing(name))
    with store.begin() as work, other.begin() as second:
        assert [one.id for one in work.outbox.due(NOW, 2)] == ["m1", "m2"]
        assert [one.id for one in second.outbox.due(NOW, 2)] == ["m3"]
    store.close()
    other.close()


def test_of_two_units_with_the_same_key_one_queues(store: Store) -> None:
    queued: list[bool] = []
    both_ready = threading.Barrier(2)

    def run(name: str) -> None:
        both_ready.wait()
        with store.begin() as work:
            queued.append(work.outbox.add(outgoing(name, key="k")))

    threads = [threading.Thread(target=run, args=(name,)) for name in ("m1", "m2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(queued) == [False, True]


def test_a_number_opts_out_once_and_may_come_back(store: Store) -> None:
    number = "+447700900123"
    with store.begin() as work:
        assert not work.opt_outs.has(number)
        work.opt_outs.add(number, NOW)
        work.opt_outs.add(number, NOW + MINUTE)
    with store.begin() as work:
        assert work.opt_outs.has(number)
        assert not work.opt_outs.has("+447700900456")
        work.opt_outs.remove(number)
        work.opt_outs.remove(number)
    with store.begin(reading=True) as work:
        assert not work.opt_outs.has(number)


def test_a_link_comes_back_as_it_was_written(store: Store) -> None:
    used = continuation("h2", used_by="c9", expires_at=NOW.astimezone(SUMMER))
    with store.begin() as work:
        work.conversations.add(conversation())
        work.continuations.add(continuation())
        work.continuations.add(used)
    with store.begin() as work:
        assert work.continuations.get("h1") == continuation()
        assert work.continuations.get("h2") == used
        assert work.continuations.get("h2").expires_at.tzinfo is UTC
        work.continuations.save(replace(continuation(), used_by="c2"))
    with store.begin(reading=True) as work:
        assert work.continuations.get("h1") == continuation(used_by="c2")


def test_links_that_are_unknown_taken_or_homeless(store: Store) -> None:
    with pytest.raises(NotFound), store.begin() as work:
        work.continuations.get("h1")
    with pytest.raises(NotFound), store.begin() as work:
        work.continuations.save(continuation())
    with pytest.raises(NotFound), store.begin() as work:
        work.continuations.add(continuation())
    with store.begin() as work:
        work.conversations.add(conversation())
        work.continuations.add(continuation())
        with pytest.raises(Conflict):
            work.continuations.add(continuation())


def test_a_link_is_held_by_whoever_is_about_to_use_it(store: Store) -> None:
    with store.begin() as work:
        work.conversations.add(conversation())
        work.continuations.add(continuation())
    used: list[str] = []
    both_ready = threading.Barrier(2)

    def use(name: str) -> None:
        both_ready.wait()
        with store.begin() as work:
            link = work.continuations.get("h1")
            if link.used_by is None:
                work.continuations.save(replace(link, used_by=name))
                used.append(name)

    threads = [threading.Thread(target=use, args=(name,)) for name in ("c2", "c3")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(used) == 1
