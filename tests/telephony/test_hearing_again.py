"""What is done about words that were not heard well, or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.telephony.conftest import Caller, Line

Ring = Callable[..., Caller]


def begins(ring: Ring, number: str | None = "+447700900123") -> Caller:
    caller = ring(number)
    caller.says("my bin wasn't emptied", "missed_bin")
    return caller


def failures_of(caller: Caller) -> int:
    """What the next address says of the failures of the call so far."""
    listening = caller.call.awaiting
    assert listening is not None
    found = re.search(r"failures=(\d+)", listening.attributes["action"])
    return int(found[1]) if found else 0


def test_a_value_heard_well_is_taken_and_the_next_thing_asked(ring: Ring) -> None:
    caller = begins(ring)
    caller.says("14 Elm Road PL4 7AA", sure=0.95)
    assert caller.asked == "bin_type"


def test_a_value_heard_middling_is_asked_about_at_once(ring: Ring) -> None:
    caller = begins(ring)
    caller.says("14 Elm Road PL4 7AA", sure=0.6)
    assert caller.asked == "address"
    assert "14 Elm Road" in caller.heard.text
    assert "yes or no" in caller.heard.text
    caller.says("yes")
    assert caller.asked == "bin_type"


def test_a_middling_value_that_was_wrong_is_asked_again(ring: Ring) -> None:
    caller = begins(ring)
    caller.says("14 Elm Road PL4 7AA", sure=0.6)
    caller.says("no")
    assert caller.asked == "address"
    caller.says("7 Oak Street PL2 1AB", sure=0.95)
    assert caller.asked == "bin_type"


def test_words_hardly_heard_are_asked_for_again_in_another_way_and_not_kept(
    ring: Ring, line: Line
) -> None:
    caller = begins(ring)
    before = line.transcript(caller.talk.id)
    caller.says("mumble forty elms", sure=0.2)
    assert "not sure I heard" in caller.heard.text
    assert line.transcript(caller.talk.id) == before
    caller.says("14 Elm Road PL4 7AA", sure=0.95)
    assert caller.asked == "bin_type"


def test_what_it_is_about_is_asked_when_it_was_heard_middling(ring: Ring) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied at 14 Elm Road PL4 7AA", "missed_bin", sure=0.6)
    assert "yes or no" in caller.heard.text
    caller.says("yes", sure=0.6)
    assert caller.asked == "bin_type"


def test_a_person_is_not_asked_about_twice(ring: Ring) -> None:
    caller = ring()
    caller.says("can I speak to somebody", "speak_to_agent", sure=0.6)
    assert "a person" in caller.heard.text


def test_danger_hardly_heard_is_danger(ring: Ring) -> None:
    caller = begins(ring)
    caller.says("there's a fire and I can't get out", sure=0.2)
    assert "999" in caller.heard.text


@pytest.mark.parametrize("cry", ["help help help help", "fire, fire, fire, fire!"])
def test_danger_cried_over_and_over_is_danger(ring: Ring, cry: str) -> None:
    caller = begins(ring)
    caller.says(cry)
    assert "999" in caller.heard.text


def test_danger_in_what_is_read_as_an_email_address_is_danger(ring: Ring) -> None:
    caller = ring()
    caller.says("I'm moving house", "house_move")
    for _ in range(8):
        if caller.asked == "contact":
            break
        rights = {"direction": "within plymouth", "name": "Priya Shah"}
        caller.says(rights.get(str(caller.asked), "skip"))
    assert caller.asked == "contact"
    caller.says("my house is on fire at home dot com")
    assert "999" in caller.heard.text


def test_a_yes_hardly_heard_sends_nothing(ring: Ring) -> None:
    caller = begins(ring)
    caller.says("14 Elm Road PL4 7AA")
    caller.presses("1")
    caller.presses("23112026")
    caller.presses("1")
    caller.says("skip")
    assert caller.asked == "confirm"
    caller.says("yes", sure=0.5)
    assert caller.cases == []
    caller.presses("1")
    assert len(caller.cases) == 1


def test_keys_are_told_at_the_second_failure_and_a_person_comes_at_the_third(ring: Ring) -> None:
    caller = begins(ring)
    caller.says("the quick brown fox")
    assert "letters on the keys" not in caller.heard.text
    first = caller.heard.text
    caller.says("jumps over the dog")
    assert "letters on the keys" in caller.heard.text
    assert caller.heard.text != first
    caller.says("once upon a time")
    assert "a person" in caller.heard.text or "ring you" in caller.heard.text
    assert caller.asked != "address"


def test_a_postcode_can_be_keyed_once_keys_were_told(ring: Ring) -> None:
    caller = begins(ring)
    caller.says("the quick brown fox")
    caller.says("jumps over the dog")
    caller.presses("754722#")
    caller.presses("14#")
    assert caller.asked == "bin_type"


def test_failures_of_a_whole_call_bring_a_person(ring: Ring) -> None:
    caller = ring()
    caller.says("I'm moving house", "house_move")
    rights = {
        "direction": "within plymouth", "name": "Priya Shah", "contact": "07700 900123",
        "old_address": "14 Elm Road, PL4 7AA", "new_address": "7 Oak Street, PL2 1AB",
        "move_date": "12 December", "tenure": "renting", "other_adults": "just me",
    }  # fmt: skip
    for _ in range(30):
        asked = str(caller.asked)
        for garbled in ("the quick brown fox", "jumps over the dog"):
            if "mishearing" not in caller.heard.text and asked in rights:
                caller.says(garbled)
        if "mishearing" in caller.heard.text:
            break
        caller.says(rights.get(asked, "skip"))
    assert "mishearing" in caller.heard.text
    assert "a person" in caller.heard.text


def test_the_failures_of_a_call_are_not_forgotten_by_an_aside(ring: Ring, line: Line) -> None:
    caller = begins(ring)
    caller.says("the quick brown fox")
    spent = failures_of(caller)
    assert spent
    caller.presses("9")
    assert failures_of(caller) == spent
    caller.says("slower please")
    assert failures_of(caller) == spent


def test_our_own_question_heard_back_is_no_answer(ring: Ring, line: Line) -> None:
    caller = begins(ring)
    question = caller.heard.text.split(".")[-1].strip()
    before = line.transcript(caller.talk.id)
    caller.says(question.rstrip("?"))
    assert line.transcript(caller.talk.id) == before


def test_whoever_told_something_is_asked_whether_to_text_a_code_before_the_call_ends(
    ring: Ring, line: Line
) -> None:
    caller = begins(ring)
    caller.says("14 Elm Road PL4 7AA")
    for _ in range(3):
        caller.keeps_silent()
    assert not caller.heard.over
    assert "text you a code" in caller.heard.text
    caller.presses("1")
    assert "texted you the code" in caller.heard.text
    with line.office.store.begin(reading=True) as work:
        (text,) = work.outbox.recent(10)
    assert text.to == "+447700900123"


def test_without_an_answer_no_text_goes_out_and_nothing_is_lost(ring: Ring, line: Line) -> None:
    caller = begins(ring)
    caller.says("14 Elm Road PL4 7AA")
    for _ in range(4):
        caller.keeps_silent()
    assert caller.heard.over
    with line.office.store.begin(reading=True) as work:
        assert list(work.outbox.recent(10)) == []
        (draft,) = work.drafts.of_conversation(caller.talk.id)
    assert draft.answers["address"].value["postcode"] == "PL4 7AA"


def test_somebody_who_speaks_up_at_the_last_moment_goes_on(ring: Ring) -> None:
    caller = begins(ring)
    caller.says("14 Elm Road PL4 7AA")
    for _ in range(3):
        caller.keeps_silent()
    caller.says("sorry I'm here, no")
    assert not caller.heard.over


def test_a_withheld_caller_is_not_asked_about_a_text(ring: Ring) -> None:
    caller = begins(ring, None)
    caller.says("14 Elm Road PL4 7AA")
    for _ in range(3):
        caller.keeps_silent()
    assert caller.heard.over
    assert "ring again" in caller.heard.text


def test_no_question_is_put_the_same_way_twice(ring: Ring) -> None:
    caller = begins(ring)
    asked = [caller.heard.text]
    for _ in range(2):
        caller.says("mumble mumble elms", sure=0.95)
        asked.append(caller.heard.text)
    questions = [text.split("catch that.")[-1].split("person.")[-1].strip() for text in asked]
    assert caller.asked == "address"
    assert len(set(questions)) == 3
    assert "a word for each letter" in questions[-1]


@pytest.mark.parametrize("said", ["hello?", "Hello, is anybody there?", "can you hear me?"])
def test_whoever_asks_whether_we_are_there_hears_the_question_again(ring: Ring, said: str) -> None:
    caller = begins(ring)
    for _ in range(4):
        caller.says(said, sure=0.9)
    assert caller.asked == "address"
    assert failures_of(caller) == 0
    caller.says("14 Elm Road PL4 7AA", sure=0.95)
    assert caller.asked == "bin_type"


def test_what_we_said_before_the_question_heard_back_is_no_answer(ring: Ring) -> None:
    caller = begins(ring)
    caller.says("mumble mumble elms", sure=0.95)
    before = caller.heard.text.split(". ")[0]
    assert len(before.split()) >= 5
    talks = len(caller.line.transcript(caller.line.talks[0].id))
    caller.says(before, sure=0.95)
    assert len(caller.line.transcript(caller.line.talks[0].id)) == talks


def test_what_was_hardly_heard_is_asked_for_in_other_words_each_time(ring: Ring) -> None:
    caller = begins(ring)
    asked = [caller.heard.text]
    for _ in range(2):
        caller.says("mumble forty elms", sure=0.2)
        asked.append(caller.heard.text.split("heard that.")[-1])
    assert caller.asked == "address"
    assert len({text.split("press")[0].strip() for text in asked}) == 3
