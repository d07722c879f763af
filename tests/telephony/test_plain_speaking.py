"""What callers hear: choices named as such, nothing twice, and time to find their glasses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from telephony.call_aside import PATIENT
from tests.telephony.conftest import Caller
from tests.telephony.test_keys_alone import presses_on

Ring = Callable[..., Caller]


def at_the_read_back(ring: Ring) -> Caller:
    caller = ring()
    caller.says("there's a pothole on Mutley Plain", "pothole")
    for said in ("it's deep", "no", "skip"):
        caller.says(said)
    assert caller.asked == "confirm"
    assert "Mutley Plain" in caller.heard.text
    return caller


def test_choices_are_told_as_the_answers_they_are(ring: Ring) -> None:
    caller = ring()
    caller.says("there's a pothole on Elm Road", "pothole")
    assert "Say which, or press 1 for Elm Road, Mutley" in caller.heard.text
    assert "You can also" not in caller.heard.text


def test_a_person_who_is_offered_is_told_with_their_key(ring: Ring) -> None:
    caller = ring()
    for _ in range(2):
        caller.says("blah", "out_of_scope", ranking=(("pothole", 0.2), ("bin_day", 0.1)))
    assert caller.asked == "offer"
    assert "or press 0 for Speak to a person" in caller.heard.text


def test_somebody_who_does_not_speak_has_a_key_for_something_else(ring: Ring) -> None:
    caller = ring()
    caller.presses("1")
    caller.presses("1")
    presses_on(caller)
    assert caller.cases
    assert "press 2 for something else" in caller.heard.text
    caller.presses("2")
    assert caller.asked == "service"


@pytest.mark.parametrize("said", ["hang on I've got to get me glasses", "hang on a minute"])
def test_whoever_asks_for_a_moment_gets_it(ring: Ring, said: str) -> None:
    caller = at_the_read_back(ring)
    caller.says(said)
    assert "Take your time" in caller.heard.text
    assert "Mutley Plain" not in caller.heard.text
    assert caller.heard.gather.attributes["timeout"] == "20"
    for _ in range(PATIENT - 2):
        caller.keeps_silent()
        assert caller.heard.text.startswith("I'm still here.")
    caller.says("yes that's right", "affirm")
    assert len(caller.cases) == 1


def test_a_reply_that_makes_no_sense_has_nothing_read_out_again(ring: Ring) -> None:
    caller = at_the_read_back(ring)
    caller.says("my cousin Wilf")
    assert "Please say yes to send it" in caller.heard.text
    assert "Mutley Plain" not in caller.heard.text
    caller.keeps_silent()
    assert "Mutley Plain" not in caller.heard.text


@pytest.mark.parametrize("again", ["repeat", "say that again please", "9"])
def test_it_is_read_out_again_for_whoever_asks(ring: Ring, again: str) -> None:
    caller = at_the_read_back(ring)
    caller.says("my cousin Wilf")
    caller.presses(again) if again == "9" else caller.says(again)
    assert "Mutley Plain" in caller.heard.text


def test_after_a_silence_all_that_was_heard_is_not_read_out_again(ring: Ring) -> None:
    caller = at_the_read_back(ring)
    caller.keeps_silent()
    assert "say repeat" in caller.heard.text
    assert "Mutley Plain" not in caller.heard.text


@pytest.mark.parametrize("key", ["7", "55"])
def test_what_may_not_have_been_heard_is_read_out_again_after_a_wrong_key(
    ring: Ring, key: str
) -> None:
    caller = at_the_read_back(ring)
    caller.presses(key)
    assert "Mutley Plain" in caller.heard.text


def test_what_noise_cut_off_is_read_out_again(ring: Ring) -> None:
    caller = ring()
    caller.says("there's a pothole on Mutley Plain", "pothole")
    caller.says("it's deep")
    caller.says("no")
    # They answer the line at its first listening: the rest is not heard yet.
    caller.call.say("skip")
    heard = caller.call.say("hello hello")
    assert "say repeat" not in caller.call.listen(heard).text
    assert "Mutley Plain" in caller.call.listen(heard).text


def test_whoever_turns_to_the_keys_hears_all_of_it_and_then_which_key_repeats_it(
    ring: Ring,
) -> None:
    caller = at_the_read_back(ring)
    caller.says("use the keypad")
    assert "Mutley Plain" in caller.heard.text
    caller.keeps_silent()
    assert "press 9" in caller.heard.text
    assert "say repeat" not in caller.heard.text
    assert "Mutley Plain" not in caller.heard.text


def test_what_was_changed_is_read_out_once_more(ring: Ring) -> None:
    caller = at_the_read_back(ring)
    caller.says("my cousin Wilf")
    caller.says("it's on Elm Road in Mutley by the bus stop", "correct_answer")
    assert caller.asked == "confirm"
    assert "Elm Road" in caller.heard.text
    assert "Is that right" in caller.heard.text


def test_nobody_is_asked_whether_to_go_on_with_what_they_have_just_told(ring: Ring) -> None:
    caller = ring()
    caller.says(
        "I'm moving house from 14 Elm Road PL4 7AA to 5 Oak Street PL2 1AB next Friday",
        "house_move",
    )
    assert "Date you move" in caller.heard.text
    assert "Shall I go on?" not in caller.heard.text


def test_a_postcode_that_nobody_has_is_no_key_without_a_meaning(ring: Ring) -> None:
    caller = ring()
    caller.presses("1")
    caller.presses("1")
    caller.presses("754799#")
    assert "I can't find anything for those numbers." in caller.heard.text
    caller.presses("754722#")
    assert "but I need the house number" in caller.heard.text
