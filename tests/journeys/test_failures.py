"""Processes that die in the middle of a conversation."""

from __future__ import annotations

import signal

from tests.journeys.conftest import Resident, Staff
from tests.journeys.phones import ring
from tests.journeys.test_whole_way import MOVE
from tests.product import Product

ASSISTANT, ACTIONS, WEB = "the assistant", "the actions", "the web server"


def test_the_assistant_dies_and_the_conversation_goes_on_when_it_is_back(
    product: Product, staff: Staff
) -> None:
    resident = Resident(product.address)
    resident.says("I'm moving house")
    resident.tells(MOVE[:4])
    product.kill(ASSISTANT)
    resident.says(MOVE[4][1])
    assert "can't answer just now" in resident.text
    assert resident.asked == "new_address"
    assert "speak_to_agent" in [c["value"] for c in resident.heard[-1]["choices"]]
    said = [m["text"] for m in staff.get(f"/conversations/{resident.conversation_id}")["messages"]]
    assert MOVE[4][1] in said
    product.start(ASSISTANT)
    resident.tells(MOVE[4:])
    assert resident.asked == "confirm"
    resident.says("yes")
    assert staff.case(resident.refs[0])["fields"]["name"] == "Jane O'Brien"


def test_a_callback_can_be_taken_while_the_assistant_is_down(
    product: Product, staff: Staff
) -> None:
    resident = Resident(product.address)
    product.kill(ASSISTANT)
    try:
        resident.says("I need some help please")
        resident.picks("speak_to_agent")
        answers = {"name": "Ann Lee", "phone": "07700 900456", "about": "my rent account"}
        while resident.asked != "confirm":
            if resident.asked == "when":
                resident.picks(resident.heard[-1]["choices"][0]["value"])
            else:
                resident.says(answers[resident.asked or ""])
        resident.says("yes")
        assert staff.case(resident.refs[0])["fields"]["phone"] == "+447700900456"
    finally:
        product.start(ASSISTANT)


def test_the_actions_die_and_nothing_is_lost(product: Product) -> None:
    resident = Resident(product.address)
    resident.says("I want to report a pothole")
    product.kill(ACTIONS)
    resident.says("outside 22 Raleigh Avenue PL6 4SG")
    assert "can't answer just now" in resident.text
    product.start(ACTIONS)
    resident.says("outside 22 Raleigh Avenue PL6 4SG")
    assert resident.asked == "description"


def test_the_web_server_dies_and_a_reload_shows_the_conversation(product: Product) -> None:
    resident = Resident(product.address)
    resident.says("I want to report a pothole")
    product.kill(WEB)
    product.start(WEB)
    answer = resident.http.get(f"{resident.path}/messages", headers=resident.headers)
    assert [m["from"] for m in answer.json()["messages"]][:2] == ["bot", "resident"]
    resident.says("outside 24 Raleigh Avenue PL6 4SG")
    assert resident.asked == "description"


def test_readiness_names_the_part_that_is_missing(product: Product, resident: Resident) -> None:
    assert resident.http.get("/readyz").status_code == 200
    product.kill(ACTIONS)
    try:
        answer = resident.http.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["failing"] == ["actions"]
        assert resident.http.get("/healthz").status_code == 200
    finally:
        product.start(ACTIONS)


def test_a_first_message_that_failed_does_not_stand_in_the_way_of_the_next(
    product: Product,
) -> None:
    resident = Resident(product.address)
    product.kill(ACTIONS)
    resident.says("I want to report a pothole")
    assert "can't answer just now" in resident.text
    product.start(ACTIONS)
    resident.says("I want to report a pothole")
    assert resident.asked == "location"


def test_danger_is_answered_while_the_assistant_is_down(product: Product) -> None:
    resident = Resident(product.address)
    product.kill(ASSISTANT)
    try:
        resident.says("there's a fire in my kitchen")
        assert "999" in resident.heard[0]["text"]
    finally:
        product.start(ASSISTANT)


def test_a_caller_whom_the_assistant_keeps_waiting_hears_the_truth_and_has_a_person_by_key(
    product: Product, staff: Staff
) -> None:
    caller = ring(product, staff)
    caller.says("my bin wasn't emptied")
    product.programs[ASSISTANT].signal(signal.SIGSTOP)
    try:
        said = caller.says("fourteen elm road p l four seven a a")
        assert said.startswith("One moment")
        assert "still working on it" in said
        assert "nothing you've said is lost" in said
        assert "arrange for a person to ring you" in caller.presses("0")
    finally:
        product.programs[ASSISTANT].signal(signal.SIGCONT)
    assert caller.asked == "name"
    assert "14 elm road PL4 7AA" in [message["text"] for message in caller.talk["messages"]]
