"""Senders and staff at once, whichever database: each message goes out once."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest

from casework.adapters.scripted_sender import ScriptedSender
from casework.adapters.sql_store import SqlStore
from casework.domain.drafts import Answer, Source
from casework.domain.errors import OptedOut
from casework.domain.outbox import Delivery, Medium, Outgoing
from casework.domain.staff import Role, StaffMember
from casework.ports.store import Store
from casework.use_cases.deliver_messages import deliver_due
from casework.use_cases.record_delivery import record_delivery
from casework.use_cases.update_case import CaseChange, update_case
from tests.casework.store.records import NOW, case, conversation, outgoing
from tests.office import make_office


class SlowSender(ScriptedSender):
    """Takes long enough for others to find the same messages."""

    def send(self, message: Outgoing) -> str:
        time.sleep(0.002)
        return super().send(message)


def at_once(*runs: Callable[[], object]) -> list[BaseException]:
    """Runs them in threads begun together and gives what they raised."""
    raised: list[BaseException] = []
    ready = threading.Barrier(len(runs))

    def run(one: Callable[[], object]) -> None:
        ready.wait()
        try:
            one()
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(one,)) for one in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return raised


def test_two_deliverers_never_send_one_message_twice(store: Store) -> None:
    office = make_office(NOW, store=store)
    sender = SlowSender()
    with store.begin() as work:
        for number in range(40):
            work.outbox.add(outgoing(f"m{number}"))

    def deliver() -> None:
        while deliver_due(office, {Medium.TEXT: sender}, limit=3):
            pass

    assert at_once(deliver, deliver) == []
    assert Counter(one.id for one in sender.taken) == {f"m{number}": 1 for number in range(40)}
    with store.begin(reading=True) as work:
        ended = work.outbox.recent()
    assert {one.state for one in ended} == {Delivery.SENT}
    assert {one.attempts for one in ended} == {1}


def test_a_report_on_a_message_that_is_being_sent_is_kept(store: Store) -> None:
    office = make_office(NOW, store=store)

    class Reporting(ScriptedSender):
        def send(self, message: Outgoing) -> str:
            assert record_delivery(office, message.id, Delivery.DELIVERED)
            return super().send(message)

    with store.begin() as work:
        work.outbox.add(outgoing())
    assert deliver_due(office, {Medium.TEXT: Reporting()}) == 1
    with store.begin(reading=True) as work:
        found = work.outbox.get("m1")
    assert (found.state, found.provider_id) == (Delivery.DELIVERED, "sent-1")


@pytest.mark.parametrize("round_", range(3))
def test_opting_out_twice_at_once_harms_nothing(sql_store: SqlStore, round_: int) -> None:
    office = make_office(NOW, store=sql_store)
    with sql_store.begin() as work:
        for number in range(12):
            work.outbox.add(outgoing(f"m{number}"))
    refusing = [ScriptedSender(), ScriptedSender()]
    for sender in refusing:
        sender.fail(*(OptedOut("21610") for _ in range(12)))

    def deliver(sender: ScriptedSender) -> None:
        while deliver_due(office, {Medium.TEXT: sender}, limit=4):
            pass

    raised = at_once(
        lambda: deliver(refusing[0]),
        lambda: deliver(refusing[1]),
        lambda: record_delivery(office, "m11", Delivery.FAILED, "21610"),
    )
    assert raised == []
    with sql_store.begin(reading=True) as work:
        assert {one.state for one in work.outbox.recent()} == {Delivery.OPTED_OUT}
        assert work.opt_outs.has("+447700900123")


def test_a_case_and_its_parent_can_be_updated_at_once(sql_store: SqlStore) -> None:
    office = make_office(NOW, store=sql_store)
    sam = StaffMember("s", "Sam", Role.SUPERVISOR, "hash")
    phone = {"contact": Answer("+447700900123", Source.TYPED, NOW)}
    with sql_store.begin() as work:
        work.conversations.add(conversation())
        work.cases.add(case(fields=phone))
        work.cases.add(case("20000024", parent_ref="10000012"))

    def tell(ref: str) -> None:
        for number in range(15):
            update_case(office, sam, ref, CaseChange(tell_resident=f"{ref} {number}"))

    assert at_once(lambda: tell("10000012"), lambda: tell("20000024")) == []
    with sql_store.begin(reading=True) as work:
        assert len(work.outbox.recent()) == 30
        assert work.conversations.last_seq("c1") == 30
