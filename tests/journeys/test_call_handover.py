"""Callers are put through to agents' telephones at the running product."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.agents import Agent, in_time
from tests.journeys.conftest import Staff
from tests.journeys.exchange import (
    AGENT_PHONE,
    CALLER,
    Exchange,
    arranges_a_callback,
    is_brought_back,
    line,
    telephones,
)
from tests.journeys.test_phone import POTHOLE
from tests.product import Product
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


def test_a_caller_who_hangs_up_stops_the_ringing(exchange: Exchange) -> None:
    caller = exchange.wants_a_person()
    caller.call.hang_up()
    in_time(lambda: not exchange.handset.rings)
    assert caller.talk["mode"] == "closed"
    assert not exchange.waits(caller)
