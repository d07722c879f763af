"""One change of circumstances that many teams must know: moving house."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.domain.cases import Verification
from tests.office import LONDON, Talk, the_council, values_of

EVERYBODY = {tell.team for tell in the_council().services["house_move"].tells}
WITHIN = (
    "within", "Priya Shah", "07700 900123", "14 Elm Road PL4 7AA", "5 Oak Street PL2 1AB",
    "12 December",
)  # fmt: skip


def move(talk: Talk, *answers: str) -> Talk:
    talk.says("I'm moving house", "house_move")
    talk.answers(*answers)
    return talk


def test_moving_within_the_city_asks_what_applies_and_nothing_else(talk: Talk) -> None:
    move(talk, *WITHIN)
    assert talk.asks == "tenure"
    talk.says("I own it")
    assert talk.asks == "other_adults"
    talk.says("no one")
    assert talk.asks == "account_ref"
    talk.says("skip")
    assert talk.asks == "services_to_tell"
    talk.says("none")
    assert talk.asks == "confirm"
    assert "landlord" not in talk.values
    assert "forwarding_address" not in talk.values


@pytest.mark.parametrize("tenure", ["I rent it", "I'm a lodger"])
def test_only_those_who_rent_or_lodge_are_asked_for_a_landlord(talk: Talk, tenure: str) -> None:
    move(talk, *WITHIN)
    talk.says(tenure)
    assert talk.asks == "landlord"
    assert "skip" in talk.choices
    talk.says("Harbour Lettings")
    assert talk.asks == "other_adults"


def test_only_those_who_leave_are_asked_where_letters_should_go(talk: Talk) -> None:
    move(talk, "moving out to Exeter", "Priya Shah", "07700 900123", "14 Elm Road PL4 7AA",
         "9 High Street, Exeter EX4 3AA", "12 December", "own", "no one", "skip")  # fmt: skip
    assert talk.asks == "forwarding_address"
    talk.says("skip")
    assert talk.asks == "services_to_tell"
    talk.answers("none", "yes")
    assert values_of(talk.cases[0])["direction"] == "out"


def test_moving_in_may_have_an_old_address_anywhere(talk: Talk) -> None:
    move(talk, "in", "Priya Shah", "07700 900123", "9 High Street, Exeter EX4 3AA",
         "14 Elm Road PL4 7AA", "1 December", "rent", "skip", "Sam Reed", "40217753",
         "bins and voting", "yes")  # fmt: skip
    parent, *children = talk.cases
    assert {case.team for case in children} == {"waste", "elections"}
    old = values_of(parent)["old_address"]
    assert (old["matched"], old["postcode"]) == (False, "EX4 3AA")
    assert values_of(parent)["account_ref"] == "40217753"
    assert values_of(parent)["landlord"] is None
    assert values_of(parent)["other_adults"] == "Sam Reed"


@pytest.mark.parametrize(
    ("said", "teams"),
    [
        ("all of them", EVERYBODY), ("[all]", EVERYBODY), ("none", set()), ("[none]", set()),
        ("no thanks", set()), ("bins and parking permits", {"waste", "parking"}),
        ("[libraries]", {"libraries"}), ("everyone except schools", EVERYBODY - {"education"}),
    ],
)  # fmt: skip
def test_the_teams_chosen_are_told_and_no_others(talk: Talk, said: str, teams: set[str]) -> None:
    move(talk, *WITHIN, "own", "no one", "skip", said)
    assert talk.asks == "confirm"
    talk.says("yes", "affirm")
    parent, *children = talk.cases
    assert parent.team == "revenues"
    assert {case.team for case in children} == teams
    assert talk.refs == [parent.ref]
    for case in (parent, *children):
        assert the_council().teams[case.team].name in talk.said


def test_each_team_gets_what_it_needs_and_nothing_more(talk: Talk) -> None:
    move(talk, *WITHIN, "rent", "Harbour Lettings", "Sam Reed", "4021 7753", "all of them", "yes")
    parent, *children = talk.cases
    tells = {tell.team: set(tell.fields) for tell in the_council().services["house_move"].tells}
    assert len(children) == len(tells)
    for child in children:
        assert set(child.fields) == tells[child.team], child.team
        assert child.parent_ref == parent.ref
        for name, answer in child.fields.items():
            assert answer == parent.fields[name]
    assert "account_ref" in parent.fields
    assert "services_to_tell" in parent.fields


def test_nobody_is_verified_and_the_report_is_not_yet_notice(talk: Talk) -> None:
    move(talk, *WITHIN, "own", "no one", "skip", "all of them", "yes")
    for case in talk.cases:
        assert case.verification is Verification.UNVERIFIED
        assert case.valid_notice is False
        assert case.due_at is not None
        assert f"{case.due_at.astimezone(LONDON):%Y-%m-%d %H:%M}" == "2026-12-08 17:00"
    assert "check who you are" in talk.said


def test_a_move_told_in_one_sentence_is_not_asked_for_again(talk: Talk) -> None:
    talk.says(
        "Hi, my name is Priya Shah, I'm moving from 14 Elm Road PL4 7AA to 5 Oak Street PL2 1AB "
        "on 12 December, you can ring me on 07700 900123",
        "house_move",
    )
    values = talk.values
    assert values["name"] == "Priya Shah"
    assert values["old_address"]["uprn"] == "10099000063"
    assert values["new_address"]["uprn"] == "10099000117"
    assert values["move_date"] == "2026-12-12"
    assert values["contact"] == "+447700900123"
    assert values["direction"] == "within"
    assert "Moving within Plymouth" in talk.said
    assert talk.asks == "tenure"


def test_several_answers_in_one_reply_are_all_taken(talk: Talk) -> None:
    move(talk, "within", "My name is Priya Shah and my number is 07700 900123")
    assert talk.values["name"] == "Priya Shah"
    assert talk.values["contact"] == "+447700900123"
    assert talk.asks == "old_address"


def test_the_bundle_of_a_move_is_offered_once(talk: Talk) -> None:
    move(talk, *WITHIN, "own", "no one", "skip", "none", "yes")
    assert talk.asks == "offer"
    assert "bin_day" in talk.choices
    talk.presses("no")
    assert talk.asks == "topic"
    talk.says("I'm moving again", "house_move")
    talk.answers("within")
    while talk.asks != "confirm":
        talk.answers(*{
            "old_address": ["5 Oak Street PL2 1AB"], "new_address": ["14 Elm Road PL4 7AA"],
            "move_date": ["20 December"], "tenure": ["own"], "other_adults": ["no one"],
            "account_ref": ["skip"], "services_to_tell": ["none"],
        }[str(talk.asks)])  # fmt: skip
    talk.says("yes", "affirm")
    assert talk.asks == "topic"


def test_the_bundle_leads_to_a_service_by_its_button_or_its_name(
    begin: Callable[..., Talk],
) -> None:
    pressed = move(begin(), *WITHIN, "own", "no one", "skip", "none", "yes")
    pressed.presses("bin_day")
    assert "Oak Street" in pressed.said
    named = move(begin(), *WITHIN, "own", "no one", "skip", "none", "yes")
    named.says("yes please", "affirm")
    assert named.asks == "service"
    named.presses("bin_day")
    assert "Oak Street" in named.said


def test_what_is_left_open_is_not_told_as_if_it_were_known(talk: Talk) -> None:
    move(talk, "within", "Priya Shah", "07700 900123", "14 Elm Road PL4 7AA")
    talk.says("I don't know yet", "dont_know")
    assert talk.asks == "move_date"
    talk.answers("12 December", "own", "no one", "skip", "bins", "yes")
    parent, child = talk.cases
    assert parent.fields["new_address"].value is None
    assert child.fields["new_address"].value is None


def test_what_the_first_sentence_gave_is_told_so_that_it_can_be_put_right(talk: Talk) -> None:
    talk.says("I'm moving house from 14 Elm Road PL4 7AA on 12 December", "house_move")
    assert "I've noted this" in talk.said
    assert "Saturday 12 December 2026" in talk.said


def test_a_move_between_two_parts_of_the_city_is_within(talk: Talk) -> None:
    talk.says("I'm moving from devonport to mutley", "house_move")
    assert talk.values["direction"] == "within"
    assert "Moving within Plymouth" in talk.said


@pytest.mark.parametrize(
    "opening", ["I'm moving in to mutley", "I've moved into 14 Elm Road PL4 7AA"]
)
def test_where_one_moves_from_is_not_guessed(talk: Talk, opening: str) -> None:
    talk.says(opening, "house_move")
    assert talk.asks == "direction"


def test_two_homes_of_ours_make_a_move_within_whatever_was_said_before(talk: Talk) -> None:
    move(talk, "in", *WITHIN[1:5])
    assert talk.values["direction"] == "within"
    assert "Moving within Plymouth" in talk.said


def test_who_moves_is_asked_for_by_name_once_more(talk: Talk) -> None:
    move(talk, *WITHIN, "own", "the whole family")
    assert talk.asks == "other_adults"
    assert "name each adult" in talk.said
    assert "other_adults" not in talk.values
    talk.says("Sam Reed and Lucy Reed")
    assert talk.values["other_adults"] == "Sam Reed and Lucy Reed"
