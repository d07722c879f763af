"""Postcodes of other towns, which sound like the council's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.domain.conversations import Author
from telephony.hearing import Words, heard_words
from tests.office import the_gazetteer
from tests.telephony.conftest import Caller

Ring = Callable[..., Caller]


def heard(text: str, kind: str = "address") -> Words:
    return heard_words(text, kind, kind, ["PL"], the_gazetteer().postcodes())


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("golf lima four seven alpha alpha", "GL4 7AA"),
        ("14 Elm Road, golf lima 4 7 alpha alpha", "14 Elm Road, GL4 7AA"),
        ("B for Bolton L4 7AA", "B for BL4 7AA"),
        ("delta lima 4 7 alpha alpha", "DL4 7AA"),
        ("no BL4 7AA", "no BL4 7AA"),
        ("No, it's DL4 7AA", "No, it's DL4 7AA"),
        ("EX4 3AA", "EX4 3AA"),
    ],
)
def test_what_was_said_so_that_it_cannot_be_ours_stays(said: str, meant: str) -> None:
    found = heard(said)
    assert "PL4" not in found.text
    assert not found.guessed
    assert found.text.endswith(meant[-7:])


@pytest.mark.parametrize("wrote", ["BL4 7AA", "DL4 7AA", "GL4 7AA", "14 Elm Road, BL4 7AA"])
def test_a_neighbour_of_ours_in_the_alphabet_is_taken_for_ours_and_asked_about(wrote: str) -> None:
    found = heard(wrote)
    assert found.text.endswith("PL4 7AA")
    assert found.guessed


@pytest.mark.parametrize("wrote", ["TL4 7AA", "PL4 7AA", "L4 7AA please", "PL4 7HA"])
def test_what_there_is_nowhere_else_or_is_ours_is_not_asked_about(wrote: str) -> None:
    assert not heard(wrote).guessed or wrote.startswith("L4")


def test_a_caller_who_says_no_is_taken_at_their_word(ring: Ring) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied", "missed_bin")
    caller.says("14 Elm Road, BL4 7AA", sure=0.95)
    assert caller.asked == "address"
    assert "P L 4, 7 A A, yes or no" in caller.heard.text
    caller.says("no, 14 Elm Road, BL4 7AA", sure=0.95)
    talk = caller.line.talks[0]
    last = [m for m in caller.line.transcript(talk.id) if m.author is Author.RESIDENT][-1]
    assert last.said.text == "no, 14 Elm Road, BL4 7AA"
    assert "P L 4" not in caller.heard.text


def test_an_answer_that_was_heard_well_is_said_before_the_next_question(ring: Ring) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied", "missed_bin")
    caller.says("14 Elm Road PL4 7AA", sure=0.95)
    assert caller.asked == "bin_type"
    assert caller.heard.text.startswith("That's 14 Elm Road")
