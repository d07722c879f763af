"""The safety screen over rules given as data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest

from casework.adapters.council_files import load_council
from casework.adapters.reading.screening import MatcherScreen
from casework.domain.safety import SafetyRule


def rule(rule_id: str, patterns: list, unless: list = ()) -> SafetyRule:
    frozen = tuple(tuple(MappingProxyType(token) for token in one) for one in patterns)
    silencing = tuple(tuple(MappingProxyType(token) for token in one) for one in unless)
    return SafetyRule(rule_id, rule_id, rule_id, False, frozen, silencing, (), ())


@pytest.fixture(scope="module")
def screen() -> MatcherScreen:
    return MatcherScreen(
        [
            rule(
                "fire",
                [[{"LOWER": "on"}, {"LOWER": "fire"}], [{"LOWER": "fire"}, {"LOWER": "fire"}]],
                [[{"LOWER": "on"}, {"LOWER": "fire"}, {"LOWER": {"IN": ("today", "tonight")}}]],
            ),
            rule("crisis", [[{"LOWER": "kill"}, {"LOWER": "myself"}]]),
            rule("any", [[{"LOWER": "help", "OP": "?"}, {"LOWER": "now"}, {"LOWER": "please"}]]),
        ]
    )


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("My house is ON FIRE!", "fire"),
        ("fire, fire", None),
        ("fire fire", "fire"),
        ("the band was on fire tonight", None),
        ("I want to kill myself", "crisis"),
        ("I’ll kill myself, my house is on fire", "fire"),
        ("now please", "any"),
        ("a bin on the fire lane", None),
        ("", None),
        ("\x00👍", None),
        ("x " * 3000, None),
    ],
)
def test_the_first_rule_that_fires_and_is_not_silenced(screen, text, fires):
    heard = screen.screen(text)
    assert (heard.id if heard else None) == fires


def test_no_rules_never_fire():
    assert MatcherScreen([]).screen("on fire") is None


def test_a_pattern_that_cannot_be_used_is_refused():
    with pytest.raises(ValueError, match="pattern"):
        MatcherScreen([rule("bad", [[{"NO_SUCH_ATTRIBUTE": "x"}]])])


COUNCIL = Path(__file__).parents[3] / "council"


@cache
def council_rules() -> tuple[SafetyRule, ...]:
    return load_council(COUNCIL).safety_rules


@cache
def council_screen() -> MatcherScreen:
    return MatcherScreen(council_rules())


@pytest.mark.parametrize("given", council_rules(), ids=lambda given: given.id)
def test_each_rule_fires_and_stays_quiet_as_it_says(given):
    screen = council_screen()
    assert [text for text in given.fires if screen.screen(text) is None] == []
    assert [text for text in given.quiet if screen.screen(text) is not None] == []


@pytest.mark.parametrize("given", council_rules(), ids=lambda given: given.id)
def test_an_idiom_in_one_sentence_silences_no_danger_in_another(given):
    screen = council_screen()
    joined = [
        text
        for fires in given.fires
        for quiet in given.quiet
        for text in (
            f"{quiet}. {fires}",
            f"{fires}. {quiet}",
            f"{quiet}, {fires}",
            f"{quiet} and {fires}",
        )
    ]
    assert [text for text in joined if screen.screen(text) is None] == []


@pytest.mark.parametrize(
    "text",
    [
        "I am drowning in debt and my house is on fire",
        "suicide prevention told me to call, I want to kill myself",
        "I nearly killed myself falling over, I want to die now",
        "I want to register to vote but I am homeless tonight and sleeping rough",
    ],
)
def test_an_idiom_beside_a_danger_does_not_hide_it(text):
    assert council_screen().screen(text) is not None


def test_a_misspelt_danger_is_still_one() -> None:
    council = load_council(Path("council"))
    screen = MatcherScreen(council.safety_rules)
    for text in ("my baby is not breething", "my dad has colapsed", "I need an ambulence now"):
        assert screen.screen(text) is not None, text
    for text in (
        "the traffic wardens are breeding",
        "collecting my garden waste",
        "a burst balance",
    ):
        assert screen.screen(text) is None, text
