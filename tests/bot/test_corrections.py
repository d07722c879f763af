"""Taking something back, going back, starting again, leaving it: nothing said is lost by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.domain.drafts import DraftState
from tests.office import Talk, make_office, values_of

ANSWERS = (
    "within", "Priya Shah", "07700 900123", "14 Elm Road PL4 7AA", "5 Oak Street PL2 1AB",
    "12 December", "rent", "Harbour Lettings", "no one", "skip", "bins",
)  # fmt: skip
FIELDS = (
    "direction name contact old_address new_address move_date tenure landlord other_adults "
    "account_ref services_to_tell"
).split()


@pytest.fixture
def move(talk: Talk) -> Talk:
    """A move up to the question for the tenure."""
    talk.says("I'm moving house", "house_move")
    talk.answers(*ANSWERS[:6])
    assert talk.asks == "tenure"
    return talk


@pytest.fixture
def read_back(talk: Talk) -> Talk:
    """A move read back."""
    talk.says("I'm moving house", "house_move")
    talk.answers(*ANSWERS)
    assert talk.asks == "confirm"
    return talk


def test_an_earlier_answer_is_corrected_by_its_name_and_the_form_goes_on(move: Talk) -> None:
    move.says("sorry, the date is wrong, it's 13 December", "correct_answer")
    assert move.values["move_date"] == "2026-12-13"
    assert move.asks == "tenure"
    assert "Sunday 13 December 2026" in move.said


def test_an_answer_named_without_a_new_value_is_asked_again(move: Talk) -> None:
    move.says("I need to change my name", "correct_answer")
    assert move.asks == "name"
    move.says("Priya Shaw")
    assert move.values["name"] == "Priya Shaw"
    assert move.asks == "tenure"


def test_an_answer_is_corrected_by_its_new_value_alone(move: Talk) -> None:
    move.says("sorry I meant 07700 900456", "correct_answer")
    assert move.values["contact"] == "+447700900456"
    assert move.asks == "tenure"


def test_the_same_value_said_again_changes_nothing_and_says_so(read_back: Talk) -> None:
    read_back.says("the date is 12 December", "correct_answer")
    assert read_back.values["move_date"] == "2026-12-12"
    assert "That is what I have. " in read_back.said
    assert read_back.asks == "confirm"


def test_nobody_moves_to_where_they_live(talk: Talk) -> None:
    talk.says("I'm moving house", "house_move")
    talk.answers(*ANSWERS[:4], ANSWERS[3])
    assert talk.asks == "new_address"
    assert "the same address" in talk.said
    talk.says(ANSWERS[4])
    assert talk.asks == "move_date"


def test_a_correction_says_what_it_replaces(move: Talk) -> None:
    move.says("no sorry, the 13th not the 12th", "correct_answer")
    assert move.values["move_date"] == "2026-12-13"
    assert move.asks == "tenure"


def test_an_answer_to_the_question_is_no_correction(move: Talk) -> None:
    move.says("no, I rent it")
    assert move.values["tenure"] == "tenant"
    assert move.asks == "landlord"


def test_a_correction_takes_along_what_no_longer_applies(talk: Talk) -> None:
    talk.says("I'm moving house", "house_move")
    talk.answers(*ANSWERS[:8])
    assert talk.values["landlord"] == "Harbour Lettings"
    talk.says("actually I own it", "correct_answer")
    assert talk.values["tenure"] == "owner"
    assert "landlord" not in talk.values
    assert talk.asks == "other_adults"


def test_at_the_read_back_a_new_value_corrects(read_back: Talk) -> None:
    read_back.says("no, it's 13 December")
    assert read_back.values["move_date"] == "2026-12-13"
    assert read_back.asks == "confirm"
    assert "Sunday 13 December 2026" in read_back.said
    assert read_back.cases == []
    read_back.says("yes", "affirm")
    assert values_of(read_back.cases[0])["move_date"] == "2026-12-13"


def test_a_no_at_the_read_back_asks_what_to_change(read_back: Talk) -> None:
    read_back.says("no", "deny")
    assert read_back.asks == "confirm"
    assert read_back.choices == FIELDS
    read_back.presses("old_address")
    assert read_back.asks == "old_address"
    read_back.says("14 Elm Road PL4 7AA, sorry, 12 Elm Road PL4 7AA")
    read_back.answers(*(["12 Elm Road PL4 7AA"] if read_back.asks == "old_address" else []))
    assert read_back.asks == "confirm"


@pytest.mark.parametrize(("field", "answer"), list(zip(FIELDS, ANSWERS, strict=True)))
def test_every_part_can_be_chosen_to_be_changed(read_back: Talk, field: str, answer: str) -> None:
    before = read_back.values[field]
    read_back.presses("no")
    read_back.presses(field)
    assert read_back.asks == field
    read_back.says(answer)
    assert read_back.values[field] == before
    assert read_back.asks == "confirm"


def test_what_to_change_can_be_said_in_words(read_back: Talk) -> None:
    read_back.says("no", "deny")
    read_back.says("the landlord")
    assert read_back.asks == "landlord"
    read_back.says("Sea View Homes")
    assert read_back.values["landlord"] == "Sea View Homes"
    assert read_back.asks == "confirm"


def test_changing_ones_mind_about_changing_still_needs_a_yes(read_back: Talk) -> None:
    read_back.says("no", "deny")
    read_back.says("that's fine", "affirm")
    assert read_back.asks == "confirm"
    assert read_back.cases == []
    read_back.presses_label("Yes, that's right")
    assert len(read_back.cases) == 2


def test_the_number_of_a_house_is_put_right_in_its_street(move: Talk) -> None:
    move.says("oh no sorry I said the wrong house it is number 12", "correct_answer")
    assert move.values["new_address"]["lines"] == ["12 Oak Street"]
    assert move.values["contact"] == "+447700900123"


def test_one_word_of_a_name_is_put_right(move: Talk) -> None:
    move.says("no my name is Preeti not Priya", "correct_answer")
    assert move.values["name"] == "Preeti Shah"


def test_a_street_is_put_right_without_what_leads_up_to_it(talk: Talk) -> None:
    talk.says("I'm moving house", "house_move")
    talk.answers(*ANSWERS[:4])
    talk.says("the street is wrong its elm hill", "correct_answer")
    assert talk.values["old_address"]["lines"] == ["14 Elm Hill"]


@pytest.mark.parametrize("label", ["correct_answer", None])
def test_a_wrong_postcode_leaves_the_rest_of_the_address(label: str | None) -> None:
    talk = Talk(make_office())
    talk.says("my bin was missed", "missed_bin")
    talk.says("14 Elm Road PL4 7AA")
    talk.says("the postcode is wrong", label)
    assert talk.asks == "address"
    talk.says("pl4 7ab")
    assert talk.values["address"]["lines"] == ["14 Elm Road"]
    assert talk.values["address"]["postcode"] == "PL4 7AB"
    assert talk.asks == "bin_type"


@pytest.mark.parametrize("said", ["nvm", "never mind", "oh never mind that thanks"])
def test_never_mind_is_no_answer(talk: Talk, said: str) -> None:
    talk.says("I want a bulky waste collection", "bulky_waste")
    assert talk.asks == "items"
    talk.says(said)
    assert talk.asks == "topic"


def test_a_correction_of_the_direction_changes_which_questions_apply(read_back: Talk) -> None:
    read_back.says("no", "deny")
    read_back.presses("direction")
    read_back.says("moving out")
    assert read_back.asks == "forwarding_address"
    read_back.says("skip")
    assert read_back.asks == "confirm"


def test_going_back_asks_the_question_before(move: Talk) -> None:
    move.says("go back", "go_back")
    assert move.asks == "move_date"
    move.says("go back", "go_back")
    assert move.asks == "new_address"
    move.answers("6 Oak Street PL2 1AB", "13 December")
    assert move.asks == "tenure"
    assert move.values["new_address"]["uprn"] == "10099000119"


def test_going_back_at_the_first_question_says_so(talk: Talk) -> None:
    talk.says("I'm moving house", "house_move")
    talk.says("go back", "go_back")
    assert talk.asks == "direction"
    assert "nothing to go back to" in talk.said


def test_going_back_from_the_read_back_asks_the_last_question(read_back: Talk) -> None:
    read_back.says("go back", "go_back")
    assert read_back.asks == "services_to_tell"


def test_starting_again_clears_what_was_said_for_it(move: Talk) -> None:
    move.says("start again", "start_again")
    assert move.asks == "direction"
    assert move.values == {}


def test_stopping_opens_nothing_and_asks_what_else(read_back: Talk) -> None:
    read_back.says("stop", "stop")
    assert read_back.cases == []
    assert read_back.asks == "offer"
    assert read_back.draft is not None
    assert read_back.draft.state is DraftState.DROPPED
    read_back.says("no", "deny")
    assert read_back.asks == "topic"
    assert read_back.draft.answers == {}
    read_back.says("yes", "affirm")
    assert read_back.cases == []


def test_what_was_said_before_stopping_is_not_held_against_a_new_start(move: Talk) -> None:
    move.says("stop", "stop")
    move.says("I'm moving house after all", "house_move")
    assert move.asks == "direction"
    assert not {"old_address", "new_address", "move_date"} & set(move.values)


def test_not_known_is_left_open_where_that_may_be(move: Talk) -> None:
    move.answers("own")
    move.says("no idea", "dont_know")
    assert move.values["other_adults"] is None
    assert move.asks == "account_ref"
    move.says("I don't know", "dont_know")
    assert move.values["account_ref"] is None
    assert move.asks == "services_to_tell"


def test_not_known_is_helped_where_it_is_needed(move: Talk) -> None:
    move.says("I don't know", "dont_know")
    assert move.asks == "tenure"
    assert "home in Plymouth" in move.said


def test_free_text_that_is_not_known_is_not_written_down_as_if_it_were_known(talk: Talk) -> None:
    talk.says("report a pothole", "pothole")
    talk.says("Elm Road in Mutley near the post office")
    assert talk.asks == "description"
    talk.says("I don't know", "dont_know")
    assert talk.values["description"] is None
    assert talk.asks == "danger"


@pytest.mark.parametrize("said", ["skip", "Skip this.", "[skip]", "none", "I'd rather not say"])
def test_what_is_optional_can_be_skipped(move: Talk, said: str) -> None:
    move.answers("own", "no one")
    assert move.asks == "account_ref"
    if said.startswith("I'd"):
        move.says(said, "deny")
    else:
        move.answers(said)
    assert move.values["account_ref"] is None
    assert move.asks == "services_to_tell"


def test_help_in_a_form_explains_the_question_and_asks_it_again(move: Talk) -> None:
    move.says("help", "help")
    assert "home in Plymouth" in move.said
    assert move.asks == "tenure"


def test_repeat_says_the_question_again(move: Talk) -> None:
    before = move.heard[-1].said.text
    move.says("can you say that again", "repeat")
    assert [message.said.text for message in move.heard].count(before) == 1
    assert move.asks == "tenure"


@pytest.mark.parametrize(
    "label", ["greet", "goodbye", "thanks", "are_you_human", "language", "abuse", "out_of_scope"]
)
def test_small_talk_in_a_form_is_answered_and_the_question_asked_again(
    move: Talk, label: str
) -> None:
    before = move.values
    move.says("well well", label)
    assert len(move.heard) == 2
    assert move.asks == "tenure"
    assert move.values == before


def test_a_question_in_the_middle_of_a_form_is_answered_and_the_form_goes_on(move: Talk) -> None:
    before = move.values
    move.says("how do I pay my council tax?", "council_tax_pay")
    assert "Direct Debit" in move.said
    assert move.heard[0].said.service == "council_tax_pay"
    assert move.asks == "tenure"
    assert move.values == before
    move.says("own")
    assert move.asks == "other_adults"


def test_a_second_request_is_kept_and_offered_afterwards(read_back: Talk) -> None:
    read_back.says("there is also a pothole", "pothole")
    assert read_back.asks == "confirm"
    read_back.says("and there is a pothole I said", "pothole")
    read_back.says("yes", "affirm")
    assert read_back.asks == "offer"
    assert read_back.heard[-1].said.service == "pothole"
    read_back.says("yes", "affirm")
    assert read_back.asks == "location"
    read_back.answers("Elm Road in Mutley near the post office", "big", "no")
    assert read_back.asks == "confirm"
    read_back.says("yes", "affirm")
    assert {case.service for case in read_back.cases} == {"house_move", "pothole"}
    assert read_back.conversation.kept == ()


def test_a_kept_request_that_is_declined_is_not_offered_again(move: Talk) -> None:
    move.says("there is also a pothole", "pothole")
    move.says("stop", "stop")
    move.says("no", "deny")
    assert move.asks == "offer"
    assert "pothole" in move.said
    move.says("no thanks", "deny")
    assert move.asks == "topic"
    move.says("no", "deny")
    assert move.cases == []


def test_the_same_service_asked_for_again_goes_on(move: Talk) -> None:
    move.says("I said I'm moving", "house_move")
    assert move.asks == "tenure"


def test_a_word_that_also_names_another_field_does_not_hide_the_value(
    begin: Callable[..., Talk],
) -> None:
    talk = begin()
    talk.says("I'm moving house", "house_move")
    talk.answers("[within]", "Priya Shah", "07700 900123", "14 Elm Road PL4 7AA")
    talk.answers("5 Oak Street PL2 1AB")
    talk.says("no sorry it's number 7 Oak Street", "correct_answer")
    assert talk.values["new_address"]["lines"][0].startswith("7 Oak")
    assert talk.values["contact"] == "+447700900123"
    assert talk.asks == "move_date"


@pytest.mark.parametrize("words", ["no it's at number 7 not 5", "no, it’s number 7", "number 7"])
def test_another_house_of_the_street_is_no_telephone_number(talk: Talk, words: str) -> None:
    talk.says("pothole at 5 Oak Street PL2 1AB", "pothole")
    talk.answers("it is deep", "no", "skip")
    assert talk.asks == "confirm"
    talk.says(words, "correct_answer")
    assert talk.asks == "confirm"
    assert talk.values["location"]["street"] == "Oak Street"
    assert talk.values["location"]["text"].startswith("7 ")


@pytest.mark.parametrize("words", ["no it's number 7 Beech Street", "by the number 50 bus stop"])
def test_a_number_with_a_place_of_its_own_is_not_of_that_street(talk: Talk, words: str) -> None:
    talk.says("pothole at 14 Elm Road PL4 7AA", "pothole")
    talk.answers("it is deep", "no", "skip")
    talk.says(words, "correct_answer")
    assert (
        "Elm Road" not in talk.values["location"]["text"]
        or "14" in (talk.values["location"]["text"])
    )
