"""The safety screen over rules given as data."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from casework.adapters.reading.screening import MatcherScreen
from casework.domain.catalogue import SafetyRule


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
