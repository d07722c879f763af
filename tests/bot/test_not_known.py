"""Whoever does not know an answer is told how to find it, and is never stuck."""

from __future__ import annotations

import pytest

from casework.domain.conversations import Mode
from tests.office import Talk, make_office

UNKNOWN = ("I don't know", "no idea", "I'm not sure", "I can't remember", "dunno")


@pytest.fixture
def move() -> Talk:
    """A move up to its date."""
    talk = Talk(make_office())
    talk.says("I'm moving house", "house_move")
    talk.answers("within", "Priya Shah", "07700 900123", "14 Elm Road PL4 7AA",
                 "5 Oak Street PL2 1AB")  # fmt: skip
    assert talk.asks == "move_date"
    return talk


@pytest.mark.parametrize("said", UNKNOWN)
def test_a_date_that_is_not_known_is_first_explained_then_left_for_the_team(
    move: Talk, said: str
) -> None:
    help_text = move.office.council.fields["move_date"].help
    may_be_open = move.office.council.fields["move_date"].may_be_unknown
    move.says(said, "dont_know")
    if not may_be_open:
        assert move.asks == "move_date"
        assert help_text in move.said
        move.says(said, "dont_know")
    assert move.asks == "tenure"
    assert move.values["move_date"] is None


def test_the_case_shows_what_was_not_known(move: Talk) -> None:
    while move.asks == "move_date":
        move.says("I don't know", "dont_know")
    others = {"tenure": "I own it", "services_to_tell": "none"}
    while move.asks != "confirm":
        move.says(others.get(move.asks or "", "no"))
    assert "Not known" in move.said
    move.says("yes", "affirm")
    assert move.cases[0].fields["move_date"].value is None


@pytest.mark.parametrize("field", range(8))
def test_nobody_is_ever_stuck(field: int) -> None:
    """After at most three replies that they do not know, something else is asked or done."""
    talk = Talk(make_office())
    talk.says("I'm moving house", "house_move")
    given = {"direction": "within", "name": "Priya Shah", "contact": "07700 900123",
             "old_address": "14 Elm Road PL4 7AA", "new_address": "5 Oak Street PL2 1AB",
             "move_date": "12 December", "tenure": "I own it"}  # fmt: skip
    for _ in range(field):
        talk.says(given.get(talk.asks or "", "no"))
    asked, form = talk.asks, talk.conversation.draft_id
    for _ in range(3):
        if talk.asks == asked and talk.conversation.draft_id == form:
            talk.says("I don't know", "dont_know")
    # A person is rung up, or rings back, which is a form of its own.
    moved_on = talk.asks != asked or talk.conversation.draft_id != form
    assert moved_on or talk.conversation.mode is not Mode.BOT
