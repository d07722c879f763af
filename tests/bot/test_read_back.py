"""Only a clear yes to the read-back sends; anything else is asked about, and not for ever."""

from __future__ import annotations

import pytest

from tests.bot.test_corrections import ANSWERS, FIELDS
from tests.office import Talk


@pytest.fixture
def read_back(talk: Talk) -> Talk:
    """A move read back."""
    talk.says("I'm moving house", "house_move")
    talk.answers(*ANSWERS)
    assert talk.asks == "confirm"
    return talk


def test_neither_yes_nor_no_opens_nothing_and_the_third_time_a_person_takes_over(
    read_back: Talk,
) -> None:
    for said in ("hmm", "what happens then"):
        read_back.says(said)
        assert read_back.asks == "confirm"
        assert read_back.cases == []
    assert "speak_to_agent" in read_back.choices
    read_back.says("banana")
    assert read_back.cases == []
    assert "ring you" in read_back.said
    read_back.says("yes please")
    assert read_back.draft is not None
    assert (read_back.draft.service, read_back.draft.about) == ("callback", "house_move")
    assert read_back.values["phone"] == "+447700900123"


def test_a_read_back_that_is_only_ever_refused_comes_to_an_end(read_back: Talk) -> None:
    for _ in range(6):
        if read_back.asks == "confirm":
            read_back.says("no", "deny")
    assert read_back.asks == "offer"
    read_back.says("yes", "affirm")
    assert read_back.draft is not None
    assert read_back.draft.service == "callback"


@pytest.mark.parametrize("said", ["hmm", "mm", "Mmm.", "well", "um", "er, well", "hm", "oh"])
def test_a_hesitation_is_no_yes_whatever_the_model_takes_it_for(read_back: Talk, said: str) -> None:
    read_back.says(said, "affirm")
    assert read_back.cases == []
    assert read_back.asks == "confirm"


@pytest.mark.parametrize("said", ["no that's right", "no that's fine", "No thanks, it is."])
def test_a_no_with_a_yes_behind_it_is_asked_about(read_back: Talk, said: str) -> None:
    read_back.says(said, "deny")
    assert read_back.cases == []
    assert read_back.draft is not None
    assert not read_back.draft.changing
    assert "yes or a no" in read_back.said


def test_a_yes_with_another_request_sends_and_keeps_the_request(read_back: Talk) -> None:
    read_back.says(
        "yes and can you tell me when the next collection is", "affirm",
        ranking=[("affirm", 0.6), ("bin_day", 0.3)],
    )  # fmt: skip
    assert len(read_back.cases) == 2
    assert read_back.heard[-1].said.service == "bin_day"
    assert read_back.asks == "offer"


def test_a_yes_counts_when_the_request_behind_it_is_all_that_was_understood(
    read_back: Talk,
) -> None:
    read_back.says("yes and when is the next collection", "bin_day")
    assert len(read_back.cases) == 2
    assert read_back.asks == "offer"


@pytest.mark.parametrize("said", ["no that is all correct", "no, everything is correct thanks"])
def test_a_no_to_any_change_is_a_yes(read_back: Talk, said: str) -> None:
    read_back.says(said, "deny")
    assert len(read_back.cases) == 2


@pytest.mark.parametrize("label", ["affirm", None])
def test_a_yes_with_a_but_changes_and_does_not_send(read_back: Talk, label: str | None) -> None:
    read_back.says("yes but the house number is 7", label)
    assert read_back.cases == []
    assert read_back.values["new_address"]["lines"] == ["7 Oak Street"]
    read_back.says("yes but something is not quite as it should be", label)
    assert read_back.cases == []


def test_something_wrong_without_saying_which_asks_which(read_back: Talk) -> None:
    read_back.says("the postcode is wrong")
    assert read_back.asks == "confirm"
    assert read_back.choices == FIELDS
