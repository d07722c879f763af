"""Questions that are answered at once, or after one question back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from casework.domain.conversations import Channel
from tests.office import LONDON, Talk, make_office, the_council


def test_how_to_pay_council_tax_is_answered_at_once(talk: Talk) -> None:
    talk.says("how do I pay my council tax", "council_tax_pay")
    assert "Direct Debit" in talk.said
    assert talk.heard[0].said.service == "council_tax_pay"
    assert talk.heard[0].said.links
    assert talk.asks == "satisfied"
    talk.says("yes thanks", "affirm")
    assert talk.asks == "topic"
    assert talk.cases == []


@pytest.mark.parametrize("channel", list(Channel))
def test_an_answer_is_the_one_of_its_channel(begin: Callable[..., Talk], channel: Channel) -> None:
    talk = begin(channel)
    talk.says("when are you open", "contact_and_hours")
    answer = the_council().answers["contact_and_hours"]
    assert talk.heard[0].said.text == answer.said.on(channel)
    assert talk.heard[0].said.service == "contact_and_hours"


def test_an_answer_that_did_not_help_leads_to_a_person_who_knows_what_it_was_about(
    talk: Talk,
) -> None:
    talk.says("how do I pay", "council_tax_pay")
    talk.says("no", "deny")
    assert talk.asks == "offer"
    talk.presses("speak_to_agent")
    talk.answers("Priya Shah", "07700 900123", "tomorrow morning", "yes")
    (case,) = talk.cases
    assert (case.service, case.about, case.team) == ("callback", "council_tax_pay", "revenues")


def test_the_bin_day_of_a_known_address(talk: Talk) -> None:
    talk.says("when is my bin day", "bin_day")
    assert talk.asks == "address"
    talk.says("14 Elm Road PL4 7AA")
    assert "Monday 30 November" in talk.said
    assert "Monday 7 December" in talk.said
    assert talk.heard[0].said.service == "bin_day"
    assert talk.asks == "topic"
    assert talk.cases == []


def test_an_address_in_the_opening_sentence_is_not_asked_for(talk: Talk) -> None:
    talk.says("which bin goes out this week at 14 Elm Road PL4 7AA", "bin_day")
    assert "Monday 30 November" in talk.said
    assert talk.asks == "topic"


def test_a_collection_on_a_bank_holiday_is_a_day_later() -> None:
    talk = Talk(make_office(datetime(2026, 12, 22, 10, tzinfo=LONDON)))
    talk.says("when is my bin day", "bin_day")
    talk.says("14 Elm Road PL4 7AA")
    assert "Tuesday 29 December" in talk.said


def test_an_address_that_is_not_ours_is_told_the_truth(talk: Talk) -> None:
    talk.says("when is my bin day", "bin_day")
    talk.says("9 Nowhere Street, Exeter EX1 1AA")
    assert "could not find that address" in talk.said
    assert talk.asks == "address"
    talk.says("14 Elm Road PL4 7AA")
    assert "Monday 30 November" in talk.said


def test_an_address_of_the_opening_words_that_is_not_ours_is_asked_for_again(talk: Talk) -> None:
    talk.says("bin day for 9 High Street, Exeter EX4 3AA", "bin_day")
    assert "could not find that address" in talk.said
    assert talk.asks == "address"


def test_an_address_that_is_never_found_ends_with_a_person(talk: Talk) -> None:
    talk.says("when is my bin day", "bin_day")
    talk.answers(*(f"{number} Nowhere Street, Exeter EX1 1AA" for number in (1, 2, 3)))
    assert talk.draft is not None
    assert (talk.draft.service, talk.draft.about) == ("callback", "bin_day")


def test_a_postcode_alone_is_completed_by_the_house_number(talk: Talk) -> None:
    talk.says("when is my bin day", "bin_day")
    talk.says("PL4 7AA")
    assert talk.asks == "address"
    assert "house number" in talk.said
    talk.says("14")
    assert "14 Elm Road, PL4 7AA" in talk.said
    assert "Monday 30 November" in talk.said


def test_a_street_that_the_city_has_twice_is_offered_to_choose_from(talk: Talk) -> None:
    talk.says("when is my bin day", "bin_day")
    talk.says("14 Elm Road")
    assert talk.asks == "address"
    assert talk.choices == ["1", "2", "none_of_these"]
    talk.says("the first one")
    assert "next collections at 14 Elm Road" in talk.said


def test_missed_bin_takes_the_address_of_the_bin_day_and_does_not_ask_for_it_again(
    talk: Talk,
) -> None:
    talk.says("when is my bin day", "bin_day")
    talk.says("14 Elm Road PL4 7AA")
    talk.says("well they missed it", "missed_bin")
    assert talk.asks == "bin_type"
    talk.answers("the green one", "yesterday", "yes", "skip")
    assert "14 Elm Road" in talk.said
    talk.says("yes", "affirm")
    (case,) = talk.cases
    assert case.fields["address"].value["uprn"] == "10099000063"


def test_a_service_of_somebody_else_is_named_with_the_way_there(talk: Talk) -> None:
    talk.says("I need to renew my passport", "not_council")
    assert "HM Passport Office" in talk.said
    assert talk.heard[0].said.service == "not_council"
    assert talk.asks == "satisfied"


def test_a_question_without_an_answer_is_taken_for_the_team_that_knows(talk: Talk) -> None:
    talk.says("can I get housing benefit if I work part time", "housing_benefit")
    assert talk.asks == "name"
    talk.answers("Priya Shah", "07700 900123")
    assert "can I get housing benefit if I work part time" in talk.said
    talk.says("yes", "affirm")
    (case,) = talk.cases
    assert (case.service, case.about, case.team) == (
        "information_request", "housing_benefit", "benefits",
    )  # fmt: skip
    assert case.fields["summary"].value == "can I get housing benefit if I work part time"
    assert talk.refs == [case.ref]


@pytest.mark.parametrize(
    "service",
    sorted(s.id for s in the_council().services.values() if s.id != "speak_to_agent"),
)
@pytest.mark.parametrize("channel", list(Channel))
def test_no_service_is_ever_not_understood(
    begin: Callable[..., Talk], service: str, channel: Channel
) -> None:
    talk = begin(channel)
    talk.says("hello I want that", service)
    assert talk.heard[0].said.service == service
    assert talk.asks is not None
    assert "understand" not in talk.said
