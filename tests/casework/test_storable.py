"""What residents and staff write is kept alike, and an apostrophe is one however it is typed."""

from __future__ import annotations

import pytest

from bot.hearing import clean
from casework.domain.plain_words import plain_words
from casework.domain.storable import storable
from casework.use_cases.hold_handoff import written
from tests.office import the_reader, the_screen
from tests.storable import KEPT

APOSTROPHES = "'‘’ʼ′`´＇"


@pytest.mark.parametrize(("given", "kept"), KEPT)
def test_what_no_store_takes_is_left_out_of_residents_and_agents_words(
    given: str, kept: str
) -> None:
    assert storable(given) == kept
    assert clean(given) == kept
    assert written(given) == kept


@pytest.mark.parametrize("mark", APOSTROPHES)
def test_residents_words_have_plain_apostrophes(mark: str) -> None:
    assert clean(f"don{mark}t ring") == "don't ring"
    assert plain_words(f"Don{mark}t ring!") == "don't ring"


@pytest.mark.parametrize("mark", APOSTROPHES)
def test_danger_is_heard_with_any_apostrophe(mark: str) -> None:
    rule = the_screen().screen(f"I don{mark}t want to live any more")
    assert rule is not None
    assert rule == the_screen().screen("I don't want to live any more")


@pytest.mark.parametrize("mark", APOSTROPHES)
def test_wishes_are_heard_with_any_apostrophe(mark: str) -> None:
    wishes = the_reader().wishes(f"please don{mark}t leave a message on my phone")
    assert wishes.no_message
