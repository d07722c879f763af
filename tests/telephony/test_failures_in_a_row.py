"""What becomes of a caller who is heard, but not so that it means anything: a person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.domain.conversations import Mode
from tests.telephony.conftest import Caller, Line

Ring = Callable[..., Caller]

LANDLINE = "+441752000111"


def told_of_a_bin(ring: Ring, number: str | None) -> Caller:
    """Somebody of whose missed bin the address is known."""
    caller = ring(number)
    caller.says("my bin wasn't emptied", "missed_bin")
    caller.says("14 Elm Road PL4 7AA")
    assert caller.asked == "bin_type"
    return caller


@pytest.mark.parametrize("number", ["+447700900123", LANDLINE, None])
def test_three_wrong_keys_bring_a_person(ring: Ring, number: str | None) -> None:
    caller = told_of_a_bin(ring, number)
    said = [caller.presses("8").text for _ in range(3)]
    assert not caller.heard.over
    assert caller.talk.mode is Mode.BOT
    assert "bring in a person" in said[2]
    assert "can't hear you" not in said[2]
    with caller.line.office.store.begin(reading=True) as work:
        drafts = work.drafts.of_conversation(caller.talk.id)
    assert [one.service for one in drafts] == ["missed_bin", "callback"]


def test_keys_are_told_at_the_second_failure(ring: Ring) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied", "missed_bin")
    assert "letters on the keys" not in caller.presses("8*8").text
    assert "letters on the keys" in caller.presses("8*8").text
    caller.presses("754722#")
    caller.presses("14#")
    assert caller.asked == "bin_type"


def test_at_the_open_question_services_to_choose_by_key_come_at_the_second(ring: Ring) -> None:
    caller = ring()
    caller.presses("7")
    caller.presses("7")
    assert caller.asked == "service"
    caller.presses("7")
    assert "bring in a person" in caller.heard.text


def test_a_silence_a_doubtful_word_and_a_wrong_key_add_up_to_a_person(ring: Ring) -> None:
    caller = told_of_a_bin(ring, LANDLINE)
    caller.says("the brown one", sure=0.2)
    caller.keeps_silent()
    caller.presses("8")
    assert "bring in a person" in caller.heard.text


def test_somebody_who_was_heard_before_is_brought_a_person_by_a_silence(ring: Ring) -> None:
    caller = told_of_a_bin(ring, LANDLINE)
    caller.presses("8")
    caller.keeps_silent()
    caller.keeps_silent()
    assert "bring in a person" in caller.heard.text


def test_nothing_but_silence_still_ends_the_call(ring: Ring) -> None:
    caller = told_of_a_bin(ring, LANDLINE)
    for _ in range(3):
        caller.keeps_silent()
    assert caller.heard.over
    assert "ring again" in caller.heard.text
    assert caller.cases == []


@pytest.mark.parametrize("fails", ["keys", "silence"])
def test_with_nobody_there_the_team_gets_all_that_was_told(
    ring: Ring, line: Line, fails: str
) -> None:
    caller = told_of_a_bin(ring, LANDLINE)
    for _ in range(3):
        caller.presses("8")
    for _ in range(3):
        caller.presses("8*8") if fails == "keys" else caller.keeps_silent()
    assert caller.heard.over
    (case,) = caller.cases
    assert case.service == "callback"
    assert case.fields["phone"].value == LANDLINE
    assert case.fields["address"].value["postcode"] == "PL4 7AA"
    assert "passed on" in caller.heard.text
    assert " ".join(case.ref[:4]) in caller.heard.text
    assert caller.talk.mode is Mode.CLOSED


def test_whoever_cannot_be_rung_hears_the_truth(ring: Ring) -> None:
    caller = told_of_a_bin(ring, None)
    for _ in range(6):
        caller.presses("8*8")
    assert caller.heard.over
    assert "ring again" in caller.heard.text
    assert caller.cases == []


def test_a_yes_after_two_wrong_keys_begins_the_count_anew(ring: Ring) -> None:
    caller = told_of_a_bin(ring, LANDLINE)
    caller.presses("8")
    caller.presses("8")
    caller.presses("1")
    caller.presses("8*8")
    caller.presses("8*8")
    assert caller.asked == "collection_date"


@pytest.mark.parametrize("asked", ["bin_type", "out_on_time"])
def test_a_hash_alone_counts_nothing_and_says_nothing(ring: Ring, asked: str) -> None:
    caller = told_of_a_bin(ring, LANDLINE)
    if asked == "out_on_time":
        caller.presses("1")
        caller.presses("23112026")
    before = caller.line.transcript(caller.talk.id)
    for _ in range(4):
        caller.presses("#")
        assert caller.heard.said == []
    assert caller.asked == asked
    assert caller.line.transcript(caller.talk.id) == before
    caller.presses("8")
    assert "silent=1" in caller.heard.documents[-1]


def test_a_hash_after_a_choice_does_no_harm(ring: Ring) -> None:
    caller = told_of_a_bin(ring, LANDLINE)
    caller.presses("1")
    caller.presses("#")
    caller.presses("23112026#")
    assert caller.asked == "out_on_time"


def test_a_house_number_nine_is_keyed_by_somebody_who_never_speaks(ring: Ring) -> None:
    caller = ring()
    caller.presses("1")
    caller.presses("1", "missed_bin")
    caller.presses("754722#")
    caller.presses("9")
    assert caller.asked == "address"
    caller.presses("9#")
    assert caller.asked == "bin_type"
    with caller.line.office.store.begin(reading=True) as work:
        (draft,) = work.drafts.of_conversation(caller.talk.id)
    assert draft.value("address")["lines"] == ["9 Elm Road"]
