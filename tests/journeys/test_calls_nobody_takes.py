"""Callers whom no agent takes, or not at once: each hears the truth and is with somebody's work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.agents import CLOSED, OPEN, Agent, in_time, set_clock
from tests.journeys.conftest import Staff
from tests.journeys.exchange import (
    CALLER,
    OTHER_PHONE,
    Exchange,
    arranges_a_callback,
    is_brought_back,
    line,
    telephones,
)
from tests.journeys.phones import Caller
from tests.product import Product
from tests.twilio_stand_in.handset import Handset
from tests.twilio_stand_in.rest import TwilioRest
from tests.twilio_stand_in.switchboard import ScreenedCall


@pytest.fixture
def exchange(
    product: Product, staff: Staff, carrier_of_all: TwilioRest, agents: tuple[Agent, Agent]
) -> Iterator[Exchange]:
    with telephones(product, staff, carrier_of_all, agents[0]) as found:
        yield found


@pytest.fixture
def other(exchange: Exchange, agents: tuple[Agent, Agent]) -> Iterator[Handset]:
    """The telephone of the second agent."""
    agents[1].has_a_phone(OTHER_PHONE)
    yield Handset(OTHER_PHONE, exchange.carrier.switchboard)
    agents[1].has_a_phone(None)


def test_the_next_agent_is_rung_after_one_who_declines(
    product: Product, exchange: Exchange, other: Handset
) -> None:
    caller = exchange.rings()
    caller.says("can I speak to a person please")
    both = [exchange.handset, other]
    in_time(lambda: any(one.rings for one in both))
    first, second = both if exchange.handset.rings else both[::-1]
    assert not second.rings
    first.answers()
    first.presses("2")
    in_time(lambda: second.rings)
    second.answers()
    second.presses("1")
    in_time(lambda: second.talks_to == [CALLER])
    assert caller.talk["mode"] == "agent"


@pytest.mark.parametrize("how", ["is_busy", "cannot_be_reached", "goes_to_voicemail"])
def test_an_agent_who_cannot_be_had_leads_to_a_callback_with_all_that_was_told(
    exchange: Exchange, how: str
) -> None:
    caller = exchange.wants_a_person()
    getattr(exchange.handset, how)()
    assert "nobody can come to you now" in is_brought_back(caller)
    case = arranges_a_callback(caller)
    assert case["service"] == "callback"
    assert case["fields"]["phone"] == CALLER
    context = exchange.staff.get(f"/conversations/{caller.talk['id']}")
    location = next(one for one in context["fields"] if one["field"] == "location")
    assert location["value"]["street"] == "Elm Road"


def test_an_agent_who_hangs_up_before_the_key_has_not_taken_it(exchange: Exchange) -> None:
    caller = exchange.wants_a_person()
    exchange.handset.answers()
    exchange.handset.hangs_up()
    assert "nobody can come to you now" in is_brought_back(caller)
    assert caller.talk["mode"] == "bot"


def test_a_carrier_that_cannot_ring_anybody_leads_to_a_callback(exchange: Exchange) -> None:
    caller = exchange.rings()
    exchange.carrier.fail_next(503, times=20)
    try:
        caller.says("can I speak to a person please")
        # Nobody can fetch the caller either: they hear it when what they hear meanwhile is over.
        in_time(lambda: "nobody can come to you now" in caller.keeps_silent())
    finally:
        exchange.carrier.recovers()
    assert arranges_a_callback(caller)["fields"]["phone"] == CALLER


def test_out_of_hours_a_person_is_a_callback_at_a_time_they_choose(
    product: Product, exchange: Exchange
) -> None:
    set_clock(product, CLOSED)
    try:
        caller = exchange.rings()
        heard = caller.says("can I speak to a person please")
        assert "number 1 in the queue" not in heard
        assert caller.talk["mode"] == "bot"
        case = arranges_a_callback(caller)
    finally:
        set_clock(product, OPEN)
    assert case["service"] == "callback"
    assert not exchange.handset.rings


def test_who_withholds_their_number_is_asked_for_one(exchange: Exchange) -> None:
    caller = exchange.wants_a_person(None)
    exchange.handset.does_not_answer()
    is_brought_back(caller)
    while caller.asked != "phone":
        caller.tells([(str(caller.asked), "Priya Shah")])
    caller.presses("07700900125#")
    case = arranges_a_callback(caller)
    assert case["fields"]["phone"] == "+447700900125"


def test_who_goes_on_without_a_person_is_asked_what_was_open(exchange: Exchange) -> None:
    caller = exchange.wants_a_person()
    caller.presses("2")
    assert caller.talk["mode"] == "bot"
    assert caller.asked == "description"
    in_time(lambda: not exchange.handset.rings)


def test_a_caller_on_hold_hears_so_and_comes_back(exchange: Exchange) -> None:
    caller, handset = exchange.wants_a_person(), exchange.handset
    handset.answers()
    handset.presses("1")
    in_time(lambda: handset.talks_to == [CALLER])
    handoff = exchange.row(caller)["id"]
    held = exchange.agent.does(handoff, "hold")
    assert held.status_code == 200, held.text
    in_time(lambda: line(caller).has_news)
    assert "on hold" in line(caller).news.text
    resumed = exchange.agent.does(handoff, "resume")
    assert resumed.status_code == 200, resumed.text
    in_time(lambda: handset.talks_to == [CALLER])


def keeps_their_place(exchange: Exchange) -> tuple[Caller, ScreenedCall]:
    """Somebody who pressed 1 while waiting, and whose number has just picked up."""
    caller, handset = exchange.wants_a_person(), exchange.handset
    heard = caller.presses("1")
    assert "ring you when it is your turn" in heard
    assert caller.heard.over
    handset.answers()
    assert "ringing them for you" in handset.presses("1").text
    assert handset.call is not None
    return caller, handset.call.far_end_answers()


def test_whoever_keeps_their_place_is_rung_back_and_talks_to_the_agent(exchange: Exchange) -> None:
    caller, picked_up = keeps_their_place(exchange)
    assert "press 1 or say yes" in picked_up.heard.text
    assert "pothole" not in picked_up.heard.text.lower()
    assert "putting you through" in picked_up.say("yes please").text
    assert picked_up.joined
    assert exchange.row(caller)["call_state"] == "talking"
    picked_up.hang_up()
    in_time(lambda: not exchange.waits(caller))
    talk = caller.talk
    assert (talk["mode"], talk["cases"]) == ("closed", [])


def test_a_machine_that_is_rung_back_leaves_the_team_a_case(exchange: Exchange) -> None:
    caller, picked_up = keeps_their_place(exchange)
    picked_up.say("you've reached Bob, please leave a message after the tone")
    while not picked_up.over:
        picked_up.silence()
    assert not picked_up.joined
    assert exchange.handset.call is not None
    assert "did not take the call" in exchange.handset.call.news.text
    (ref,) = caller.talk["cases"]
    case = exchange.staff.case(ref)
    assert (case["service"], case["fields"]["phone"]) == ("callback", CALLER)
    assert case["fields"]["location"]["street"] == "Elm Road"


def test_the_place_is_told_again_and_again_while_everybody_talks(exchange: Exchange) -> None:
    first = exchange.wants_a_person("+447700900126")
    exchange.handset.answers()
    exchange.handset.presses("1")
    in_time(lambda: exchange.handset.talks_to == ["+447700900126"])
    caller = exchange.rings()
    assert "number 1 in the queue" in caller.says("can I speak to a person please")
    assert "press 1" in caller.keeps_silent()
    for _ in range(2):
        heard = caller.keeps_silent()
        assert "You are number 1 in the queue" in heard
        seconds = int(caller.heard.verbs[-1].attributes["timeout"])
        assert "still in the queue" in caller.keeps_silent()
        # Two sentences, each of about seven seconds, and the quiet after each.
        assert 2 * seconds + 14 <= 46
    first.call.hang_up()
    in_time(lambda: exchange.handset.rings)
    exchange.handset.answers()
    exchange.handset.presses("1")
    in_time(lambda: exchange.handset.talks_to == [CALLER])
