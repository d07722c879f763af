"""Callers are put through to agents' telephones at the running product."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from telephony.browser_phone_files import SDK
from tests.journeys.agents import Agent, in_time
from tests.journeys.conftest import Staff
from tests.journeys.desk import Desk
from tests.journeys.exchange import (
    AGENT_PHONE,
    CALLER,
    OTHER_PHONE,
    Exchange,
    arranges_a_callback,
    is_brought_back,
    line,
    telephones,
)
from tests.journeys.phones import ring_through
from tests.journeys.test_identity import KNOWN
from tests.journeys.test_phone import POTHOLE
from tests.product import TOP, Product
from tests.twilio_stand_in.handset import BrowserPhone, Handset
from tests.twilio_stand_in.rest import TwilioRest


@pytest.fixture
def exchange(
    product: Product, staff: Staff, carrier_of_all: TwilioRest, agents: tuple[Agent, Agent]
) -> Iterator[Exchange]:
    with telephones(product, staff, carrier_of_all, agents[0]) as found:
        yield found


def test_an_agent_takes_the_call_and_both_are_in_one_room(exchange: Exchange) -> None:
    caller, handset = exchange.wants_a_person(), exchange.handset
    assert exchange.row(caller)["state"] == "ringing"
    brief = handset.answers().text
    assert "pothole" in brief.lower()
    assert "not verified" in brief
    assert "through to the caller" in handset.presses("1").text
    in_time(lambda: handset.talks_to == [CALLER])
    assert line(caller).talks_to == [AGENT_PHONE]
    assert caller.talk["mode"] == "agent"
    taken = exchange.row(caller)
    assert taken["state"] == "taken"
    assert taken["agent"] == exchange.agent.name
    handset.hangs_up()
    heard = is_brought_back(caller)
    assert "has left the call" in heard
    assert "go back to your pothole report?" in heard
    assert caller.talk["mode"] == "bot"
    assert not exchange.waits(caller)
    caller.says("yes please")
    caller.tells(POTHOLE[1:])
    caller.says("yes that's right")
    case = exchange.staff.case(caller.refs[-1])
    assert case["fields"]["location"]["street"] == "Elm Road"
    assert case["field_details"]["location"]["source"] == "said"


def test_an_agent_fills_a_field_and_hands_back_and_the_assistant_finishes(
    exchange: Exchange,
) -> None:
    caller, handset, agent = exchange.wants_a_person(), exchange.handset, exchange.agent
    handset.answers()
    handset.presses("1")
    handoff = exchange.row(caller)["id"]
    asked, described = POTHOLE[1]
    given = agent.http.patch(f"/queue/{handoff}/fields", json={"field": asked, "value": described})
    assert given.status_code == 200, given.text
    assert agent.does(handoff, "return").json()["state"] == "returned"
    heard = is_brought_back(caller)
    assert "automated assistant again" in heard
    in_time(lambda: handset.call is not None and handset.call.over)
    assert caller.asked == POTHOLE[2][0]
    caller.tells(POTHOLE[2:])
    caller.says("yes that's right")
    case = exchange.staff.case(caller.refs[-1])
    assert case["service"] == "pothole"
    assert case["fields"]["location"]["street"] == "Elm Road"
    assert case["fields"][asked] == described
    assert case["field_details"][asked]["source"] == "agent"
    assert case["field_details"]["danger"]["source"] == "said"
    assert agent.does(handoff, "return").status_code == 200


def test_an_agent_closes_the_call_and_the_caller_hears_a_goodbye(exchange: Exchange) -> None:
    caller, handset, agent = exchange.wants_a_person(), exchange.handset, exchange.agent
    handset.answers()
    handset.presses("1")
    handoff = exchange.row(caller)["id"]
    assert agent.does(handoff, "close").json()["state"] == "ended"
    in_time(lambda: line(caller).over)
    assert f"{agent.name} has ended this call" in line(caller).news.text
    assert caller.talk["mode"] == "closed"
    assert not exchange.waits(caller)


def test_an_agent_who_declines_leads_to_the_truth_and_a_callback(exchange: Exchange) -> None:
    caller = exchange.wants_a_person()
    exchange.handset.answers()
    assert "ring the next person" in exchange.handset.presses("2").text
    assert "nobody can come to you now" in is_brought_back(caller)
    assert caller.talk["mode"] == "bot"
    assert not exchange.waits(caller)
    case = arranges_a_callback(caller)
    assert case["service"] == "callback"
    assert case["fields"]["name"] == "Priya Shah"


def test_a_phone_that_nobody_answers_leads_to_a_callback(exchange: Exchange) -> None:
    caller = exchange.wants_a_person()
    exchange.handset.does_not_answer()
    assert "nobody can come to you now" in is_brought_back(caller)
    assert caller.talk["mode"] == "bot"
    assert not exchange.handset.rings
    assert arranges_a_callback(caller)["service"] == "callback"


def test_a_caller_who_hangs_up_stops_the_ringing_and_the_team_has_all_that_was_told(
    exchange: Exchange,
) -> None:
    caller = exchange.wants_a_person()
    caller.call.hang_up()
    in_time(lambda: not exchange.handset.rings)
    talk = caller.talk
    assert talk["mode"] == "closed"
    assert not exchange.waits(caller)
    said = [message["text"] for message in talk["messages"] if message["from"] == "resident"]
    assert said[0] == "there's a great big hole in the road"
    assert said[-1] == "can I speak to a person please"
    case = exchange.staff.case(talk["cases"][0])
    assert (case["service"], case["about"], case["team"]) == ("callback", "pothole", "highways")
    assert case["conversation_id"] == talk["id"]
    assert case["fields"]["phone"] == CALLER
    assert case["fields"]["location"]["street"] == "Elm Road"


def test_while_the_telephone_rings_the_desk_shows_it_all_and_the_brief_says_who_was_checked(
    exchange: Exchange,
) -> None:
    exchange.product.run("residents", "import", str(TOP / "council" / "demo" / "residents.csv"))
    caller = ring_through(exchange.product, exchange.staff, exchange.carrier, CALLER)
    caller.says("i've got a new email address")
    caller.tells(KNOWN)
    caller.says("can I speak to a person please")
    in_time(lambda: exchange.handset.rings)
    shown = Desk(exchange.product, exchange.agent).sees(
        f"/conversations/{exchange.row(caller)['id']}"
    )
    assert exchange.row(caller)["state"] == "ringing"
    for words in (
        "i've got a new email address",
        "can I speak to a person",
        "Priya Shah",
        "PL4 7AA",
    ):
        assert words in shown
    brief = exchange.handset.answers().text
    assert "whose identity has been checked" in brief
    assert "Shah" not in brief
    assert "This is Priya Shah" in exchange.handset.presses("1").text


def test_a_caller_in_danger_is_urgent_in_the_brief(exchange: Exchange) -> None:
    caller = ring_through(exchange.product, exchange.staff, exchange.carrier, CALLER)
    assert "999" in caller.says("my stepdad hits me and I'm scared to go home")
    caller.says("yes please")
    in_time(lambda: exchange.handset.rings)
    assert exchange.row(caller)["reason"] == "danger"
    assert exchange.handset.answers().text.startswith("Urgent, somebody may be in danger")


@pytest.mark.skipif(not SDK.exists(), reason="Twilio's SDK is not installed")
def test_an_agents_browser_is_rung_and_takes_the_call(exchange: Exchange) -> None:
    exchange.agent.has_a_phone("browser")
    address = Desk(exchange.product, exchange.agent).address_of_browser()
    browser = BrowserPhone(address, exchange.carrier.switchboard)
    browser.registers()
    caller = exchange.rings()
    caller.says("can I speak to a person please")
    in_time(lambda: browser.rings)
    assert "pothole" in browser.answers().text.lower()
    assert "through to the caller" in browser.presses("1").text
    in_time(lambda: browser.talks_to == [CALLER])
    assert line(caller).talks_to == [address]
    assert caller.talk["mode"] == "agent"
    browser.hangs_up()
    assert "has left the call" in is_brought_back(caller)
    browser.unregisters()


def test_a_call_passed_on_rings_somebody_of_the_other_team_who_knows_it_all(
    exchange: Exchange,
) -> None:
    colleague = Agent(exchange.product, "Jo Trewin", "complaints")
    colleague.is_at_work()
    other = Handset(OTHER_PHONE, exchange.carrier.switchboard)
    caller, handset = exchange.wants_a_person(), exchange.handset
    handset.answers()
    handset.presses("1")
    in_time(lambda: handset.talks_to == [CALLER])
    colleague.has_a_phone(OTHER_PHONE)
    try:
        handoff = exchange.row(caller)["id"]
        passed = exchange.agent.does(
            handoff, "pass-on", team="complaints", note="Wants to claim for a tyre."
        )
        assert passed.status_code == 200, passed.text
        assert "passing you on to" in is_brought_back(caller)
        in_time(lambda: handset.call is not None and handset.call.over)
        in_time(lambda: other.rings)
        assert "pothole" in other.answers().text.lower()
        other.presses("1")
        in_time(lambda: other.talks_to == [CALLER])
    finally:
        colleague.has_a_phone(None)
        colleague.is_at_work("away")
    taken = exchange.row(caller)
    assert (taken["agent"], taken["team"]) == (colleague.name, "complaints")
    shown = Desk(exchange.product, colleague).sees(f"/conversations/{handoff}")
    assert "Wants to claim for a tyre." in shown
    assert "there's a great big hole in the road" in shown
