"""The queue's rules: who is there, how long it takes, and waits that end without a person."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from casework.adapters.surroundings import FixedClock
from casework.domain.conversations import Channel, Mode
from casework.domain.handoffs import HandoffState
from casework.domain.staff import Availability, Role
from casework.use_cases.accept_handoff import accept_handoff
from casework.use_cases.find_conversation import conversation_of_texter
from casework.use_cases.office import Office
from casework.use_cases.staffing import expected_wait, staffed
from casework.use_cases.wait_over import end_wait, end_waits
from tests.office import LONDON, Talk, make_office, on_duty

LONG = timedelta(minutes=30)
TEXTER = "+447700900123"


@pytest.fixture
def office() -> Office:
    return make_office()


def is_staffed(office: Office, channel: Channel | None = None) -> bool:
    with office.store.begin(reading=True) as work:
        return staffed(office, work, channel)


def advance(office: Office, **by: float) -> None:
    assert isinstance(office.clock, FixedClock)
    office.clock.advance(timedelta(**by))


def queued(office: Office, channel: Channel = Channel.WEB) -> Talk:
    talk = Talk(office, channel, caller=TEXTER if channel is not Channel.WEB else None)
    talk.presses("speak_to_agent")
    assert talk.conversation.mode is Mode.QUEUED
    return talk


@pytest.mark.parametrize(
    ("role", "availability", "there"),
    [
        (Role.AGENT, Availability.AVAILABLE, True),
        (Role.AGENT, Availability.BUSY, True),
        (Role.SUPERVISOR, Availability.AVAILABLE, True),
        (Role.AGENT, Availability.AWAY, False),
        (Role.BACK_OFFICE, Availability.AVAILABLE, False),
    ],
)
def test_staffed_is_by_who_is_at_work(
    office: Office, role: Role, availability: Availability, there: bool
) -> None:
    assert not is_staffed(office)
    on_duty(office, role=role, availability=availability)
    assert is_staffed(office) is there


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 24, 8, 59, tzinfo=LONDON),
        datetime(2026, 11, 24, 17, 0, tzinfo=LONDON),
        datetime(2026, 11, 22, 12, 0, tzinfo=LONDON),
        datetime(2026, 12, 25, 12, 0, tzinfo=LONDON),
    ],
)
def test_nobody_is_there_out_of_hours(moment: datetime) -> None:
    office = make_office(moment)
    on_duty(office)
    assert not is_staffed(office)


def test_on_the_telephone_it_takes_somebody_who_can_be_rung(office: Office) -> None:
    on_duty(office)
    assert not is_staffed(office, Channel.VOICE)
    on_duty(office, "Ben", phone="+441752000001")
    assert is_staffed(office, Channel.VOICE)


@pytest.mark.parametrize(
    ("agents", "place", "minutes"), [(1, 1, 10), (1, 2, 20), (2, 1, 5), (3, 4, 15), (20, 1, 5)]
)
def test_the_wait_is_rounded_up_and_shared(
    office: Office, agents: int, place: int, minutes: int
) -> None:
    for number in range(agents):
        on_duty(office, f"Agent {number}")
    with office.store.begin(reading=True) as work:
        assert expected_wait(office, work, place) == minutes


def test_a_wait_goes_on_while_somebody_may_come(office: Office) -> None:
    on_duty(office)
    talk = queued(office)
    advance(office, minutes=29)
    assert end_waits(office, LONG) == []
    assert talk.handoff.state is HandoffState.WAITING


@pytest.mark.parametrize(
    ("hours", "words"), [(0.6, "in all this time"), (7.0, "we have closed for today")]
)
def test_a_wait_too_long_or_closed_on_becomes_a_call(
    office: Office, hours: float, words: str
) -> None:
    on_duty(office)
    talk = queued(office)
    advance(office, hours=hours)
    assert end_waits(office, LONG) == [talk.id]
    assert end_waits(office, LONG) == []
    told, asked = [message.said for message in talk.transcript[-2:]]
    assert words in told.text
    assert asked.asks == "name"
    assert talk.handoff.state is HandoffState.CALLBACK
    assert talk.conversation.mode is Mode.BOT
    talk.answers("Priya Shah", "07700 900123", "tomorrow morning", "my rent", "yes")
    assert [case.service for case in talk.cases] == ["callback"]


def test_when_the_last_agent_goes_the_wait_is_over(office: Office) -> None:
    on_duty(office)
    talk = queued(office)
    on_duty(office, availability=Availability.AWAY)
    assert end_waits(office, LONG) == [talk.id]
    assert "nobody can come" in talk.transcript[-2].said.text


def test_a_texter_is_told_by_text_once(office: Office) -> None:
    on_duty(office)
    talk = queued(office, Channel.SMS)
    advance(office, hours=7)
    end_waits(office, LONG)
    with office.store.begin(reading=True) as work:
        (text,) = work.outbox.queued_to(TEXTER)
    assert "we have closed for today" in text.text
    assert talk.transcript[-1].said.text in text.text


def test_a_taken_one_does_not_wait(office: Office) -> None:
    agent = on_duty(office)
    talk = queued(office)
    accept_handoff(office, agent, talk.handoff.id)
    advance(office, hours=7)
    assert end_waits(office, LONG) == []
    assert end_wait(office, talk.handoff.id) is None
    assert talk.conversation.mode is Mode.AGENT


def test_whoever_is_in_danger_is_not_given_up_while_somebody_may_come(office: Office) -> None:
    on_duty(office)
    talk = queued(office)
    talk.says("my house is on fire")
    advance(office, minutes=45)
    assert end_waits(office, LONG) == []
    advance(office, hours=7)
    assert end_waits(office, LONG) == [talk.id]


def test_callers_are_left_to_the_telephone(office: Office) -> None:
    on_duty(office, phone="+441752000001")
    talk = queued(office, Channel.VOICE)
    advance(office, hours=7)
    assert end_waits(office, LONG) == []
    assert end_wait(office, talk.handoff.id) == talk.conversation
    assert talk.conversation.mode is Mode.BOT


def test_a_run_of_texts_lasts_while_a_person_is_waited_for(office: Office) -> None:
    on_duty(office)
    talk = queued(office, Channel.SMS)
    advance(office, hours=30)
    found = conversation_of_texter(office, TEXTER, timedelta(hours=24))
    assert found is not None
    assert found.id == talk.id
