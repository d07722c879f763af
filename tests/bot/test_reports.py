"""Reports of things that are wrong in the street or with a bin."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.domain.cases import Verification
from casework.domain.conversations import Channel
from casework.domain.drafts import Source
from tests.office import LONDON, Talk, values_of


def report_pothole(talk: Talk) -> None:
    talk.says("I want to report a pothole", "pothole")
    talk.answers(
        "Elm Road in Mutley near the post office", "as wide as a dinner plate", "no", "skip"
    )


def test_a_pothole_goes_to_the_roads_team_after_a_yes(talk: Talk) -> None:
    talk.says("I want to report a pothole", "pothole")
    assert talk.asks == "location"
    talk.says("Elm Road in Mutley near the post office")
    assert talk.asks == "description"
    talk.says("as wide as a dinner plate")
    assert talk.asks == "danger"
    assert talk.choices == ["yes", "no"]
    talk.says("yes, a cyclist nearly fell")
    assert talk.asks == "contact"
    assert talk.choices == ["skip"]
    talk.says("07700 900123")
    assert talk.asks == "confirm"
    assert talk.cases == []
    talk.says("yes", "affirm")
    (case,) = talk.cases
    assert talk.refs == [case.ref]
    assert f"{case.ref[:4]} {case.ref[4:]}" in talk.said
    assert (case.service, case.team, case.tier) == ("pothole", "highways", "simple")
    assert case.verification is Verification.CONTACT
    assert case.valid_notice is None
    assert values_of(case)["danger"] is True
    assert values_of(case)["contact"] == "+447700900123"
    assert values_of(case)["location"]["street"] == "Elm Road"
    assert all(answer.confirmed for answer in case.fields.values())
    assert all(answer.source is Source.TYPED for answer in case.fields.values())
    assert case.due_at is not None
    assert f"{case.due_at.astimezone(LONDON):%Y-%m-%d %H:%M}" == "2026-12-01 17:00"
    assert "Tuesday 1 December" in talk.said
    assert talk.asks == "topic"


def test_contact_can_be_left_out_and_nobody_is_verified_then(talk: Talk) -> None:
    report_pothole(talk)
    talk.says("yes", "affirm")
    (case,) = talk.cases
    assert case.verification is Verification.NOT_NEEDED
    assert values_of(case)["contact"] is None


def test_an_ambiguous_place_is_chosen_from_a_list(talk: Talk) -> None:
    talk.says("there is a pothole outside 14 Elm Road", "pothole")
    assert talk.asks == "location"
    assert talk.choices == ["1", "2", "none_of_these"]
    talk.presses("2")
    assert talk.asks == "description"
    assert talk.values["location"]["uprn"]


def test_none_of_the_places_offered_asks_for_it_in_other_words(talk: Talk) -> None:
    talk.says("there is a pothole outside 14 Elm Road", "pothole")
    first = talk.said
    talk.presses("none_of_these")
    assert talk.asks == "location"
    assert talk.choices == []
    assert talk.said not in first
    talk.says("Church Road in Plymstock by the chip shop")
    assert talk.asks == "description"


def test_a_place_chosen_by_its_words_is_the_one(talk: Talk) -> None:
    talk.says("there is a pothole outside 14 Elm Road", "pothole")
    wanted = next(c for c in talk.heard[-1].said.choices if c.value == "2")
    talk.says(wanted.label)
    assert talk.asks == "description"


def test_a_long_opening_serves_as_the_description(talk: Talk) -> None:
    told = (
        "there is a massive pothole on Church Road in Plymstock by the bus stop, it is about "
        "a foot wide and very deep"
    )
    talk.says(told, "pothole")
    assert talk.asks == "danger"
    assert talk.values["description"] == told


def test_a_missed_bin_is_reported(talk: Talk) -> None:
    talk.says("my recycling wasn't collected", "missed_bin")
    assert talk.asks == "address"
    talk.says("14 Elm Road PL4 7AA")
    talk.answers(*(["the green bin"] if talk.asks == "bin_type" else []))
    assert talk.asks == "collection_date"
    talk.says("yesterday")
    assert talk.asks == "out_on_time"
    talk.answers("yes", "priya@example.com", "yes")
    (case,) = talk.cases
    assert values_of(case)["collection_date"] == "2026-11-23"
    assert values_of(case)["bin_type"] == "recycling"
    assert values_of(case)["contact"] == "priya@example.com"
    assert case.due_at is not None
    assert f"{case.due_at.astimezone(LONDON):%Y-%m-%d %H:%M}" == "2026-11-26 17:00"


def test_a_date_that_cannot_be_is_refused_and_asked_again(talk: Talk) -> None:
    talk.says("my bin wasn't emptied", "missed_bin")
    talk.answers("14 Elm Road PL4 7AA", "green bin", "31 February")
    assert talk.asks == "collection_date"
    talk.says("next week Tuesday")
    assert talk.asks == "collection_date"
    talk.says("yesterday")
    assert talk.asks == "out_on_time"


def test_what_a_caller_says_was_said_and_is_read_back_for_the_ear(
    begin: Callable[..., Talk],
) -> None:
    talk = begin(Channel.VOICE)
    talk.says("report a missed bin", "missed_bin")
    talk.answers("14 Elm Road, P L 4 7 A A", "green bin", "yesterday", "yes",
                 "oh seven seven double oh nine hundred one two three")  # fmt: skip
    assert talk.asks == "confirm"
    assert "P L 4, 7 A A" in talk.said
    assert "0 7 7 0 0" in talk.said
    talk.says("yes", "affirm")
    (case,) = talk.cases
    assert case.fields["bin_type"].source is Source.SAID
    assert f"{' '.join(case.ref[:4])}, {' '.join(case.ref[4:])}" in talk.said


def test_two_reports_in_one_conversation_are_two_cases(talk: Talk) -> None:
    report_pothole(talk)
    talk.says("yes", "affirm")
    talk.says("there's another pothole", "pothole")
    talk.answers("Church Road in Plymstock by the school", "small", "no", "skip", "yes")
    assert len(talk.cases) == 2
    assert len({case.ref for case in talk.cases}) == 2


def test_a_contact_given_once_serves_the_next_report(talk: Talk) -> None:
    talk.says("report a pothole", "pothole")
    talk.answers("Elm Road in Mutley near the post office", "big", "no", "07700 900123", "yes")
    talk.says("and dumped rubbish", "fly_tipping")
    talk.answers("Church Road in Plymstock by the school", "a mattress", "no")
    assert talk.asks == "confirm"
    assert "900123" in talk.said


def test_an_address_given_for_a_text_is_taken_for_the_address(talk: Talk) -> None:
    talk.says("I want a bulky waste collection", "bulky_waste")
    talk.says("14 Elm Road PL4 7AA")
    assert talk.asks == "items"
    assert talk.values["address"]["uprn"] == "10099000063"
    talk.says("a sofa from 12 Elm Road")
    assert talk.values["items"] == "a sofa from 12 Elm Road"


def test_no_name_is_made_of_what_somebody_wants(talk: Talk) -> None:
    talk.says("the bins", "complaint")
    talk.answers("the bins", "they never come", "an apology", "an apology")
    assert talk.asks == "name"


@pytest.mark.parametrize("said", ["monday", "on monday", "it was due monday", "this monday"])
def test_the_weekday_of_a_missed_collection_is_one_that_has_been(talk: Talk, said: str) -> None:
    talk.says("my bin was missed", "missed_bin")
    talk.answers("14 Elm Road PL4 7AA", "brown", said)
    assert talk.values["collection_date"] == "2026-11-23"


def test_a_week_is_asked_for_its_day(talk: Talk) -> None:
    talk.says("my bin was missed", "missed_bin")
    talk.answers("14 Elm Road PL4 7AA", "brown", "last week")
    assert talk.asks == "collection_date"
    assert "Which day" in talk.said


REFUSALS = [
    "I'd rather not give a phone number", "I'm not giving my number out",
    "I don't want to give you my number", "I haven't got a phone",
]  # fmt: skip


@pytest.mark.parametrize("said", REFUSALS)
def test_a_number_that_is_not_given_is_left_out_where_it_may_be(talk: Talk, said: str) -> None:
    talk.says("report a pothole", "pothole")
    talk.answers("Elm Road in Mutley near the post office", "big", "no", said)
    assert talk.values["contact"] is None
    assert talk.asks == "confirm"


@pytest.mark.parametrize("said", REFUSALS)
def test_a_number_that_is_needed_is_explained(talk: Talk, said: str) -> None:
    talk.presses("speak_to_agent")
    talk.answers("Priya Shah", said)
    assert talk.asks == "phone"
    assert "email address" in talk.said
    talk.says("priya@example.com")
    assert talk.draft is not None
    assert talk.draft.service == "information_request"


def test_a_number_in_several_breaths_is_joined(begin: Callable[..., Talk]) -> None:
    talk = begin(Channel.VOICE)
    talk.presses("speak_to_agent")
    talk.answers("Priya Shah", "oh seven seven double oh", "nine hundred one six seven")
    assert talk.values["phone"] == "+447700900167"


def test_a_hidden_number_is_asked_for(begin: Callable[..., Talk]) -> None:
    talk = begin(Channel.VOICE)
    talk.presses("speak_to_agent")
    talk.answers("Priya Shah", "this number")
    assert talk.asks == "phone"
    assert "hidden" in talk.said
