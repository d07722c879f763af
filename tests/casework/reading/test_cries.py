"""The council's own safety rules over cries for help and over harmless talk of danger."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from casework.adapters.council_safety import read_safety_rules
from casework.adapters.reading.screening import MatcherScreen
from casework.adapters.yaml_lines import Source

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
HELD_OUT = sorted((ROOT / "tests" / "nlu").glob("held_out_*.yml"))


@cache
def screen() -> MatcherScreen:
    return MatcherScreen(read_safety_rules(Source(ROOT / "council" / "safety.yml", "safety")))


def sentences(*files: Path) -> Iterator[tuple[str, str]]:
    for file in files:
        for label, texts in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            yield from ((label, text) for text in texts)


CRIES = list(sentences(HERE / "cries.yml"))
HARMLESS = list(sentences(HERE / "harmless.yml"))
SAFETY = {label for label, _ in CRIES}


def test_the_tables_are_long_enough_to_tell() -> None:
    assert len(CRIES) >= 300
    assert len(HARMLESS) >= 400


def test_nearly_every_cry_for_help_is_caught_by_rules_alone() -> None:
    missed = [text for _, text in CRIES if screen().screen(text) is None]
    assert len(missed) <= 0.05 * len(CRIES), missed


def test_nearly_every_cry_for_help_has_its_own_answer() -> None:
    wrong = []
    for label, text in CRIES:
        rule = screen().screen(text)
        if rule is not None and rule.label != label:
            wrong.append((label, rule.label, text))
    assert len(wrong) <= 0.1 * len(CRIES), wrong


def test_harmless_talk_of_danger_sets_nothing_off() -> None:
    fired = [text for _, text in HARMLESS if screen().screen(text) is not None]
    assert len(fired) <= 0.01 * len(HARMLESS), fired


def test_the_held_out_cries_are_caught_and_the_rest_is_left_alone() -> None:
    held_out = list(sentences(*HELD_OUT))
    cries = [text for label, text in held_out if label in SAFETY]
    others = [text for label, text in held_out if label not in SAFETY]
    missed = [text for text in cries if screen().screen(text) is None]
    fired = [text for text in others if screen().screen(text) is not None]
    assert len(missed) <= 0.05 * len(cries), missed
    assert len(fired) <= 0.01 * len(others), fired


def test_a_cry_is_heard_at_the_end_of_a_very_long_message() -> None:
    story = "the green bin was missed again and nobody rang back " * 100
    assert screen().screen(story) is None
    for place in range(60):
        rule = screen().screen(f"{story[: 4000 + place]} i want to kill myself {story[:500]}")
        assert rule is not None, place


@pytest.mark.parametrize(
    "text",
    [
        "I do'nt want to live anymore", "i WANT too die... i want to die",
        "heeeelp hes not breathing",
        "im goin to kill my self", "hes got a knif", "ive nowere to sleep tonite", "i cannae go on",
    ],
)  # fmt: skip
def test_short_and_misspelt_cries_are_read_in_full(text: str) -> None:
    assert screen().screen(text) is not None
