"""Messages to residents that are stopped, and reports on those that were sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.adapters.scripted_sender import ScriptedSender
from casework.adapters.surroundings import FixedClock
from casework.domain.errors import OptedOut, SendingFailed
from casework.domain.outbox import Delivery, Outgoing
from casework.use_cases.office import Office
from casework.use_cases.opt_out import has_opted_out, opt_in, opt_out
from casework.use_cases.record_delivery import record_delivery
from tests.casework.sending import MOBILE, OTHER, deliver, message, queue, queued
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


class TestOptingOut:
    def test_queued_texts_are_stopped_and_nothing_else(
        self, office: Office, sender: ScriptedSender
    ) -> None:
        sent = queued(office)
        deliver(office, sender)
        stopped, theirs = queued(office), queued(office, OTHER)
        email = queued(office, "ann@example.com")
        opt_out(office, MOBILE)
        opt_out(office, MOBILE)
        assert message(office, sent).state is Delivery.SENT
        assert message(office, stopped).state is Delivery.OPTED_OUT
        assert message(office, theirs).state is Delivery.QUEUED
        assert message(office, email).state is Delivery.QUEUED

    def test_whether_a_number_opted_out_can_be_asked(self, office: Office) -> None:
        opt_out(office, MOBILE)
        assert has_opted_out(office, MOBILE)
        assert not has_opted_out(office, OTHER)
        opt_in(office, MOBILE)
        assert not has_opted_out(office, MOBILE)

    def test_a_number_that_opted_out_meanwhile_is_not_sent_to(
        self, office: Office, sender: ScriptedSender
    ) -> None:
        message_id = queued(office)
        with office.store.begin() as work:
            work.opt_outs.add(MOBILE, NOW)
        assert deliver(office, sender) == 1
        assert message(office, message_id).state is Delivery.OPTED_OUT
        assert sender.taken == []

    def test_nor_one_that_does_so_while_others_are_sent(self, office: Office) -> None:
        class OptingOut(ScriptedSender):
            def send(self, message: Outgoing) -> str:
                opt_out(office, OTHER)
                return super().send(message)

        queue(office)
        theirs = queued(office, OTHER)
        sender = OptingOut()
        deliver(office, sender)
        assert [one.to for one in sender.taken] == [MOBILE]
        assert message(office, theirs).state is Delivery.OPTED_OUT

    def test_what_the_carrier_knows_of_is_kept(
        self, office: Office, sender: ScriptedSender
    ) -> None:
        first, second = queued(office), queued(office)
        sender.fail(OptedOut())
        deliver(office, sender)
        assert [message(office, one).state for one in (first, second)] == [
            Delivery.OPTED_OUT, Delivery.OPTED_OUT,
        ]  # fmt: skip
        assert has_opted_out(office, MOBILE)
        assert sender.taken == []

    def test_an_address_that_wants_no_more_is_no_number(self, office: Office) -> None:
        email = ScriptedSender()
        email.fail(OptedOut())
        message_id = queued(office, "ann@example.com")
        deliver(office, ScriptedSender(), email)
        assert message(office, message_id).state is Delivery.OPTED_OUT
        assert not has_opted_out(office, "ann@example.com")


class TestReports:
    @pytest.fixture
    def sent(self, office: Office, sender: ScriptedSender) -> str:
        message_id = queued(office)
        deliver(office, sender)
        return message_id

    def test_a_report_moves_a_message_on(
        self, office: Office, clock: FixedClock, sent: str
    ) -> None:
        clock.advance(SECOND)
        assert record_delivery(office, sent, Delivery.UNDELIVERED, "30003")
        found = message(office, sent)
        assert (found.state, found.problem) == (Delivery.UNDELIVERED, "30003")
        assert (found.provider_id, found.updated_at) == ("sent-1", clock.now())

    @pytest.mark.parametrize(
        ("reports", "ends"),
        [
            (["delivered", "sent"], "delivered"),
            (["sent", "queued"], "sent"),
            (["undelivered", "delivered"], "undelivered"),
            (["delivered", "failed"], "delivered"),
            (["failed", "undelivered"], "failed"),
            (["queued"], "sent"),
        ],
    )
    def test_reports_never_move_it_back(
        self, office: Office, sent: str, reports: list[str], ends: str
    ) -> None:
        for report in reports:
            assert record_delivery(office, sent, Delivery(report))
        assert message(office, sent).state == ends

    def test_a_report_on_a_message_nobody_knows(self, office: Office) -> None:
        assert not record_delivery(office, "nothing", Delivery.DELIVERED)
        assert not record_delivery(office, "nothing", Delivery.FAILED, "21610")

    def test_a_report_that_comes_before_the_answer_stands(self, office: Office) -> None:
        class Quick(ScriptedSender):
            def send(self, message: Outgoing) -> str:
                record_delivery(office, message.id, Delivery.DELIVERED, provider_id="SM1")
                raise SendingFailed("timeout", again=True)

        message_id = queued(office)
        deliver(office, Quick())
        found = message(office, message_id)
        assert (found.state, found.provider_id) == (Delivery.DELIVERED, "SM1")

    def test_the_code_of_an_opt_out_stops_all_texts_to_the_number(
        self, office: Office, sent: str
    ) -> None:
        waiting, theirs = queued(office), queued(office, OTHER)
        assert record_delivery(office, sent, Delivery.FAILED, "21610")
        found = message(office, sent)
        assert (found.state, found.problem) == (Delivery.OPTED_OUT, "21610")
        assert message(office, waiting).state is Delivery.OPTED_OUT
        assert message(office, theirs).state is Delivery.QUEUED
        assert has_opted_out(office, MOBILE)
