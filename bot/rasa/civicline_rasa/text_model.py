"""The intent model without Rasa: two linear models over a text, averaged, with honest confidence.

One reads the sentence vector (meaning), the other words and pieces of words (names, rare terms,
misspellings). Each is turned into probabilities with a temperature found by cross-validation, so
that of the messages given 0.7, about seven in ten are right. Stored as arrays and JSON, no pickle.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from civicline_rasa.encoder import MAX_CHARACTERS, SentenceEncoder

SEED = 0
FOLDS = 3
ANALYSERS = {
    "words": {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"(?u)\b\w+\b"},
    "pieces": {"analyzer": "char_wb", "ngram_range": (2, 4), "min_df": 2},
}


# How much of the model's confidence in a word or two that it never saw is kept.
KEPT_UNKNOWN = 0.5
UNKNOWN_WORDS = 2
ALIKE = 0.84
SHORTEST_MISSPELT = 3


@dataclass(frozen=True)
class Settings:
    """How the model is trained. Strengths are inverse regularisation (scikit-learn's C)."""

    vector_weight: float = 0.75
    vector_scale: float = 10.0
    vector_strength: float = 0.05
    words_strength: float = 12.0


def tidy(text: str) -> str:
    """What the words model reads: lower case, plain apostrophes, every digit alike."""
    text = text[:MAX_CHARACTERS].lower().replace("\u2019", "'")
    return "".join("0" if character.isdigit() else character for character in text)


class WordFeatures:
    """TF-IDF of words, pairs of words and pieces of words; each part is of unit length."""

    def __init__(self, vectorisers: dict[str, TfidfVectorizer]) -> None:
        self._vectorisers = vectorisers
        self._by_letter: dict[str, list[str]] = {}
        for term in vectorisers["words"].vocabulary_:
            if " " not in term:
                self._by_letter.setdefault(term[0], []).append(term)

    @classmethod
    def learn(cls, texts: Sequence[str]) -> WordFeatures:
        vectorisers = {}
        for name, options in ANALYSERS.items():
            vectorisers[name] = TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **options)
            vectorisers[name].fit([tidy(text) for text in texts])
        return cls(vectorisers)

    def of(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """float32[len(texts), features]"""
        tidied = [tidy(text) for text in texts]
        parts = [vectoriser.transform(tidied) for vectoriser in self._vectorisers.values()]
        # float32 like the weights: otherwise every product converts all of those (8 ms).
        return sparse.hstack(parts).tocsr().astype(np.float32)

    def knows(self, text: str) -> bool:
        """Whether a word of the text, or one spelt almost like it, was in the examples."""
        vocabulary = self._vectorisers["words"].vocabulary_
        for word in re.findall(r"\w+", tidy(text)):
            if word in vocabulary:
                return True
            alike = self._by_letter.get(word[0], []) if len(word) > SHORTEST_MISSPELT else []
            if difflib.get_close_matches(word, alike, 1, ALIKE):
                return True
        return False

    def arrays(self) -> dict[str, np.ndarray]:
        arrays = {}
        for name, vectoriser in self._vectorisers.items():
            arrays[f"{name}_terms"] = np.array(vectoriser.get_feature_names_out(), dtype=str)
            arrays[f"{name}_idf"] = vectoriser.idf_
        return arrays

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> WordFeatures:
        vectorisers = {}
        for name, options in ANALYSERS.items():
            vocabulary = {str(term): i for i, term in enumerate(arrays[f"{name}_terms"])}
            options = {key: value for key, value in options.items() if key != "min_df"}
            vectoriser = TfidfVectorizer(
                sublinear_tf=True, dtype=np.float32, vocabulary=vocabulary, **options
            )
            vectoriser.idf_ = arrays[f"{name}_idf"]
            vectorisers[name] = vectoriser
        return cls(vectorisers)


@dataclass
class LinearModel:
    """Scores of each label: float64[texts, labels]; the temperature turns them into chances."""

    weights: np.ndarray
    bias: np.ndarray
    temperature: float = 1.0

    def __post_init__(self) -> None:
        # Row by row: a product with a sparse row would copy the whole matrix otherwise (8 ms).
        self.weights = np.ascontiguousarray(self.weights)

    @classmethod
    def fit(cls, features: np.ndarray | sparse.spmatrix, targets: np.ndarray, c: float):
        """Multinomial on dense features; one against the rest on sparse ones, far quicker there."""
        if sparse.issparse(features):
            model = LogisticRegression(C=c, solver="liblinear", random_state=SEED, tol=0.01)
        else:
            model = LogisticRegression(C=c, solver="lbfgs", max_iter=300, random_state=SEED)
        model.fit(features, targets)
        weights, bias = model.coef_.T, model.intercept_
        if weights.shape[1] == 1:
            # Two labels: scikit-learn keeps the second's score only.
            weights = np.hstack([-weights, weights]) / 2
            bias = np.concatenate([-bias, bias]) / 2
        return cls(weights.astype(np.float32), bias.astype(np.float32))

    def scores(self, features: np.ndarray | sparse.spmatrix) -> np.ndarray:
        return np.asarray(features @ self.weights, dtype=np.float64) + self.bias

    def chances(self, features: np.ndarray | sparse.spmatrix) -> np.ndarray:
        """Probabilities float64[texts, labels]; each row adds up to 1."""
        return softmax(self.scores(features) / self.temperature)


def softmax(scores: np.ndarray) -> np.ndarray:
    """Rows of scores as rows of probabilities."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def best_temperature(scores: np.ndarray, targets: np.ndarray) -> float:
    """The temperature under which the held-out targets were likeliest."""
    rows = np.arange(len(targets))

    def surprise(temperature: float) -> float:
        chances = softmax(scores / temperature)[rows, targets]
        return float(-np.log(np.maximum(chances, 1e-12)).mean())

    return float(min(np.geomspace(0.05, 5.0, 60), key=surprise))


class TextModel:
    """Chances of every label for a text."""

    def __init__(
        self,
        labels: Sequence[str],
        settings: Settings,
        vector_model: LinearModel,
        word_features: WordFeatures,
        word_model: LinearModel,
        encoder: SentenceEncoder,
    ) -> None:
        self.labels = list(labels)
        self.settings = settings
        self._vector_model = vector_model
        self._word_features = word_features
        self._word_model = word_model
        self._encoder = encoder

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
        vectors = encoder.encode_all(list(texts)) * settings.vector_scale
        word_features = WordFeatures.learn(texts)
        words = word_features.of(texts)
        vector_model = LinearModel.fit(vectors, targets, settings.vector_strength)
        word_model = LinearModel.fit(words, targets, settings.words_strength)
        if calibrate and np.bincount(targets).min() >= FOLDS:
            vector_model.temperature = _calibrate(vectors, targets, settings.vector_strength)
            word_model.temperature = _calibrate(words, targets, settings.words_strength)
        return cls(labels.tolist(), settings, vector_model, word_features, word_model, encoder)

    def chances(self, texts: Sequence[str]) -> np.ndarray:
        """Probabilities float64[len(texts), len(labels)], in the order of `labels`."""
        vectors = self._encoder.encode_all(list(texts)) * self.settings.vector_scale
        share = self.settings.vector_weight
        by_vector = self._vector_model.chances(vectors)
        by_words = self._word_model.chances(self._word_features.of(texts))
        chances = share * by_vector + (1 - share) * by_words
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
        about = {"labels": self.labels, "settings": asdict(self.settings), "temperatures": {}}
        for name, model in (("vector", self._vector_model), ("word", self._word_model)):
            arrays[f"{name}_weights"], arrays[f"{name}_bias"] = model.weights, model.bias
            about["temperatures"][name] = model.temperature
        np.savez_compressed(folder / "intents.npz", **arrays)
        (folder / "intents.json").write_text(json.dumps(about), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path, encoder: SentenceEncoder) -> TextModel:
        """What `save` wrote. Raises FileNotFoundError if there is nothing."""
        about = json.loads((folder / "intents.json").read_text(encoding="utf-8"))
        with np.load(folder / "intents.npz", allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        models = {
            name: LinearModel(arrays[f"{name}_weights"], arrays[f"{name}_bias"], temperature)
            for name, temperature in about["temperatures"].items()
        }
        return cls(
            about["labels"],
            Settings(**about["settings"]),
            models["vector"],
            WordFeatures.from_arrays(arrays),
            models["word"],
            encoder,
        )


def _calibrate(
    features: np.ndarray | sparse.spmatrix, targets: np.ndarray, strength: float
) -> float:
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    scores = np.zeros((len(targets), int(targets.max()) + 1))
    for known, held_out in folds.split(np.zeros(len(targets)), targets):
        model = LinearModel.fit(features[known], targets[known], strength)
        scores[held_out] = model.scores(features[held_out])
    return best_temperature(scores, targets)
