"""Danger is weighed as one thing, whatever it is called.

"He's outside and I've nowhere to go" is a little of three labels and enough of none; what counts
first is that somebody is in danger, then which danger it is likeliest to be.
"""

from __future__ import annotations

from collections.abc import Sequence

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
