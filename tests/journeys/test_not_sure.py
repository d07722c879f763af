"""With the trained assistant: what it is not sure of is offered, and two requests are both kept."""

from __future__ import annotations

import csv
import io

import httpx
import pytest

from tests.desk.agents import hidden
from tests.journeys.conftest import Resident
from tests.product import Product

WHOLE = "my bin wasn't collected and can I also get a new recycling box"


def test_two_requests_in_one_sentence_are_dealt_with_one_after_the_other(
    resident: Resident,
) -> None:
    resident.says(WHOLE)
    assert resident.heard[0]["service"] == "missed_bin", resident.text
    assert "after this" in resident.text
    for asks, text in (
        ("address", "14 Elm Road PL4 7AA"),
        ("bin_type", "brown bin"),
        ("collection_date", "yesterday"),
        ("out_on_time", "yes"),
        ("contact", "skip"),
        ("confirm", "yes"),
    ):
        if resident.asked == asks:
            resident.says(text)
    assert len(resident.refs) == 1, resident.text
    assert "You also mentioned" in resident.text
    assert resident.heard[-1]["service"] == "bin_order"
    resident.says("yes please")
    assert resident.asked not in {"offer", "topic", None}


def test_moving_and_a_permit_are_two_matters(resident: Resident) -> None:
    resident.says("i'm moving on friday and need a parking permit")
    assert {message["service"] for message in resident.heard} >= {"house_move"}, resident.text
    assert "after this" in resident.text


def test_a_request_made_along_with_an_answer_loses_neither(resident: Resident) -> None:
    resident.says("my brown bin was missed")
    assert resident.asked == "address"
    resident.says("14 Elm Road PL4 7AA, and when's my bin day")
    assert resident.asked != "address", resident.text
    assert "after this" in resident.text


def test_a_story_is_one_request(resident: Resident) -> None:
    resident.says("there's a huge pothole on elm road and my car has burst a tyre")
    assert "after this" not in resident.text


def test_nothing_is_failed_three_times_in_a_row(resident: Resident) -> None:
    resident.says("blurgh")
    assert resident.asked == "topic"
    assert "for example" in resident.text
    resident.says("xkcd")
    values = [one["value"] for one in resident.heard[-1]["choices"]]
    assert {"speak_to_agent", "information_request"} <= set(values)
    resident.picks("information_request")
    assert resident.asked in {"name", "contact"}, resident.text


@pytest.fixture
def unsure(resident: Resident) -> Resident:
    """Somebody of whose words the assistant is not sure."""
    for text in ("the thing on my road", "help with the permit thing", "problem with my house"):
        resident.says(text)
        if resident.asked == "service":
            return resident
    pytest.skip("the model is sure, or has no idea, of all of these")


def supervisor(product: Product) -> httpx.Client:
    """Somebody who has signed in at the desk to see what concerns all teams."""
    desk = httpx.Client(base_url=product.address, timeout=30, trust_env=False)
    code = product.run("staff", "token", "Sara Editor", "--role", "supervisor")
    form = {**hidden(desk.get("/desk/sign-in").text), "code": code}
    assert desk.post("/desk/sign-in", data=form).status_code == 303
    return desk


def test_what_was_meant_is_recorded_for_the_editors(product: Product, unsure: Resident) -> None:
    offered = [one["value"] for one in unsure.heard[-1]["choices"]]
    assert 3 <= len(offered) <= 4
    unsure.picks(offered[1])
    page = supervisor(product).get("/desk/meant.csv")
    assert page.status_code == 200
    newest = next(csv.DictReader(io.StringIO(page.text.removeprefix("\ufeff"))))
    assert (newest["chosen"], newest["dealt"]) == (offered[1], offered[1])
