"""The report on held-out messages: how many are right, what is acted on, what danger is missed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from civicline_rasa.danger import SAFETY

if TYPE_CHECKING:
    from civicline_rasa.measure import Measured, Thresholds

OUT_OF_SCOPE = "out_of_scope"
STEPS = (0.0, 0.2, 0.35, 0.5, 0.7, 0.9, 1.01)
WORST = 8
MIXED_UP = 15


def plain(text: str) -> str:
    """Letters, digits and single spaces, to find the same message again."""
    return " ".join(re.sub(r"[^\w ]", "", text.lower()).split())


def guesses(one: Measured) -> np.ndarray:
    """The three likeliest labels of each message, str[messages, 3]."""
    return np.array(one.labels)[np.argsort(-one.chances, axis=1)[:, :3]]


def right(one: Measured) -> np.ndarray:
    """Whether the likeliest label is the one meant, bool[messages]."""
    return guesses(one)[:, 0] == np.array(one.meant)


def top3(one: Measured) -> np.ndarray:
    """Whether the label meant is among the three likeliest, bool[messages]."""
    return (guesses(one) == np.array(one.meant)[:, None]).any(axis=1)


def rejection(one: Measured, reject_below: float, sure_above: float) -> dict[str, float]:
    """Shares: out_of_scope not acted on as a service; the others kept, acted on, acted on wrongly.

    Kept is what is acted on or offered among services, acted on what needs no such question.
    """
    first, sure = guesses(one)[:, 0], one.chances.max(axis=1)
    beside = np.array(one.meant) == OUT_OF_SCOPE
    acted = (sure >= sure_above) & (first != OUT_OF_SCOPE)
    kept = (sure >= reject_below) & (first != OUT_OF_SCOPE)
    return {
        "rejected": float(1 - acted[beside].mean()) if beside.any() else float("nan"),
        "kept": float(kept[~beside].mean()),
        "acted on": float(acted[~beside].mean()),
        "wrongly": float((acted & ~right(one)).mean()),
    }


def alarms(one: Measured, danger_above: float, screened: Mapping[str, str] | None) -> np.ndarray:
    """Whether a message is treated as danger, bool[messages]: by the model and any rules given."""
    whole = one.chances[:, np.isin(one.labels, SAFETY)].sum(axis=1)
    return (whole >= danger_above) | np.array([text in (screened or {}) for text in one.texts])


def danger(one: Measured, danger_above: float, screened: Mapping[str, str] | None) -> tuple:
    """Recall of the safety labels, and the share of other messages that raise an alarm."""
    meant = np.isin(one.meant, SAFETY)
    raised = alarms(one, danger_above, screened)
    return float(raised[meant].mean()), float(raised[~meant].mean())


def tell(
    measured: Sequence[Measured],
    *,
    known: Iterable[str],
    tiers: Mapping[str, str],
    thresholds: Thresholds,
    screened: Mapping[str, str] | None,
) -> None:
    """Prints everything, set by set. `known` are the messages trained on, `tiers` by service."""
    trained_on = {plain(text) for text in known}
    sets: dict[str, list[Measured]] = defaultdict(list)
    for one in measured:
        sets[one.name].append(one)
    for name, channels in sets.items():
        print(f"\n== {name or 'set'} ==")
        for one in channels:
            _tell_channel(one, trained_on, thresholds, screened)
        _tell_tiers(channels, tiers)
        _tell_mistakes(channels)
        _tell_reliability(channels)


def _tell_channel(
    one: Measured,
    trained_on: set[str],
    thresholds: Thresholds,
    screened: Mapping[str, str] | None,
) -> None:
    new = np.array([plain(text) not in trained_on for text in one.texts])
    print(f"{one.channel}: {len(one.texts)} messages, {len(set(one.meant))} labels")
    print(f"  top-1 {right(one).mean():.1%}  top-3 {top3(one).mean():.1%}")
    print(f"  top-1 {right(one)[new].mean():.1%} of the {new.sum()} that nobody was trained on")
    shares = rejection(one, thresholds.reject_below, thresholds.sure_above)
    print(
        f"  out_of_scope rejected {shares['rejected']:.1%}, the rest kept {shares['kept']:.1%}, "
        f"acted on {shares['acted on']:.1%}, wrongly {shares['wrongly']:.1%}"
    )
    ways = [("model alone", None)]
    if screened is not None:
        ways.append(("with the rules", screened))
    for way, rules in ways:
        recall, false = danger(one, thresholds.danger_above, rules)
        print(f"  danger, {way}: recall {recall:.1%}, false alarms {false:.2%}")
    for kind, taken in (("by the clock", one.milliseconds), ("of processor", one.processor)):
        most = np.percentile(taken, 95)
        print(f"  {taken.mean():.1f} ms a message {kind}, 95% within {most:.1f} ms")


def _tell_tiers(channels: Sequence[Measured], tiers: Mapping[str, str]) -> None:
    found: dict[str, list[bool]] = defaultdict(list)
    for one in channels:
        for label, is_right in zip(one.meant, right(one), strict=True):
            found[tiers.get(label, "conversation")].append(bool(is_right))
    print("top-1 by tier: " + ", ".join(f"{t} {np.mean(f):.1%}" for t, f in sorted(found.items())))


def _tell_mistakes(channels: Sequence[Measured]) -> None:
    by_label: dict[str, list[bool]] = defaultdict(list)
    mixed: Counter[tuple[str, str]] = Counter()
    for one in channels:
        for label, guess in zip(one.meant, guesses(one)[:, 0], strict=True):
            by_label[label].append(label == guess)
            if label != guess:
                mixed[label, str(guess)] += 1
    worst = sorted(by_label, key=lambda label: (np.mean(by_label[label]), label))[:WORST]
    print(
        "worst labels: " + ", ".join(f"{label} {np.mean(by_label[label]):.0%}" for label in worst)
    )
    print("mixed up most (meant, understood):")
    for (meant, understood), count in mixed.most_common(MIXED_UP):
        print(f"  {count:4}  {meant}  {understood}")


def _tell_reliability(channels: Sequence[Measured]) -> None:
    sure = np.concatenate([one.chances.max(axis=1) for one in channels])
    is_right = np.concatenate([right(one) for one in channels])
    print("confidence    messages  mean    right")
    for low, high in pairwise(STEPS):
        within = (sure >= low) & (sure < high)
        if within.any():
            shares = (
                f"{within.mean():7.1%} {sure[within].mean():7.1%} {is_right[within].mean():7.1%}"
            )
            print(f"{low:4.2f} to {min(high, 1):4.2f}  {shares}")
