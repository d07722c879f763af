"""The worker: what it sends, what it does now and then, and how it ends."""

from __future__ import annotations

import email
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

import server.worker
from casework.adapters.migrate import migrate
from casework.adapters.surroundings import FixedClock
from casework.domain.conversations import Channel, Mode
from casework.domain.errors import Busy, NotFound
from casework.domain.outbox import Delivery, Medium, Outgoing
from casework.use_cases.accept_handoff import accept_handoff
from casework.use_cases.office import Office
from connectors.smtp import SmtpMail
from server.carriers import make_senders
from server.composition import make_office as make_real_office
from server.demo_mail import DemoMailbox
from server.settings import read_settings
from server.worker import Chore, Worker, closing_chores, waiting_chores
from telephony.texts_out import TwilioTexts
from tests.office import COUNCIL, NOW, TOP, Talk, make_office, on_duty

TEXT = Outgoing(
    id="m1", medium=Medium.TEXT, to="+447700900123", text="It is booked.",
    created_at=NOW, due_at=NOW, updated_at=NOW,
)  # fmt: skip
MAIL = replace(TEXT, id="e1", medium=Medium.EMAIL, to="amina@home.example", subject="Booked")


@dataclass
class Time:
    """Seconds that pass only in sleep. After `ends` seconds it calls `then`."""

    ends: float
    then: Callable[[], None] = lambda: None
    now: float = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if self.now >= self.ends:
            self.then()


@dataclass
class Carrier:
    """A sender that keeps what it is given."""

    sent: list[str] = field(default_factory=list)
    also: Callable[[], None] = lambda: None

    def send(self, message: Outgoing) -> str:
        self.sent.append(message.id)
        self.also()
        return f"carrier-{message.id}"


def queue(office: Office, *messages: Outgoing) -> None:
    with office.store.begin() as work:
        for message in messages:
            work.outbox.add(message)


def state(office: Office, message_id: str) -> Delivery:
    with office.store.begin(reading=True) as work:
        return work.outbox.get(message_id).state


def run(
    office: Office, senders: Mapping[Medium, Any], *chores: Chore, seconds: float = 1.0
) -> Worker:
    passing = Time(seconds)
    worker = Worker(office, senders, chores, passing, passing.sleep)
    passing.then = worker.stop
    worker.run()
    return worker


def test_everything_due_is_sent_without_a_pause() -> None:
    office, carrier, passing = make_office(), Carrier(), Time(0.1)
    queue(office, *[replace(TEXT, id=f"m{n}") for n in range(25)])
    worker = Worker(office, {Medium.TEXT: carrier}, (), passing, passing.sleep)
    passing.then = worker.stop
    worker.run()
    assert len(carrier.sent) == 25
    assert passing.now == server.worker.LOOKS_EVERY


def test_a_worker_that_is_stopped_ends_after_the_message_in_hand() -> None:
    office, carrier = make_office(), Carrier()
    queue(office, TEXT, replace(TEXT, id="m2"))
    worker = Worker(office, {Medium.TEXT: carrier})
    carrier.also = worker.stop
    worker.run()
    assert carrier.sent == ["m1"]
    assert (state(office, "m1"), state(office, "m2")) == (Delivery.SENT, Delivery.QUEUED)


def test_chores_are_done_at_once_and_then_every_so_often() -> None:
    done: list[str] = []
    run(
        make_office(), {},
        Chore("often", 10.0, lambda: done.append("often")),
        Chore("rarely", 25.0, lambda: done.append("rarely")),
        seconds=30.0,
    )  # fmt: skip
    assert done == ["often", "rarely", "often", "often", "rarely"]


def test_messages_that_never_end_leave_time_for_chores() -> None:
    office, done = make_office(), []
    passing, carrier = Time(1e9), Carrier()

    def another() -> None:
        passing.now += 1.0
        if len(carrier.sent) < 10:
            queue(office, replace(TEXT, id=f"m{len(carrier.sent) + 1}"))
        else:
            worker.stop()

    carrier.also = another
    queue(office, TEXT)
    chore = Chore("every third second", 3.0, lambda: done.append(passing.now))
    worker = Worker(office, {Medium.TEXT: carrier}, [chore], passing, passing.sleep)
    worker.run()
    assert done == [0.0, 3.0, 6.0, 9.0]


def test_a_chore_that_fails_is_logged_by_its_kind_and_done_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tried: list[str] = []

    def fails() -> None:
        tried.append("fails")
        raise NotFound("Amina Demir of 07700 900123")

    run(
        make_office(), {}, Chore("a chore", 2.0, fails),
        Chore("another", 2.0, lambda: tried.append("another")), seconds=3.0,
    )  # fmt: skip
    assert tried == ["fails", "another", "fails", "another"]
    assert [r.getMessage() for r in caplog.records] == ["a chore failed: NotFound"] * 2
    assert "Amina" not in caplog.text


def test_an_outbox_out_of_reach_is_tried_again_later(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object, **__: object) -> int:
        raise Busy("no database")

    office, passing = make_office(), Time(20.0)
    monkeypatch.setattr(server.worker, "deliver_due", fails)
    worker = Worker(office, {}, (), passing, passing.sleep)
    passing.then = worker.stop
    worker.run()
    assert len(caplog.records) == 20 / server.worker.TRIES_AGAIN_AFTER


@pytest.mark.parametrize(
    ("channel", "silent", "closed"),
    [
        (Channel.SMS, timedelta(hours=25), True),
        (Channel.SMS, timedelta(hours=23), False),
        (Channel.VOICE, timedelta(minutes=61), True),
        (Channel.VOICE, timedelta(minutes=59), False),
        (Channel.WEB, timedelta(hours=25), False),
    ],
)
def test_texts_and_calls_that_fell_silent_are_closed(
    channel: Channel, silent: timedelta, closed: bool
) -> None:
    office = make_office()
    talk = Talk(office, channel)
    later = replace(office, clock=FixedClock(NOW + silent))
    run(later, {}, *closing_chores(later))
    assert (talk.conversation.mode is Mode.CLOSED) is closed


def test_nobody_who_writes_is_left_waiting_in_vain() -> None:
    office = make_office()
    agent = on_duty(office)
    waits, has_one = Talk(office), Talk(office)
    for talk in (waits, has_one):
        talk.presses("speak_to_agent")
    accept_handoff(office, agent, has_one.handoff.id)
    later = replace(office, clock=FixedClock(NOW + timedelta(minutes=25)))
    run(later, {}, *waiting_chores(later))
    assert has_one.conversation.mode is Mode.QUEUED
    assert waits.conversation.mode is Mode.QUEUED
    later = replace(office, clock=FixedClock(NOW + timedelta(minutes=31)))
    run(later, {}, *waiting_chores(later))
    assert waits.conversation.mode is Mode.BOT
    assert waits.transcript[-1].said.asks == "name"


def test_only_carriers_that_the_settings_give_all_of_are_used(tmp_path: Path) -> None:
    assert make_senders(read_settings({}, TOP), "Plymouth") == {}
    half = {"TWILIO_ACCOUNT_SID": "AC1", "SMTP_HOST": "mail.example"}
    assert make_senders(read_settings(half, TOP), "Plymouth") == {}
    whole = {**half, "TWILIO_AUTH_TOKEN": "x", "TWILIO_FROM": "+441632960001",
             "MAIL_FROM": "council@plymouth.example"}  # fmt: skip
    made = make_senders(read_settings(whole, TOP), "Plymouth")
    assert {medium: type(sender) for medium, sender in made.items()} == {
        Medium.TEXT: TwilioTexts, Medium.EMAIL: SmtpMail,
    }  # fmt: skip
    assert make_senders(read_settings({"DEMO": "1"}, TOP), "Plymouth").keys() == {Medium.TEXT}


def test_the_demo_keeps_each_mail_as_a_file(tmp_path: Path) -> None:
    with DemoMailbox(tmp_path) as box:
        sender = SmtpMail(box.host, box.port, "a@plymouth.example", "Plymouth", starttls=False)
        sender.send(MAIL)
        sender.send(replace(MAIL, id="e2"))
    with DemoMailbox(tmp_path) as box:
        SmtpMail(box.host, box.port, "a@b.example", "", starttls=False).send(MAIL)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["1.eml", "2.eml", "3.eml"]
    kept = email.message_from_bytes((tmp_path / "1.eml").read_bytes(), policy=default)
    assert kept["To"] == "amina@home.example"
    assert kept.get_content().strip() == "It is booked."


def test_the_demos_worker_sends_mail_and_ends_when_asked(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    migrate(url)
    chosen = {
        "DEMO": "1", "CIVICLINE_VAR": str(tmp_path), "DATABASE_URL": url,
        "COUNCIL_DIR": str(COUNCIL),
    }  # fmt: skip
    office, store = make_real_office(read_settings(chosen, TOP))
    now = office.clock.now()
    queue(office, replace(MAIL, created_at=now, due_at=now, updated_at=now))
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SMTP_", "REDIS_"))}
    worker = subprocess.Popen(
        [sys.executable, "-m", "server.cli", "worker"], cwd=TOP, env={**kept, **chosen},
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        for _ in range(300):
            if state(office, "e1") is Delivery.SENT:
                break
            time.sleep(0.1)
        assert state(office, "e1") is Delivery.SENT
        assert (tmp_path / "demo-mail" / "1.eml").exists()
        worker.send_signal(signal.SIGTERM)
        _, said = worker.communicate(timeout=20)
    finally:
        worker.kill()
        worker.wait()
        store.close()
    assert worker.returncode == 0
    assert "Traceback" not in said
    assert "amina" not in said
