"""The component that says which topic of a service a message is about.

Its examples are the retrieval intents of the training data, `service/topic`, and the texts of their
responses. IntentClassifier learns the first half of the intents; this component learns, for each
service, to tell its topics apart by all layers of the encoder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_RANKING_KEY,
    INTENT_RESPONSE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from civicline_rasa import encoder
from civicline_rasa.encoder import LAYERS, WIDTH, SentenceEncoder
from civicline_rasa.follow_ups import asks_to_know
from civicline_rasa.intents import SPELLED_OUT, says_something

TOPICS = "topics"
QUESTION = "question"
SECOND = "second"
"""What a message with two requests is given by SecondRequest: {"label", "confidence", "words",
"first"}; `words` are those of the second, `first` the rest."""
FITS = 0.5
"""The score from which on a topic fits; casework has the same."""
SERVICES_TRIED = 3
KEPT = 4
"""Topics told of each service."""
RIDGE = 0.3
MARGIN = 0.04
"""How far the first topic must be ahead of the second to fit: else both are offered."""
UNDECIDED = FITS - 0.01
"""The score of the first topic when the second is as likely."""
FEATURES = LAYERS * WIDTH
"""Every layer of the encoder: the lower ones know words, the upper ones what is meant."""
EVERY_OTHER = 12
"""One in so many rows of other services is learned as none of a service's topics."""

Topics = dict[str, list[list[Any]]]


def features(layers: np.ndarray) -> np.ndarray:
    """Layers of unit length, [..., FEATURES], as one vector of unit length."""
    return np.asarray(layers / LAYERS**0.5)


class TopicModel:
    """A ridge regression for each service, one column for each topic: near 1 where it is meant."""

    def __init__(
        self, weights: np.ndarray, offsets: np.ndarray, names: list[str], fits_above: float
    ) -> None:
        """float32[FEATURES, n], float32[n] and the `service/topic` of each of the n columns; a
        value of `fits_above` becomes the score 0.5."""
        self._weights, self._offsets = weights, offsets
        self.names, self.fits_above = names, fits_above
        self._columns: dict[str, list[int]] = {}
        for column, name in enumerate(names):
            self._columns.setdefault(name.partition("/")[0], []).append(column)

    @classmethod
    def train(cls, vectors: np.ndarray, names: list[str], fits_above: float) -> TopicModel:
        """From float32[m, FEATURES] and the `service/topic` of each row. Some rows of other
        services are learned as none of a service's topics."""
        services = np.array([name.partition("/")[0] for name in names])
        labels = np.array(names)
        weights, offsets, columns = [], [], []
        for service in sorted(set(services)):
            own = np.flatnonzero(services == service)
            others = np.flatnonzero(services != service)[::EVERY_OTHER]
            rows = np.concatenate([own, others])
            topics = sorted(set(labels[own]))
            wanted = (labels[rows][:, None] == np.array(topics)[None, :]).astype(np.float64)
            offset = wanted[: len(own)].mean(0) / 2
            x = vectors[rows].astype(np.float64)
            solved = np.linalg.solve(x @ x.T + RIDGE * np.eye(len(rows)), wanted - offset)
            weights.append((x.T @ solved).astype(np.float32))
            offsets.append(offset.astype(np.float32))
            columns += topics
        if not columns:
            nothing = np.zeros((FEATURES, 0), np.float32)
            return cls(nothing, np.zeros(0, np.float32), [], fits_above)
        return cls(np.hstack(weights), np.concatenate(offsets), columns, fits_above)

    def rank(self, vector: np.ndarray, services: Iterable[str]) -> Topics:
        """The topics of each service with scores 0..1, likeliest first."""
        ranked: Topics = {}
        for service in dict.fromkeys(services):
            columns = self._columns.get(service, [])
            values = vector @ self._weights[:, columns] + self._offsets[columns]
            likely = np.argsort(-values, kind="stable")[:KEPT]
            scores = [
                [self.names[columns[place]].partition("/")[2], self._score(float(values[place]))]
                for place in likely
            ]
            if len(scores) > 1 and values[likely[0]] - values[likely[1]] < MARGIN:
                scores = [[name, min(score, UNDECIDED)] for name, score in scores]
            if scores:
                ranked[service] = scores
        return ranked

    def _score(self, value: float) -> float:
        if value >= self.fits_above:
            above = (value - self.fits_above) / (1 - self.fits_above)
            return round(min(1.0, FITS + (1 - FITS) * above), 3)
        return round(max(0.0, FITS * value / self.fits_above), 3)

    def save(self, folder: Path) -> None:
        """Writes one file."""
        names = np.array(self.names)
        np.savez(folder / "topics.npz", weights=self._weights, offsets=self._offsets, names=names)

    @classmethod
    def open(cls, folder: Path, fits_above: float) -> TopicModel:
        """Reads what `save` wrote."""
        with np.load(folder / "topics.npz", allow_pickle=False) as held:
            names = [str(name) for name in held["names"]]
            return cls(held["weights"], held["offsets"], names, fits_above)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicFinder(GraphComponent):
    """Sets `topics` {service: [[topic, score]]} and `question` of a message, for the likeliest
    services and the one that the conversation is about."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"fits_above": 0.22}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises InvalidConfigException on a threshold that cannot be meant."""
        if not 0 < config["fits_above"] < 1:
            raise InvalidConfigException(f"0 < fits_above < 1 does not hold: {config}.")

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with the encoder and this file, which Rasa's cache cannot see."""
        digest = hashlib.sha256()
        for path in (Path(__file__), Path(encoder.__file__), encoder.FOLDER / "built.json"):
            digest.update(path.read_bytes() if path.is_file() else b"")
        return digest.hexdigest()

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: TopicModel | None = None,
        vectors: SentenceEncoder | None = None,
    ) -> None:
        self.validate_config(config)
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model
        self._vectors = vectors

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicFinder:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicFinder:
        """The trained component. Raises ValueError if the model holds none."""
        with model_storage.read_from(resource) as folder:
            model = TopicModel.open(Path(folder), config["fits_above"])
        return cls(config, model_storage, resource, model, SentenceEncoder())

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from every example of a topic and every text about it."""
        examples = [
            (message.get(TEXT), message.get(INTENT_RESPONSE_KEY))
            for message in training_data.intent_examples
            if message.get(TEXT) and message.get(INTENT_RESPONSE_KEY) and message.get(INTENT)
        ]
        names = {name for _, name in examples}
        for name in sorted(names):
            told = training_data.responses.get(f"utter_{name}", [])
            examples += [(one["text"], name) for one in told if one.get("text")]
        vectors = features(SentenceEncoder().layers_of_all([text for text, _ in examples]))
        model = TopicModel.train(
            vectors, [name for _, name in examples], self._config["fits_above"]
        )
        with self._model_storage.write_to(self._resource) as folder:
            model.save(Path(folder))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this component learns from its guesses, so none are made."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Ranks the topics of each message; the layers are those that its intent was found by."""
        for message in messages:
            text = message.get(TEXT) or ""
            if text == SPELLED_OUT or not says_something(text):
                continue
            second = message.get(SECOND) or {}
            text = second.get("first") or text
            about = (message.get("metadata") or {}).get("about")
            ranking = message.get(INTENT_RANKING_KEY) or []
            services = [entry["name"] for entry in ranking[:SERVICES_TRIED]]
            if about:
                services.append(about)
            topics: Topics = {}
            if self._model is not None and self._vectors is not None:
                topics = self._model.rank(features(self._vectors.layers(text)), services)
                if second:
                    # What else was asked for has its own words, and its own topic.
                    layers = self._vectors.layers(second["words"])
                    topics |= self._model.rank(features(layers), [second["label"]])
            message.set(TOPICS, topics, add_to_output=True)
            message.set(QUESTION, asks_to_know(text), add_to_output=True)
        return messages
