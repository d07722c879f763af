"""Messages to residents: queued, sent, tried again."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest

from casework.adapters.memory_store import MemoryStore
from casework.adapters.scripted_sender import ScriptedSender
from casework.adapters.surroundings import FixedClock
from casework.domain.errors import Busy, OptedOut, SendingFailed
from casework.domain.outbox import Delivery, Outgoing
from casework.use_cases.deliver_messages import ATTEMPTS, LEASE, wait_after
from casework.use_cases.office import Office
from casework.use_cases.opt_out import opt_in, opt_out
from tests.casework.sending import MOBILE, OTHER, deliver, message, outbox, queue, queued
from tests.office import NOW, make_office

SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def office(clock: FixedClock) -> Office:
    return make_office(clock=clock)


@pytest.fixture
def sender() -> ScriptedSender:
    return ScriptedSender()


class TestQueueing:
    def test_a_message_is_due_at_once(self, office: Office) -> None:
        about = {"key": "k", "conversation_id": "c", "case_ref": "10000012", "subject": "Bins"}
        found = message(office, queued(office, **about))
        now = office.clock.now()
        assert (found.to, found.text, found.subject) == (MOBILE, "Hello.", "Bins")
        assert (found.key, found.conversation_id, found.case_ref) == ("k", "c", "10000012")
        assert (found.created_at, found.due_at, found.updated_at) == (now, now, now)
        assert (found.state, found.attempts) == (Delivery.QUEUED, 0)

    def test_the_same_is_queued_once(self, office: Office) -> None:
        assert [queue(office, key="k"), queue(office, key="k"), queue(office)] == [
            True, False, True,
        ]  # fmt: skip
        assert len(outbox(office)) == 2

    def test_a_number_that_opted_out_gets_no_texts(self, office: Office) -> None:
        opt_out(office, MOBILE)
        assert not queue(office)
        assert queue(office, OTHER)
        opt_in(office, MOBILE)
        assert queue(office)


class TestSending:
    def test_what_is_due_is_sent_oldest_first(
        self, office: Office, clock: FixedClock, sender: ScriptedSender
    ) -> None:
        email = ScriptedSender()
        first, second = queued(office), queued(office, "ann@example.com")
        clock.advance(SECOND)
        third = queued(office, OTHER)
        assert deliver(office, sender, email) == 3
        assert [one.id for one in sender.taken] == [first, third]
        assert [one.id for one in email.taken] == [second]
        found = message(office, third)
        assert (found.state, found.provider_id, found.attempts) == (Delivery.SENT, "sent-2", 1)
        assert found.updated_at == clock.now()
        assert deliver(office, sender, email) == 0

    def test_no_more_than_the_limit_are_sent(self, office: Office, sender: ScriptedSender) -> None:
        for _ in range(3):
            queue(office)
        assert [deliver(office, sender, limit=2) for _ in range(3)] == [2, 1, 0]
        assert len(sender.taken) == 3

    def test_a_failure_waits_twice_as_long_each_time_and_ends(
        self, office: Office, clock: FixedClock, sender: ScriptedSender
    ) -> None:
        message_id = queued(office)
        waits = []
        for _ in range(ATTEMPTS):
            sender.fail(SendingFailed("timeout", again=True))
            assert deliver(office, sender) == 1
            found = message(office, message_id)
            waits.append((found.due_at - clock.now()) / SECOND)
            assert deliver(office, sender) == 0
            clock.advance(found.due_at - clock.now() - SECOND)
            assert deliver(office, sender) == 0
            clock.advance(SECOND)
        assert waits[:-1] == [15, 30, 60, 120, 240, 480, 960, 1920, 3600]
        assert (found.state, found.problem, found.attempts) == (Delivery.FAILED, "timeout", 10)
        assert sender.taken == []

    def test_a_wait_is_never_longer_than_an_hour(self) -> None:
        assert wait_after(1) == 15 * SECOND
        assert wait_after(ATTEMPTS) == timedelta(hours=1)

    def test_a_later_attempt_may_succeed(
        self, office: Office, clock: FixedClock, sender: ScriptedSender
    ) -> None:
        message_id = queued(office)
        sender.fail(SendingFailed("busy", again=True))
        deliver(office, sender)
        assert message(office, message_id).problem == "busy"
        clock.advance(15 * SECOND)
        deliver(office, sender)
        found = message(office, message_id)
        assert (found.state, found.attempts, found.problem) == (Delivery.SENT, 2, None)

    def test_a_refusal_for_good_is_not_tried_again(
        self, office: Office, clock: FixedClock, sender: ScriptedSender
    ) -> None:
        message_id = queued(office)
        sender.fail(SendingFailed("21211", again=False))
        deliver(office, sender)
        found = message(office, message_id)
        assert (found.state, found.problem) == (Delivery.FAILED, "21211")
        clock.advance(timedelta(days=1))
        assert deliver(office, sender) == 0

    def test_whatever_a_sender_raises_the_rest_is_sent(
        self, office: Office, sender: ScriptedSender
    ) -> None:
        first, second = queued(office), queued(office, OTHER)
        sender.fail(ZeroDivisionError("secret"))
        deliver(office, sender)
        assert message(office, first).state is Delivery.QUEUED
        assert message(office, first).problem == "ZeroDivisionError"
        assert message(office, second).state is Delivery.SENT

    def test_without_a_sender_a_message_has_failed(
        self, office: Office, sender: ScriptedSender
    ) -> None:
        message_id = queued(office, "ann@example.com")
        assert deliver(office, sender) == 1
        found = message(office, message_id)
        assert (found.state, found.problem) == (Delivery.FAILED, "not_configured")

    def test_logs_hold_ids_and_codes_only(
        self, office: Office, sender: ScriptedSender, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        ids = [queued(office, text="private words") for _ in range(4)]
        sender.fail(SendingFailed("21211", again=False), ValueError(MOBILE), OptedOut(MOBILE))
        deliver(office, sender)
        assert MOBILE not in caplog.text
        assert "private" not in caplog.text
        assert all(message_id in caplog.text for message_id in ids[:3])
        assert "21211" in caplog.text


class TestLeases:
    def test_a_claim_is_let_go_when_its_holder_died(
        self, office: Office, clock: FixedClock, sender: ScriptedSender
    ) -> None:
        class Dying:
            def send(self, message: Outgoing) -> str:
                raise KeyboardInterrupt

        message_id = queued(office)
        with pytest.raises(KeyboardInterrupt):
            deliver(office, Dying())
        assert deliver(office, sender) == 0
        clock.advance(LEASE)
        assert deliver(office, sender) == 1
        assert message(office, message_id).attempts == 2
        assert len(sender.taken) == 1

    def test_a_message_that_ends_every_process_is_given_up(
        self, office: Office, clock: FixedClock, sender: ScriptedSender
    ) -> None:
        class Dying:
            def send(self, message: Outgoing) -> str:
                raise KeyboardInterrupt

        message_id = queued(office)
        for _ in range(ATTEMPTS):
            with pytest.raises(KeyboardInterrupt):
                deliver(office, Dying())
            clock.advance(LEASE)
        assert deliver(office, sender) == 1
        found = message(office, message_id)
        assert (found.state, found.problem) == (Delivery.FAILED, "no_result")
        assert sender.taken == []

    def test_what_a_slow_sender_does_not_get_round_to_is_put_back(
        self, office: Office, clock: FixedClock
    ) -> None:
        class Slow(ScriptedSender):
            def send(self, message: Outgoing) -> str:
                clock.advance(timedelta(seconds=50))
                return super().send(message)

        ids = [queued(office) for _ in range(4)]
        slow = Slow()
        assert deliver(office, slow) == 4
        assert [one.id for one in slow.taken] == ids[:2]
        assert [message(office, one).attempts for one in ids] == [1, 1, 0, 0]
        assert deliver(office, slow) == 2
        assert [one.id for one in slow.taken] == ids

    def test_a_failure_noticed_late_does_not_disturb_who_tries_meanwhile(
        self, office: Office, clock: FixedClock
    ) -> None:
        class Late(ScriptedSender):
            def send(self, message: Outgoing) -> str:
                clock.advance(LEASE)
                deliver(office, ScriptedSender())
                raise SendingFailed("timeout", again=True)

        message_id = queued(office)
        deliver(office, Late())
        found = message(office, message_id)
        assert (found.state, found.attempts, found.problem) == (Delivery.SENT, 2, None)

    def test_a_result_is_recorded_though_the_store_is_busy_for_a_moment(
        self, clock: FixedClock, sender: ScriptedSender
    ) -> None:
        store = StumblingStore()
        office = make_office(clock=clock, store=store)
        first, second = queued(office), queued(office)
        # The claim goes well, then the results of the first cannot be written at first.
        store.fails_after = 1
        store.failures = 2
        assert deliver(office, sender) == 2
        assert message(office, first).state is Delivery.SENT
        assert message(office, second).state is Delivery.SENT

    def test_a_result_that_cannot_be_recorded_does_not_stop_the_rest(
        self, clock: FixedClock, sender: ScriptedSender
    ) -> None:
        store = StumblingStore()
        office = make_office(clock=clock, store=store)
        first, second = queued(office), queued(office)
        store.fails_after = 1
        store.failures = 3
        assert deliver(office, sender) == 2
        assert message(office, first).state is Delivery.QUEUED
        assert message(office, second).state is Delivery.SENT


class StumblingStore(MemoryStore):
    """Is busy for some writing units, after some that went well."""

    fails_after = 0
    failures = 0

    def begin(self, *, reading: bool = False) -> Any:
        if not reading and self.failures:
            if self.fails_after == 0:
                self.failures -= 1
                raise Busy("stumbled")
            self.fails_after -= 1
        return super().begin(reading=reading)
