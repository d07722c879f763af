"""Danger is weighed as one thing, whatever it is called.

"He's outside and I've nowhere to go" is a little of three labels and enough of none; what counts
first is that somebody is in danger, then which danger it is likeliest to be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

SAFETY = ("emergency", "crisis", "safeguarding_adult", "safeguarding_child", "homelessness")

Ranked = list[tuple[str, float]]


def as_one(ranked: Sequence[tuple[str, float]], danger_above: float) -> Ranked:
    """The labels with their probabilities, likeliest first; the likeliest danger has that of all.

    From `danger_above` on it comes first even before something likelier: a needless number to call
    costs less than danger taken for something else.
    """
    dangers = [(label, chance) for label, chance in ranked if label in SAFETY]
    if not dangers:
        return list(ranked)
    likeliest = max(dangers, key=lambda one: one[1])[0]
    whole = min(1.0, sum(chance for _, chance in dangers))
    told = [
        (label, whole if label == likeliest else 0.0 if label in SAFETY else chance)
        for label, chance in ranked
    ]
    urgent = likeliest if whole >= danger_above else None
    return sorted(told, key=lambda one: (one[0] != urgent, -one[1]))


PLAIN = 0.9
"""Probability from which on danger is plain whatever was asked."""

STANDS = 0.2
"""Probability that less plain danger keeps when it is read as part of what is being told."""


def told_of(metadata: Mapping[str, Any] | None) -> str | None:
    """What a form is about, in words, while it asks for a free description; None at other times."""
    metadata = metadata or {}
    draft = metadata.get("draft")
    if metadata.get("kind") != "text" or not draft or draft in SAFETY:
        return None
    return str(draft).replace("_", " ")


def belongs_to_story(ranked: Ranked, in_context: Ranked) -> bool:
    """Whether danger is only part of the report: "my neighbour fell and hurt her wrist", of a kerb.

    `ranked` are the words by themselves, `in_context` the same with what the form is about in
    front. Danger that is plain, or that the context does not explain, is none of the story.
    """
    label, chance = ranked[0]
    if label not in SAFETY or chance >= PLAIN:
        return False
    return sum(chance for other, chance in in_context if other in SAFETY) < STANDS


def without_danger(ranked: Ranked) -> Ranked:
    """The labels likeliest first, those of danger last and with no probability."""
    told = [(label, 0.0 if label in SAFETY else chance) for label, chance in ranked]
    return sorted(told, key=lambda one: -one[1])
