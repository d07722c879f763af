"""Linear models over features of texts, and the temperature that makes their confidence honest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

SEED = 0
Features = np.ndarray | sparse.spmatrix


@dataclass
class LinearModel:
    """Scores of each label: float64[texts, labels]; the temperature turns them into chances."""

    weights: np.ndarray
    bias: np.ndarray
    temperature: float = 1.0

    def __post_init__(self) -> None:
        # Row by row: a product with a sparse row would copy the whole matrix otherwise (8 ms).
        self.weights = np.ascontiguousarray(self.weights)

    def scores(self, features: Features) -> np.ndarray:
        return np.asarray(features @ self.weights, dtype=np.float64) + self.bias

    def chances(self, features: Features) -> np.ndarray:
        """Probabilities float64[texts, labels]; each row adds up to 1."""
        return softmax(self.scores(features) / self.temperature)


def discriminant(vectors: np.ndarray, targets: np.ndarray, shrinkage: float) -> LinearModel:
    """Linear discriminant analysis, every label as likely as another, solved at once.

    `vectors` are float32[texts, width]; `targets` hold 0 to labels - 1, each at least once. The
    covariance within labels is drawn towards a sphere by `shrinkage` (above 0, up to 1).
    """
    count, width = vectors.shape
    means = np.stack([vectors[targets == label].mean(axis=0) for label in range(targets.max() + 1)])
    spread = vectors - means[targets]
    # The size of the sphere; at least something, where no label varies at all.
    round_part = shrinkage * max(float((spread**2).sum()) / count / width, 1e-6)
    own_part = (1 - shrinkage) / count
    centre = vectors.mean(axis=0)
    apart = (means - centre).astype(np.float64)
    if count < width:
        # Woodbury: a system of one row a text is smaller than one of one row a dimension.
        inner = (spread @ spread.T).astype(np.float64) * own_part + round_part * np.eye(count)
        inside = np.linalg.solve(inner, own_part * (spread @ apart.T))
        weights = (apart.T - spread.T @ inside) / round_part
    else:
        covariance = (spread.T @ spread).astype(np.float64) * own_part
        weights = np.linalg.solve(covariance + round_part * np.eye(width), apart.T)
    bias = -0.5 * np.einsum("lw,wl->l", apart, weights) - centre @ weights
    return LinearModel(weights.astype(np.float32), bias.astype(np.float32))


def regression(features: sparse.spmatrix, targets: np.ndarray, strength: float) -> LinearModel:
    """Logistic regression, one label against the rest: far quicker on sparse features.

    `strength` is inverse regularisation (scikit-learn's C).
    """
    model = LogisticRegression(C=strength, solver="liblinear", random_state=SEED, tol=0.01)
    model.fit(features, targets)
    weights, bias = model.coef_.T, model.intercept_
    if weights.shape[1] == 1:
        # Two labels: scikit-learn keeps the second's score only.
        weights = np.hstack([-weights, weights]) / 2
        bias = np.concatenate([-bias, bias]) / 2
    return LinearModel(weights.astype(np.float32), bias.astype(np.float32))


def softmax(scores: np.ndarray) -> np.ndarray:
    """Rows of scores as rows of probabilities."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def sharpened(chances: np.ndarray, temperature: float) -> np.ndarray:
    """The same probabilities made surer (temperature below 1) or less sure (above 1)."""
    return softmax(np.log(np.maximum(chances, 1e-12)) / temperature)


def best_temperature(scores: np.ndarray, targets: np.ndarray, least: float = 0.05) -> float:
    """The temperature, `least` or above, under which the held-out targets were likeliest."""
    rows = np.arange(len(targets))

    def surprise(temperature: float) -> float:
        chances = softmax(scores / temperature)[rows, targets]
        return float(-np.log(np.maximum(chances, 1e-12)).mean())

    return float(min(np.geomspace(least, 50.0, 80), key=surprise))
