"""Hold and passing on, at the desk and by the staff API."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework.adapters.scripted_calls import ScriptedCalls
from casework.domain.conversations import Channel
from casework.domain.staff import Availability, Role, StaffMember
from casework.use_cases.accept_handoff import accept_handoff
from casework.use_cases.end_calls import note_reached
from casework.use_cases.office import Office
from tests.casework.desk import handoff_of
from tests.desk.agents import Agent, Residents, make_app

ONE = "/conversations/h1"


@pytest.fixture
def calls() -> ScriptedCalls:
    return ScriptedCalls()


@pytest.fixture
def sam(office: Office, calls: ScriptedCalls) -> Agent:
    return Agent(make_app(office, calls=calls).test_client(), "Sam Taylor")


def in_a_call(office: Office, residents: Residents) -> None:
    residents.waits(channel=Channel.VOICE, caller="+447700900123", call_sid="CA1")
    with office.store.begin() as work:
        member = work.staff.by_name("Sam Taylor")
    assert member is not None
    accept_handoff(office, member, "h1")


def employ(office: Office, name: str = "Hope Carne", **about: object) -> None:
    member = StaffMember("hope", name, Role.AGENT, "hash-hope", ("housing",))
    present = replace(member, availability=Availability.AVAILABLE, phone="+441632960777")
    with office.store.begin() as work:
        work.staff.save(replace(present, **about))  # type: ignore[arg-type]


def test_a_caller_is_held_and_talked_with_again(
    sam: Agent, calls: ScriptedCalls, office: Office, residents: Residents
) -> None:
    in_a_call(office, residents)
    assert "Put the caller on hold" in sam.sees(ONE)
    page = sam.posts(f"{ONE}/hold", ONE, hold="yes").text
    assert "The caller is on hold" in page
    assert "Talk with the caller again" in page
    assert calls.held == {"CA1"}
    assert "talking with the caller again" in sam.posts(f"{ONE}/hold", ONE, hold="no").text
    assert calls.held == set()


def test_a_carrier_that_does_not_hold_is_told_of(
    sam: Agent, calls: ScriptedCalls, office: Office, residents: Residents
) -> None:
    in_a_call(office, residents)
    calls.down = True
    assert "did not do this" in sam.posts(f"{ONE}/hold", ONE, hold="yes").text
    calls.down = False
    calls.over.add("CA1")
    assert "The caller has hung up." in sam.posts(f"{ONE}/hold", ONE, hold="yes").text


def test_chats_are_not_held(sam: Agent, office: Office, residents: Residents) -> None:
    residents.waits()
    sam.posts(f"{ONE}/accept")
    assert "on hold" not in sam.sees(ONE)
    assert "is at work now" in sam.sees(ONE)


def test_a_conversation_is_passed_on_and_the_queue_says_for_whom(
    sam: Agent, office: Office, residents: Residents
) -> None:
    residents.waits()
    employ(office)
    sam.posts(f"{ONE}/accept")
    page = sam.posts(f"{ONE}/pass-on", ONE, team="housing", note="About the damp").text
    assert "Passed on." in page
    assert f"For {office.council.teams['housing'].label}" in page
    assert handoff_of(office).team == "housing"
    assert "About the damp" in sam.sees(ONE)


def test_a_team_that_has_gone_home_meanwhile_is_told_of_and_nothing_is_lost(
    sam: Agent, office: Office, residents: Residents
) -> None:
    residents.waits()
    employ(office)
    sam.posts(f"{ONE}/accept")
    form = sam.form(ONE, f"{ONE}/pass-on")
    employ(office, availability=Availability.AWAY)
    answer = sam.client.post(
        f"/desk{ONE}/pass-on", data={**form, "team": "housing", "note": "About the damp"}
    )
    assert answer.status_code == 409
    assert "Nobody of that team" in answer.text


def test_the_desk_shows_how_a_call_stands(sam: Agent, office: Office, residents: Residents) -> None:
    residents.waits(channel=Channel.VOICE, caller="+447700900123", call_sid="CA1")
    assert "Waiting on the line" in sam.sees(ONE)
    with office.store.begin() as work:
        work.handoffs.save(replace(work.handoffs.get("h1"), ring_back="+447700900123"))
    assert "to be rung back in turn" in sam.sees(ONE)
    assert "kept the place" in sam.sees("")
    with office.store.begin() as work:
        member = work.staff.by_name("Sam Taylor")
    assert member is not None
    accept_handoff(office, member, "h1")
    assert "Being rung back" in sam.sees(ONE)
    note_reached(office, "h1", member.id)
    assert "Talking with an agent" in sam.sees(ONE)


def test_a_call_on_hold_is_shown_as_such(sam: Agent, office: Office, residents: Residents) -> None:
    in_a_call(office, residents)
    assert "Call: Talking with an agent" in sam.sees(ONE)
    sam.posts(f"{ONE}/hold", ONE, hold="yes")
    assert "Call: On hold" in sam.sees(ONE)


def test_a_caller_rung_back_is_not_passed_on_and_the_desk_says_why(
    sam: Agent, office: Office, residents: Residents
) -> None:
    in_a_call(office, residents)
    employ(office)
    form = sam.form(ONE, f"{ONE}/pass-on")
    with office.store.begin() as work:
        work.handoffs.save(replace(work.handoffs.get("h1"), ring_back="+447700900123"))
    page = sam.sees(ONE)
    assert "cannot be passed on" in page
    assert "Choose a team" not in page
    assert "Put the caller on hold" not in page
    assert "Hand back to the assistant" not in page
    refused = sam.client.post(f"/desk{ONE}/pass-on", data={**form, "team": "housing"})
    assert refused.status_code == 409
    assert "rung back on your own call" in refused.text
