"""Who waits, who is at work, and what becomes of those whom somebody leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.adapters.surroundings import FixedClock
from casework.domain.cases import CaseStatus, Verification
from casework.domain.conversations import Author, Channel, Mode
from casework.domain.errors import Conflict, NotAllowed
from casework.domain.handoffs import HandoffReason, HandoffState
from casework.use_cases.accept_handoff import accept_handoff
from casework.use_cases.close_silent import close_silent
from casework.use_cases.keep_alive import keep_alive
from casework.use_cases.leave_by_resident import leave_by_resident
from casework.use_cases.office import Office
from casework.use_cases.queue_rows import read_queue, read_row
from casework.use_cases.read_context import Done, read_context
from casework.use_cases.read_staff import read_team
from casework.use_cases.take_up_abandoned import take_up_abandoned
from tests.casework.desk import (
    BO,
    KIM,
    MOBILE,
    SAM,
    enqueue,
    handoff_of,
    newest,
    taken,
    team,
    waiting,
)
from tests.office import NOW, Talk, make_office

AFTER = timedelta(minutes=2)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def office(clock: FixedClock) -> Office:
    return make_office(clock=clock)


def test_a_desk_that_is_open_keeps_what_it_has(office: Office, clock: FixedClock) -> None:
    talk = taken(office)
    clock.advance(AFTER)
    keep_alive(office, SAM)
    clock.advance(AFTER)
    assert take_up_abandoned(office, AFTER) == 0
    clock.advance(timedelta(seconds=1))
    keep_alive(office, KIM)
    assert take_up_abandoned(office, AFTER) == 1
    assert take_up_abandoned(office, AFTER) == 0
    handoff = handoff_of(office)
    assert (handoff.state, handoff.agent) == (HandoffState.WAITING, None)
    assert handoff.created_at == NOW
    assert talk.conversation.mode is Mode.QUEUED
    assert newest(talk).author is Author.BOT
    assert newest(talk).said.asks == "offer"
    assert [one.value for one in newest(talk).said.choices] == ["callback", "go_on"]
    assert accept_handoff(office, KIM, "h1").agent == KIM.id


def test_a_call_is_nobodys_desk(office: Office, clock: FixedClock) -> None:
    taken(office, Channel.VOICE, caller=MOBILE)
    clock.advance(AFTER * 2)
    assert take_up_abandoned(office, AFTER) == 0


def test_whoever_waits_or_has_a_person_is_never_taken_for_silent(
    office: Office, clock: FixedClock
) -> None:
    waiting(office)
    clock.advance(timedelta(days=1))
    assert close_silent(office, Channel.WEB, AFTER) == 0
    accept_handoff(office, SAM, "h1")
    clock.advance(timedelta(days=1))
    assert close_silent(office, Channel.WEB, AFTER) == 0


def test_a_resident_who_leaves_is_waited_for_no_more(office: Office) -> None:
    talk = taken(office)
    for expected in (HandoffState.GONE, None):
        with office.store.begin() as work:
            work.conversations.get(talk.id)
            gone = leave_by_resident(office, work, talk.id)
        assert (gone.state if gone else None) == expected
    assert handoff_of(office).ended_at == office.clock.now()
    with pytest.raises(Conflict):
        accept_handoff(office, SAM, "h1")


def test_the_queue_says_who_waits_how_long_and_for_what(office: Office, clock: FixedClock) -> None:
    waiting(office)
    clock.advance(timedelta(seconds=90))
    other = Talk(office)
    other.says("the lamp in our street is dark")
    other.says("I want to talk to a person")
    enqueue(other, "h2")
    first, second = read_queue(office, SAM)
    assert (first.place, second.place) == (1, 2)
    assert (first.waited, second.waited) == (timedelta(seconds=90), timedelta())
    assert first.line == "my bin was missed"
    assert first.title == office.council.service("missed_bin").title
    assert (second.line, second.agent) == ("the lamp in our street is dark", None)
    accept_handoff(office, SAM, "h1")
    clock.advance(AFTER)
    first, second = read_queue(office, KIM)
    assert (first.place, first.agent, first.waited) == (0, SAM.name, timedelta(seconds=90))
    assert (second.place, second.waited) == (1, AFTER)
    assert read_row(office, SAM, "h2") == second
    with pytest.raises(NotAllowed):
        read_queue(office, BO)


def test_the_team_is_shown_to_those_who_talk_to_residents(office: Office) -> None:
    team(office)
    assert read_team(office, SAM) == [BO, KIM, SAM]
    with pytest.raises(NotAllowed):
        read_team(office, BO)


def test_an_agent_sees_all_of_it_in_one_go(office: Office, clock: FixedClock) -> None:
    team(office)
    talk = Talk(office, Channel.SMS, caller=MOBILE)
    talk.says("how can I pay my council tax", "council_tax_pay")
    talk.says("there is a pothole outside 14 Elm Road and it is deep", "pothole")
    talk.says("blah")
    enqueue(talk, reason=HandoffReason.NOT_UNDERSTOOD)
    clock.advance(AFTER)
    seen = read_context(office, SAM, "h1")
    assert (seen.handoff, seen.conversation) == (handoff_of(office), talk.conversation)
    assert seen.who == {"phone": MOBILE}
    assert seen.verification is Verification.NOT_NEEDED
    assert seen.line == "there is a pothole outside 14 Elm Road and it is deep"
    assert seen.title == office.council.service("pothole").title
    assert seen.why is HandoffReason.NOT_UNDERSTOOD
    paying = office.council.service("council_tax_pay").title
    assert seen.done == (Done("council_tax_pay", paying),)
    assert seen.draft == talk.draft
    assert seen.draft is not None
    assert seen.asking == seen.draft.asking
    assert {one.field for one in seen.captured} == set(talk.values)
    assert seen.messages == tuple(talk.transcript)
    assert (seen.waited, seen.agent, seen.open_cases) == (AFTER, None, ())
    assert accept_handoff(office, SAM, "h1").agent
    assert read_context(office, KIM, "h1").agent == SAM.name


def test_cases_that_were_opened_are_done_and_shown_until_they_are_closed(office: Office) -> None:
    team(office)
    talk = Talk(office)
    talk.says("I want to report a pothole", "pothole")
    talk.answers(
        "Elm Road in Mutley near the post office", "as wide as a plate", "no", "skip", "[yes]"
    )
    (case,) = talk.cases
    enqueue(talk)
    seen = read_context(office, SAM, "h1")
    assert [str(one) for one in seen.done] == [
        f"{office.council.service('pothole').title}: {case.ref}"
    ]
    assert seen.open_cases == (case,)
    with office.store.begin() as work:
        work.cases.save(replace(work.cases.get(case.ref), status=CaseStatus.FIXED))
    assert read_context(office, SAM, "h1").open_cases == ()
