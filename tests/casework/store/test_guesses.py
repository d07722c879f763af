"""What residents meant is kept alike by every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from casework.domain.conversations import Channel
from casework.domain.errors import Conflict, Invalid, NotFound
from casework.domain.guesses import NEITHER, Guess
from tests.casework.store.records import NOW, SUMMER, conversation

ONE = Guess(
    id="g1",
    conversation_id="c1",
    at=NOW,
    channel=Channel.VOICE,
    words="the thing — by me ☂",
    offered=(("pothole", 0.31), ("pavement", 0.2)),
)
LATER = replace(ONE, id="g2", at=NOW + timedelta(minutes=5), chosen="pothole", dealt="pothole")


@pytest.fixture
def kept(store: Any) -> Any:
    with store.begin() as work:
        work.conversations.add(conversation())
        work.guesses.add(replace(ONE, at=NOW.astimezone(SUMMER)))
        work.guesses.add(LATER)
    return store


def test_guesses_come_back_as_they_were_newest_first(kept: Any) -> None:
    with kept.begin(reading=True) as work:
        assert work.guesses.recent() == [LATER, ONE]
        assert work.guesses.recent(limit=1) == [LATER]


def test_they_are_found_by_what_was_chosen(kept: Any) -> None:
    with kept.begin() as work:
        work.guesses.save(replace(ONE, chosen=NEITHER))
    with kept.begin(reading=True) as work:
        assert work.guesses.recent("pothole") == [LATER]
        assert [guess.id for guess in work.guesses.recent(NEITHER)] == ["g1"]


def test_those_of_which_it_is_not_known_what_was_dealt_with_are_open(kept: Any) -> None:
    with kept.begin() as work:
        assert work.guesses.open_of("c1") == [ONE]
        assert work.guesses.open_of("c2") == []
        work.guesses.save(replace(ONE, dealt="bin_day"))
        assert work.guesses.open_of("c1") == []


def test_a_guess_has_an_id_of_its_own_and_a_conversation(kept: Any) -> None:
    with kept.begin() as work, pytest.raises(Conflict):
        work.guesses.add(ONE)
    with pytest.raises(NotFound), kept.begin() as work:
        work.guesses.add(replace(ONE, id="g9", conversation_id="nowhere"))
    with pytest.raises(NotFound), kept.begin() as work:
        work.guesses.save(replace(ONE, id="g8"))
    with kept.begin(reading=True) as work, pytest.raises(Invalid):
        work.guesses.save(ONE)


def test_words_of_what_is_kept_for_later_come_back(store: Any) -> None:
    words = {"bin_order": "a new box — please"}
    with store.begin() as work:
        work.conversations.add(conversation(kept=("bin_order",), kept_words=words))
        work.conversations.add(conversation("c2"))
    with store.begin(reading=True) as work:
        assert work.conversations.get("c1").kept_words == words
        assert work.conversations.get("c2").kept_words == {}
