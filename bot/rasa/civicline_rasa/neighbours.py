"""The examples nearest to a text: for labels of many kinds, which no single line can set apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

NEAREST = 10
SHARPNESS = 20.0
"""How much more a nearer example counts: by e to the power of this for a cosine nearer by 1."""


@dataclass
class Neighbours:
    """Unit vectors float32[examples, width] and the label of each, 0 to `count` - 1."""

    vectors: np.ndarray
    targets: np.ndarray
    count: int

    def chances(self, vectors: np.ndarray) -> np.ndarray:
        """Each label's share among the nearest, float64[texts, count]; each row adds up to 1."""
        chances = np.zeros((len(vectors), self.count))
        for row, vector in zip(chances, vectors, strict=True):
            near = self.vectors @ vector
            nearest = np.argpartition(-near, min(NEAREST, len(near)) - 1)[:NEAREST]
            weights = np.exp(SHARPNESS * (near[nearest] - near.max()))
            np.add.at(row, self.targets[nearest], weights / weights.sum())
        return chances
