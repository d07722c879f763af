"""What a use case says comes through the assistant whole."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest

from actions.turns import as_json
from bot.engine import read_answer
from casework.domain.conversations import Choice, Link, Needed, Upload, Utterance
from casework.domain.errors import EngineFailure

FULL = Utterance(
    text="Please send us a photo",
    choices=(Choice("Yes", "yes"),),
    service="name_change",
    asks="offer",
    kind="choice",
    case_refs=("10000012",),
    links=(Link("More", "https://council.example"),),
    upload=Upload("10000012", (Needed("new_name", "Proof", True),)),
)


@pytest.mark.parametrize("said", [FULL, Utterance("Hello")])
def test_an_utterance_is_the_same_on_the_other_side(said: Utterance) -> None:
    passed_on = json.loads(json.dumps([{"recipient_id": "c1", "custom": as_json(said)}]))
    assert read_answer(passed_on) == [said]


def test_the_example_has_every_part() -> None:
    plain = Utterance("")
    for field in fields(Utterance):
        assert getattr(FULL, field.name) != getattr(plain, field.name), field.name


def test_a_part_that_is_not_as_it_should_be_is_a_failure() -> None:
    with pytest.raises(EngineFailure):
        read_answer([{"custom": {"text": "x", "upload": {"needed": []}}}])
