"""What more examples would bring: the model trained on ever more of them, measured each time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from civicline_rasa.danger import SAFETY
from civicline_rasa.linear import SEED
from civicline_rasa.measured_report import alarms, right, top3

if TYPE_CHECKING:
    from civicline_rasa.measure import Examples, Measured

SHARES = (0.1, 0.25, 0.5, 0.75, 1.0)
LEAST = 2
"""Examples of a label that even the smallest share has."""


def shares_of(
    texts: Sequence[str], names: Sequence[str], shares: Sequence[float] = SHARES
) -> Iterator[tuple[float, Examples]]:
    """Each share of the examples, the same of every label; a larger one holds every smaller one."""
    places: dict[str, list[int]] = defaultdict(list)
    for place in np.random.default_rng(SEED).permutation(len(texts)):
        places[names[place]].append(int(place))
    for share in shares:
        kept = sorted(
            place
            for of_label in places.values()
            for place in of_label[: max(LEAST, round(share * len(of_label)))]
        )
        yield share, ([texts[at] for at in kept], [names[at] for at in kept])


def group_of(label: str, kinds: Mapping[str, str]) -> str:
    """Danger, the kind of the service, or conversation."""
    return "danger" if label in SAFETY else kinds.get(label, "conversation")


def points(
    measured: Sequence[Measured], kinds: Mapping[str, str], danger_above: float
) -> dict[str, float]:
    """The share right, in all and of each group of labels, and of danger caught by the model."""
    first = np.concatenate([right(one) for one in measured])
    three = np.concatenate([top3(one) for one in measured])
    meant = [label for one in measured for label in one.meant]
    groups = np.array([group_of(label, kinds) for label in meant])
    caught = np.concatenate([alarms(one, danger_above, None) for one in measured])
    found = {"top-1": float(first.mean()), "top-3": float(three.mean())}
    found["caught"] = float(caught[groups == "danger"].mean())
    for group in sorted(set(groups)):
        found[group] = float(first[groups == group].mean())
    return found


def tell(examples: int, found: Mapping[str, float], *, first: bool) -> None:
    """Prints one row of the table, and before the first its head."""
    if first:
        print("examples  " + "  ".join(f"{name:>12}" for name in found))
    print(f"{examples:8}  " + "  ".join(f"{share:12.1%}" for share in found.values()), flush=True)
