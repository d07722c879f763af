"""Questions answered by topic, followed up, looked up, and not answered well enough."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Resident


def test_a_topic_is_found_and_a_further_question_stays_with_it(resident: Resident) -> None:
    resident.says("how much are library fines")
    assert resident.heard[0]["service"] == "library"
    assert "20p a day" in resident.text
    assert resident.asked == "satisfied"
    resident.says("and how long can I keep a book")
    assert resident.heard[0]["service"] == "library"
    assert "3 weeks" in resident.text


def test_an_overview_offers_topics_and_a_topic_can_be_pointed_at(resident: Resident) -> None:
    resident.says("libraries")
    assert resident.heard[0]["service"] == "library"
    if resident.asked == "topic":
        assert all(one["value"].startswith("library/") for one in resident.heard[-1]["choices"])
        resident.says("the second one")
        assert resident.heard[0]["service"] == "library"
        assert resident.asked == "satisfied"


@pytest.mark.parametrize(
    ("said", "service", "words"),
    [
        ("can I put pizza boxes in the recycling", "recycling_what_goes", "green recycling bin"),
        ("what time does the tip open", "recycling_centre", "Chelson Meadow"),
        ("is central library open today", "library", "Central Library"),
        ("are any schools shut today", "school_closures", "No school closure is reported"),
        ("who do I see about my passport", "not_council", "HM Passport Office"),
        ("how much is it to park at the theatre royal car park", "car_park", "Theatre Royal"),
        ("how do I object to my neighbour's planning application", "planning_search", "comment"),
    ],
)
def test_a_question_is_answered_at_once(
    resident: Resident, said: str, service: str, words: str
) -> None:
    resident.says(said)
    assert resident.heard[0]["service"] == service, resident.text
    assert words in resident.text


def test_no_leads_to_other_words_and_then_to_a_person(resident: Resident) -> None:
    resident.says("how do I join the library")
    assert resident.asked == "satisfied"
    resident.picks("no")
    assert resident.asked == "topic"
    resident.says("how do I renew a library book")
    assert resident.asked == "satisfied"
    resident.picks("no")
    assert resident.asked == "offer"
    assert {one["value"] for one in resident.heard[-1]["choices"]} == {
        "speak_to_agent", "information_request",
    }  # fmt: skip


def test_a_question_about_a_permit_is_answered_and_the_permit_is_offered(
    resident: Resident,
) -> None:
    resident.says("how much does a residents parking permit cost?")
    assert resident.heard[0]["service"] == "parking_permit"
    assert resident.asked == "offer"
    resident.says("yes please")
    assert resident.asked not in {"offer", "satisfied", "topic"}
