"""The intent model without Rasa: three views of a text, averaged, with honest confidence.

One reads the layers of the sentence encoder (meaning), another words and pieces of words (names,
rare terms, misspellings), the third looks for the nearest examples. The linear ones are turned into
probabilities with a temperature found on examples left out, and so is the average, so that of the
messages given 0.7, about seven in ten are right. Stored as arrays and JSON, no pickle.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from sklearn.model_selection import StratifiedKFold

from civicline_rasa.encoder import WIDTH, SentenceEncoder
from civicline_rasa.linear import (
    SEED,
    LinearModel,
    best_temperature,
    discriminant,
    regression,
    sharpened,
    softmax,
)
from civicline_rasa.neighbours import Neighbours
from civicline_rasa.words import WordFeatures

FOLDS = 3
# How much of the model's confidence in a word or two that it never saw is kept.
KEPT_UNKNOWN = 0.5
UNKNOWN_WORDS = 2
# Both have been calibrated by then: a few easy examples must not make the average certain.
LEAST_OF_AVERAGE = 0.5


@dataclass(frozen=True)
class Settings:
    """How the model is trained. The strength is inverse regularisation (scikit-learn's C).

    What the two weights leave of 1 is the weight of the nearest examples.
    """

    vector_weight: float = 0.45
    words_weight: float = 0.35
    vector_shrinkage: float = 0.01
    words_strength: float = 12.0


class TextModel:
    """Chances of every label for a text."""

    def __init__(
        self,
        labels: Sequence[str],
        settings: Settings,
        vector_model: LinearModel,
        word_features: WordFeatures,
        word_model: LinearModel,
        neighbours: Neighbours,
        encoder: SentenceEncoder,
        temperature: float = 1.0,
    ) -> None:
        self.labels = list(labels)
        self.settings = settings
        self._vector_model = vector_model
        self._word_features = word_features
        self._word_model = word_model
        self._neighbours = neighbours
        self._encoder = encoder
        self._temperature = temperature

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        names: Sequence[str],
        encoder: SentenceEncoder,
        settings: Settings | None = None,
        calibrate: bool = True,
    ) -> TextModel:
        """Learns from texts and the label of each; the same input gives the same model.

        Raises ValueError with fewer than two labels.
        """
        settings = settings or Settings()
        labels, targets = np.unique(np.asarray(names), return_inverse=True)
        if len(labels) < 2:
            raise ValueError("The intent model needs examples of at least two intents.")
        vectors = encoder.layers_of_all(list(texts))
        word_features = WordFeatures.learn(texts)
        words = word_features.of(texts)

        def by_vector(rows: np.ndarray) -> LinearModel:
            return discriminant(vectors[rows], targets[rows], settings.vector_shrinkage)

        def by_words(rows: np.ndarray) -> LinearModel:
            return regression(words[rows], targets[rows], settings.words_strength)

        def near(rows: np.ndarray) -> Neighbours:
            return Neighbours(vectors[rows, -WIDTH:], targets[rows], len(labels))

        every = np.arange(len(targets))
        model = cls(
            labels.tolist(),
            settings,
            by_vector(every),
            word_features,
            by_words(every),
            near(every),
            encoder,
        )
        if calibrate and np.bincount(targets).min() >= FOLDS:
            # One fold of them is enough for a temperature, and a third of the work of all three.
            folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
            known, unseen = next(folds.split(targets, targets))
            model._calibrate(
                targets[unseen],
                by_vector(known).scores(vectors[unseen]),
                by_words(known).scores(words[unseen]),
                near(known).chances(vectors[unseen, -WIDTH:]),
            )
        return model

    def _calibrate(
        self,
        targets: np.ndarray,
        vector_scores: np.ndarray,
        word_scores: np.ndarray,
        by_neighbours: np.ndarray,
    ) -> None:
        """Finds the temperatures of the two linear models, then that of the average."""
        parts = []
        for model, scores in ((self._vector_model, vector_scores), (self._word_model, word_scores)):
            model.temperature = best_temperature(scores, targets)
            parts.append(softmax(scores / model.temperature))
        average = np.log(self._averaged(*parts, by_neighbours))
        self._temperature = best_temperature(average, targets, LEAST_OF_AVERAGE)

    def _averaged(
        self, by_vector: np.ndarray, by_words: np.ndarray, by_neighbours: np.ndarray
    ) -> np.ndarray:
        one, other = self.settings.vector_weight, self.settings.words_weight
        average = one * by_vector + other * by_words + (1 - one - other) * by_neighbours
        return np.maximum(average, 1e-12)

    def chances(self, texts: Sequence[str]) -> np.ndarray:
        """Probabilities float64[len(texts), len(labels)], in the order of `labels`."""
        layers = self._encoder.layers_of_all(list(texts))
        average = self._averaged(
            self._vector_model.chances(layers),
            self._word_model.chances(self._word_features.of(texts)),
            self._neighbours.chances(layers[:, -WIDTH:]),
        )
        chances = sharpened(average, self._temperature)
        unknown = [self._is_unknown(text) for text in texts]
        chances[unknown] = KEPT_UNKNOWN * chances[unknown] + (1 - KEPT_UNKNOWN) / len(self.labels)
        return chances

    def _is_unknown(self, text: str) -> bool:
        """Whether it is a word or two of which none was in the examples: "blurgh", "xkcd".

        The examples cannot tell how far to trust those: hardly anyone who writes examples writes
        noise. More words in a row, or other letters, are a language, which the encoder may know.
        """
        heard = re.findall(r"\w+", text)
        return (
            text.isascii() and len(heard) <= UNKNOWN_WORDS and not self._word_features.knows(text)
        )

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Every label with its probability, likeliest first."""
        chances = self.chances([text])[0]
        order = np.argsort(-chances, kind="stable")
        return [(self.labels[i], float(chances[i])) for i in order]

    def save(self, folder: Path) -> None:
        """Writes intents.npz and intents.json to an existing folder."""
        arrays = self._word_features.arrays()
        arrays["near_vectors"] = self._neighbours.vectors.astype(np.float16)
        arrays["near_targets"] = self._neighbours.targets
        temperatures = {"average": self._temperature}
        for name, model in (("vector", self._vector_model), ("word", self._word_model)):
            arrays[f"{name}_weights"], arrays[f"{name}_bias"] = model.weights, model.bias
            temperatures[name] = model.temperature
        about = {
            "labels": self.labels,
            "settings": asdict(self.settings),
            "temperatures": temperatures,
        }
        np.savez_compressed(folder / "intents.npz", **arrays)
        (folder / "intents.json").write_text(json.dumps(about), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path, encoder: SentenceEncoder) -> TextModel:
        """What `save` wrote. Raises FileNotFoundError if there is nothing."""
        about = json.loads((folder / "intents.json").read_text(encoding="utf-8"))
        with np.load(folder / "intents.npz", allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        temperatures = about["temperatures"]
        vector_model, word_model = (
            LinearModel(arrays[f"{name}_weights"], arrays[f"{name}_bias"], temperatures[name])
            for name in ("vector", "word")
        )
        return cls(
            about["labels"],
            Settings(**about["settings"]),
            vector_model,
            WordFeatures.from_arrays(arrays),
            word_model,
            Neighbours(
                arrays["near_vectors"].astype(np.float32),
                arrays["near_targets"],
                len(about["labels"]),
            ),
            encoder,
            temperatures["average"],
        )
