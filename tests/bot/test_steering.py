"""Carry on, later, not that, pointing at a list, and offers answered in ordinary words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from casework.domain.conversations import Channel
from casework.domain.drafts import DraftState
from tests.office import LONDON, Talk, make_office

NIGHT = datetime(2026, 11, 24, 22, 10, tzinfo=LONDON)
FORMS = (
    ("there is a pothole", "pothole"),
    ("I need a new bin", "bin_order"),
    ("I'm moving house", "house_move"),
    ("I want to complain", "complaint"),
    ("when is my bin day", "bin_day"),
)


@pytest.mark.parametrize(("opening", "service"), FORMS)
@pytest.mark.parametrize("said", ["carry on", "please continue", "crack on then", "ok go ahead"])
def test_carry_on_asks_the_same_question_again(
    begin: Callable[..., Talk], opening: str, service: str, said: str
) -> None:
    talk = begin(Channel.WEB)
    talk.says(opening, service)
    asked = talk.heard[-1].said
    talk.says(said, "stop")
    assert talk.heard[-1].said == asked
    assert len(talk.heard) == 1
    assert talk.draft is not None
    assert talk.draft.tries == 0


@pytest.mark.parametrize("said", ["within", "within Plymouth"])
def test_an_answer_that_the_model_takes_for_a_command_is_an_answer(talk: Talk, said: str) -> None:
    talk.says("I'm moving house", "house_move")
    talk.says(said, "stop")
    assert talk.values["direction"] == "within"


@pytest.mark.parametrize("said", ["the last one", "the first one"])
def test_the_place_of_a_choice_is_no_wish_to_go_back(talk: Talk, said: str) -> None:
    talk.says("I need a new bin", "bin_order")
    talk.says(said, "go_back")
    assert talk.values["bin_type"] in talk.heard[0].said.text or talk.asks == "reason"


@pytest.mark.parametrize("said", ["ive got to go", "can I do the rest tomorrow", "stop"])
def test_a_form_with_nothing_but_a_place_is_kept(talk: Talk, said: str) -> None:
    talk.says("there's a pothole on Mutley Plain", "pothole")
    talk.says(said, "goodbye")
    assert talk.asks == "offer"
    talk.says("go on then")
    assert talk.drafts[0].state is DraftState.PARKED


def test_whoever_thinks_again_goes_on_with_the_form(talk: Talk) -> None:
    talk.says("there's a pothole on Mutley Plain", "pothole")
    talk.says("stop", "stop")
    talk.says("no carry on")
    assert talk.draft is not None
    assert talk.draft.state is DraftState.FILLING
    assert talk.asks == "description"


def test_a_form_with_only_private_words_is_kept_under_a_name(talk: Talk) -> None:
    talk.says("I want to complain", "complaint")
    talk.says("the bin crew")
    talk.says("they shouted at my mother on Tuesday")
    talk.says("save it for later")
    talk.says("yes", "affirm")
    assert talk.asks == "name"
    talk.says("Jane Parker")
    assert "400 001" in talk.said
    other = Talk(talk.office, identifies=True)
    other.says("I have a code")
    other.says("400 001")
    assert other.asks == "verify_name"
    assert "mother" not in other.said
    other.says("Parker")
    assert other.values["summary"].startswith("they shouted")


def test_a_form_with_nothing_private_needs_no_more_than_its_code(talk: Talk) -> None:
    talk.says("I need a new bin", "bin_order")
    talk.says("brown")
    talk.says("I'll do it later")
    talk.says("yes", "affirm")
    other = Talk(talk.office, identifies=True)
    other.says("I have a code")
    other.says("400 001")
    assert other.asks == "reason"


def test_a_place_is_checked_by_its_street(talk: Talk) -> None:
    talk.says("there's a pothole on Mutley Plain", "pothole")
    talk.says("I'll do it later")
    talk.says("yes", "affirm")
    other = Talk(talk.office, identifies=True)
    other.says("I have a code")
    other.says("400 001")
    assert other.asks == "location"
    assert "Mutley" not in other.said
    other.says("Elm Road")
    assert other.asks == "location"
    other.says("it was mutley plain")
    assert other.asks == "description"


def test_a_call_at_night_may_be_declined_and_the_form_goes_on() -> None:
    talk = Talk(make_office(NIGHT))
    talk.says("when is my bin day", "bin_day")
    for number in (1, 2, 3):
        talk.says(f"{number} Nowhere Street, Exeter EX1 1AA")
    assert talk.asks == "offer"
    talk.says("nah you're alright")
    assert talk.asks == "address"
    assert talk.draft is not None
    assert talk.draft.service == "bin_day"


def test_the_same_list_is_never_offered_three_times(talk: Talk) -> None:
    talk.says("my bin was missed", "missed_bin")
    texts = []
    for _ in range(3):
        talk.says("6 Lockyer Terrace PL4 4WD")
        texts.append((talk.said, tuple(talk.choices)))
    assert len(set(texts)) == 3
    assert "speak_to_agent" in talk.choices
    talk.says("6 Lockyer Terrace PL4 4WD")
    assert talk.asks == "offer"


@pytest.mark.parametrize("said", ["that's not what I meant", "you've misunderstood", "no not that"])
def test_a_service_begun_by_mistake_is_left_for_other_words(talk: Talk, said: str) -> None:
    talk.says("the lamp outside", "street_light")
    talk.says(said, "deny")
    assert "misunderstood" in talk.said
    assert talk.drafts[0].state is DraftState.DROPPED
    talk.says("I said the lamp outside", "street_light")
    assert "speak_to_agent" in talk.choices
    talk.says("the first one")
    assert talk.asks == "location"


def test_what_is_meant_instead_begins_at_once(talk: Talk) -> None:
    talk.says("I want to report graffiti", "graffiti")
    talk.says("no, that's not what I meant. my bin was missed", "missed_bin")
    assert talk.draft is not None
    assert talk.draft.service == "missed_bin"
    assert talk.conversation.kept == ()


def test_news_of_a_report_is_looked_up_and_not_reported_again(talk: Talk) -> None:
    talk.says("what's happening with my missed bin report", "missed_bin")
    assert talk.draft is not None
    assert talk.draft.service == "case_status"


def test_what_is_called_off_goes_to_its_team(talk: Talk) -> None:
    talk.says("cancel my garden waste", "garden_waste")
    assert talk.draft is not None
    assert (talk.draft.service, talk.draft.about) == ("information_request", "garden_waste")


def test_haste_is_marked_on_the_case_and_on_no_other(talk: Talk) -> None:
    talk.says("there's a dangerous pothole on Mutley Plain", "pothole")
    talk.answers("deep", "no", "skip", "yes")
    (case,) = talk.cases
    assert case.flags == ("urgent",)
    assert "urgent" in talk.said
    talk.says("my street light is out", "street_light")
    assert talk.conversation.flags == ()


def test_haste_at_night_hears_the_number_before_any_question() -> None:
    talk = Talk(make_office(NIGHT))
    talk.says("urgent, a pothole on Mutley Plain", "pothole")
    assert "01632 960901" in talk.said


@pytest.mark.parametrize("said", ["what do you mean by that", "blue cheese"])
def test_what_is_offered_stands_after_a_reply_not_understood(talk: Talk, said: str) -> None:
    talk.says("how much is a permit", "parking_permit", topic="cost", question=True)
    assert talk.asks == "offer"
    talk.says(said)
    assert talk.asks == "offer"
    talk.says("go on then")
    assert talk.draft is not None
    assert talk.draft.service == "parking_permit"


@pytest.mark.parametrize("said", ["I don't know, I couldn't read it", "no idea sorry", "dunno"])
def test_what_is_not_known_is_left_open_with_its_reason(talk: Talk, said: str) -> None:
    talk.says("a car has been left on Pasley Hill", "abandoned_vehicle")
    assert talk.asks == "registration"
    talk.says(said)
    assert talk.values["registration"] is None
