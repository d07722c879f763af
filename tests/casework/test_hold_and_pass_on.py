"""An agent puts a caller on hold, and passes residents on to other teams' people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework.adapters.scripted_calls import ScriptedCalls
from casework.domain.conversations import Channel, Mode
from casework.domain.errors import (
    CallerGone,
    Conflict,
    Invalid,
    NobodyThere,
    RungBack,
    SendingFailed,
)
from casework.domain.handoffs import HandoffState
from casework.domain.staff import Availability, Role, StaffMember
from casework.ports.calls import CallHolding
from casework.use_cases.accept_handoff import accept_handoff
from casework.use_cases.close_handoff import close_handoff
from casework.use_cases.end_calls import note_reached
from casework.use_cases.hand_back import hand_back
from casework.use_cases.office import Office
from casework.use_cases.pass_on import pass_on, teams_there
from casework.use_cases.put_on_hold import can_hold, put_on_hold, take_off_hold
from casework.use_cases.ring_agents import ring_next
from tests.casework.desk import KIM, SAM, handoff_of, newest, taken, waiting
from tests.office import Talk, flaws, make_office, values_of

HOPE = StaffMember(
    "hope", "Hope Carne", Role.AGENT, "hash-hope", ("housing",), "+441632960777",
    Availability.AVAILABLE,
)  # fmt: skip


@pytest.fixture
def office() -> Office:
    return make_office()


def employ(office: Office, member: StaffMember) -> None:
    with office.store.begin() as work:
        work.staff.save(member)


def in_a_call(office: Office) -> Talk:
    talk = taken(office, Channel.VOICE, caller="+447700900123", call_sid="CA1")
    with office.store.begin() as work:
        work.handoffs.save(replace(work.handoffs.get("h1"), call="leg"))
    return talk


def test_a_caller_is_held_and_taken_off_hold_and_twice_is_as_once(office: Office) -> None:
    talk, calls = in_a_call(office), ScriptedCalls()
    assert isinstance(calls, CallHolding)
    assert can_hold(talk.conversation, handoff_of(office), calls)
    for _ in range(2):
        assert put_on_hold(office, SAM, "h1", calls).held_at == office.clock.now()
        assert calls.held == {"CA1"}
    for _ in range(2):
        assert take_off_hold(office, SAM, "h1", calls).held_at is None
        assert calls.held == set()
    assert handoff_of(office).state is HandoffState.TAKEN


def test_only_whose_call_it_is_may_hold_it_and_only_calls_can_be_held(office: Office) -> None:
    in_a_call(office)
    calls = ScriptedCalls()
    with pytest.raises(Conflict):
        put_on_hold(office, KIM, "h1", calls)
    with pytest.raises(Conflict):
        put_on_hold(office, SAM, "h1", None)
    assert calls.held == set()
    other = make_office()
    chat = taken(other)
    assert not can_hold(chat.conversation, handoff_of(other), calls)
    with pytest.raises(Conflict):
        put_on_hold(other, SAM, "h1", calls)


def test_what_the_carrier_did_not_do_is_not_shown_as_done(office: Office) -> None:
    in_a_call(office)
    calls = ScriptedCalls()
    calls.down = True
    with pytest.raises(SendingFailed):
        put_on_hold(office, SAM, "h1", calls)
    assert handoff_of(office).held_at is None
    calls.down = False
    calls.over.add("CA1")
    with pytest.raises(CallerGone):
        put_on_hold(office, SAM, "h1", calls)
    assert handoff_of(office).held_at is None


def test_a_chat_is_passed_on_with_all_that_is_known_and_keeps_its_place(office: Office) -> None:
    talk = taken(office)
    employ(office, HOPE)
    before = handoff_of(office)
    pass_on(office, SAM, "h1", "housing", "Damp in the kitchen as well.")
    now = handoff_of(office)
    assert (now.state, now.team, now.agent) == (HandoffState.WAITING, "housing", None)
    assert now.created_at == before.created_at
    assert [(note.by, note.text) for note in now.notes][-1] == (
        "Sam Pole", "Damp in the kitchen as well.",
    )  # fmt: skip
    assert talk.conversation.mode is Mode.QUEUED
    assert office.council.teams["housing"].name in newest(talk).said.text
    assert {choice.value for choice in newest(talk).said.choices} == {"callback", "go_on"}
    assert flaws(talk) == []
    assert accept_handoff(office, HOPE, "h1").agent == "hope"
    with pytest.raises(Conflict):
        pass_on(office, SAM, "h1", "housing")


def test_it_is_passed_on_only_to_a_team_that_has_somebody_there(office: Office) -> None:
    talk = taken(office)
    for away in (
        replace(HOPE, availability=Availability.AWAY),
        replace(HOPE, role=Role.BACK_OFFICE),
        replace(HOPE, teams=("waste",)),
    ):
        employ(office, away)
        with pytest.raises(NobodyThere):
            pass_on(office, SAM, "h1", "housing")
    with pytest.raises(Invalid):
        pass_on(office, SAM, "h1", "nowhere")
    assert handoff_of(office).state is HandoffState.TAKEN
    assert talk.conversation.mode is Mode.AGENT


def test_a_caller_passed_on_goes_back_to_waiting_and_that_team_is_rung(office: Office) -> None:
    talk, calls = in_a_call(office), ScriptedCalls()
    employ(office, HOPE)
    with office.store.begin() as work:
        work.staff.save(replace(KIM, phone="+441632960700", availability=Availability.AVAILABLE))
    put_on_hold(office, SAM, "h1", calls)
    pass_on(office, SAM, "h1", "housing", None, calls)
    assert calls.brought_back == ["CA1"]
    assert handoff_of(office).held_at is None
    assert talk.conversation.mode is Mode.QUEUED
    rung = ring_next(office, calls, "h1")
    assert rung is not None
    assert rung.id == "hope"


def test_on_the_telephone_only_those_who_can_be_rung_count(office: Office) -> None:
    taken(office)
    employ(office, replace(HOPE, phone=None))
    with office.store.begin(reading=True) as work:
        assert teams_there(office, work, SAM, Channel.WEB) == ["housing"]
        assert teams_there(office, work, SAM, Channel.VOICE) == []
        assert teams_there(office, work, HOPE, Channel.WEB) == []


def test_when_that_team_does_not_answer_the_caller_hears_the_truth(office: Office) -> None:
    talk, calls = in_a_call(office), ScriptedCalls()
    employ(office, HOPE)
    pass_on(office, SAM, "h1", "housing", None, calls)
    employ(office, replace(HOPE, availability=Availability.AWAY))
    assert ring_next(office, calls, "h1") is None
    assert handoff_of(office).state is HandoffState.CALLBACK
    assert talk.conversation.mode is Mode.BOT
    assert "ring you" in " ".join(line.said.text for line in talk.transcript[-3:])


def rung_back(office: Office, *, reached: bool = False) -> Talk:
    """A caller who put the telephone down and kept the place, and whom Sam now rings."""
    talk = waiting(office, Channel.VOICE, caller="+447700900123", call_sid="CA1")
    with office.store.begin() as work:
        work.handoffs.save(replace(work.handoffs.get("h1"), ring_back="+447700900123"))
        work.conversations.save(replace(work.conversations.get(talk.id), mode=Mode.CLOSED))
    accept_handoff(office, SAM, "h1")
    if reached:
        note_reached(office, "h1", "s")
    return talk


@pytest.mark.parametrize("reached", [False, True])
def test_a_caller_who_is_rung_back_cannot_be_moved_about(office: Office, reached: bool) -> None:
    talk, calls = rung_back(office, reached=reached), ScriptedCalls()
    employ(office, HOPE)
    before = handoff_of(office)
    for move in (
        lambda: pass_on(office, SAM, "h1", "housing", None, calls),
        lambda: hand_back(office, SAM, "h1", calls),
        lambda: put_on_hold(office, SAM, "h1", calls),
    ):
        with pytest.raises(RungBack):
            move()
    assert handoff_of(office) == before
    assert talk.conversation.mode is Mode.AGENT
    assert calls.brought_back == []


def test_closed_before_they_were_reached_the_team_still_rings_them(office: Office) -> None:
    talk, calls = rung_back(office), ScriptedCalls()
    close_handoff(office, SAM, "h1", calls)
    assert handoff_of(office).state is HandoffState.CALLBACK
    (case,) = talk.cases
    assert values_of(case)["phone"] == "+447700900123"
    assert talk.conversation.mode is Mode.CLOSED


def test_closed_after_they_were_reached_it_is_over(office: Office) -> None:
    talk, calls = rung_back(office, reached=True), ScriptedCalls()
    close_handoff(office, SAM, "h1", calls)
    assert handoff_of(office).state is HandoffState.ENDED
    assert talk.cases == []


def test_closing_twice_a_call_back_that_reached_nobody_tries_the_agents_call_again(
    office: Office,
) -> None:
    rung_back(office)
    with office.store.begin() as work:
        work.handoffs.save(replace(work.handoffs.get("h1"), call="CAleg"))
    calls = ScriptedCalls()
    calls.ringing["CAleg"] = ("h1", "s", "+441752000001")
    calls.down = True
    with pytest.raises(SendingFailed):
        close_handoff(office, SAM, "h1", calls)
    assert calls.ringing
    calls.down = False
    assert close_handoff(office, SAM, "h1", calls).state is HandoffState.CALLBACK
    assert calls.ringing == {}
