"""The component of Rasa's pipeline that says what a message is about, and when it does not know."""

from __future__ import annotations

import hashlib
import logging
import re
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from civicline_rasa import encoder, linear, neighbours, text_model, words
from civicline_rasa.danger import (
    SAFETY,
    Ranked,
    as_one,
    belongs_to_story,
    told_of,
    without_danger,
)
from civicline_rasa.encoder import SentenceEncoder
from civicline_rasa.text_model import Settings, TextModel

logger = logging.getLogger(__name__)

NOT_SURE = "not_sure"
NOT_UNDERSTOOD = "not_understood"
ANSWER = "answer"
RESUME_DRAFT = "resume_draft"
# Set by our code or sent by our engine, so never learned.
NEVER_LEARNED = frozenset({NOT_SURE, NOT_UNDERSTOOD, ANSWER, RESUME_DRAFT})
UNDERSTOOD = "understood"
# For the components that follow, not for the output: {"labels", "sure_above", "rank"}.
MODEL = "intent_model"
INTENT_PREFIX = "/"
# The one intent that may be spelled out: the engine's own.
SPELLED_OUT = INTENT_PREFIX + RESUME_DRAFT

Ranking = list[dict[str, Any]]


def verdict(
    ranking: Ranking, reject_below: float, sure_above: float, danger_above: float = 1.0
) -> str:
    """The intent's name: the likeliest label, or that it is not sure, or not understood."""
    if not ranking or ranking[0]["confidence"] < reject_below:
        return NOT_UNDERSTOOD
    if ranking[0]["name"] in SAFETY and ranking[0]["confidence"] >= danger_above:
        return str(ranking[0]["name"])
    if ranking[0]["confidence"] < sure_above:
        return NOT_SURE
    return str(ranking[0]["name"])


def without_command(text: str) -> str:
    """The text with nothing in front that Rasa would take for an intent spelled out.

    After the pipeline Rasa reads any text with a leading `/` as an intent of its domain, its own
    `restart` and `session_start` among them (RegexMessageHandler, which strips spaces first).
    """
    if text.strip() == SPELLED_OUT:
        return SPELLED_OUT
    return re.sub(r"^[\s/]*/\s*", "", text)


def says_something(text: str | None) -> bool:
    """Whether there is a letter or a digit to go by; emoji and punctuation are not enough."""
    return any(character.isalnum() for character in text or "")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent):
    """Sets `intent`, `intent_ranking` and `understood` of a message.

    `intent_ranking` holds labels of the model only, likeliest first, with all danger told as one
    (`danger.py`). `understood` is the first of
    them, {"label", "confidence"}, or {"label": None, "confidence": 0.0} with nothing to read.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        defaults = Settings()
        return {
            "reject_below": 0.2,
            "sure_above": 0.5,
            "danger_above": 0.45,
            "ranking_length": 10,
            "vector_weight": defaults.vector_weight,
            "words_weight": defaults.words_weight,
            "vector_shrinkage": defaults.vector_shrinkage,
            "words_strength": defaults.words_strength,
        }

    @staticmethod
    def required_packages() -> list[str]:
        return ["onnxruntime", "tokenizers", "sklearn"]

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises InvalidConfigException on thresholds that cannot be meant."""
        reject, sure, danger = (
            config[name] for name in ("reject_below", "sure_above", "danger_above")
        )
        if not 0 <= reject <= sure <= 1:
            raise InvalidConfigException(
                f"0 <= reject_below <= sure_above <= 1 does not hold: {reject}, {sure}."
            )
        if not reject <= danger <= 1:
            raise InvalidConfigException(
                f"reject_below <= danger_above <= 1 does not hold: {reject}, {danger}."
            )

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with the encoder and the model's code, which Rasa's cache cannot see."""
        digest = hashlib.sha256()
        for path in (
            Path(text_model.__file__),
            Path(linear.__file__),
            Path(neighbours.__file__),
            Path(words.__file__),
            words.MISHEARD,
            Path(encoder.__file__),
            encoder.FOLDER / "built.json",
        ):
            digest.update(path.read_bytes() if path.is_file() else b"")
        return digest.hexdigest()

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: TextModel | None = None,
    ) -> None:
        self.validate_config(config)
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        """The trained component. Raises ValueError if the model holds none."""
        with model_storage.read_from(resource) as folder:
            model = TextModel.open(Path(folder), SentenceEncoder())
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns every intent with examples. Raises InvalidConfigException on a reserved one."""
        examples = [
            (message.get(TEXT), message.get(INTENT))
            for message in training_data.intent_examples
            if message.get(TEXT) and message.get(INTENT)
        ]
        reserved = sorted(NEVER_LEARNED & {intent for _, intent in examples})
        if reserved:
            raise InvalidConfigException(
                f"These intents are set by the program and take no examples: {', '.join(reserved)}."
            )
        names = {
            key: self._config[key] for key in Settings.__dataclass_fields__ if key in self._config
        }
        self._model = TextModel.train(
            [text for text, _ in examples],
            [intent for _, intent in examples],
            SentenceEncoder(),
            Settings(**names),
        )
        self.persist()
        return self._resource

    def persist(self) -> None:
        with self._model_storage.write_to(self._resource) as folder:
            if self._model:
                self._model.save(Path(folder))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this component learns from its guesses, so none are made."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Classifies each message; a leading `/` makes no intent of it, but for `/resume_draft`."""
        for message in messages:
            text = without_command(message.get(TEXT) or "")
            message.set(TEXT, text, add_to_output=True)
            if text != SPELLED_OUT:
                self._classify(message, text)
        return messages

    def _classify(self, message: Message, text: str) -> None:
        ranking: Ranking = []
        if self._model and says_something(text):
            length = int(self._config["ranking_length"])
            ranking = [
                {"name": name, "confidence": chance}
                for name, chance in self._told(text, told_of(message.get("metadata")))[:length]
            ]
        steps = (self._config[key] for key in ("reject_below", "sure_above", "danger_above"))
        name = verdict(ranking, *steps)
        top = ranking[0] if ranking else {"name": None, "confidence": 0.0}
        intent = {"name": name, "confidence": top["confidence"]}
        understood = {"label": top["name"], "confidence": top["confidence"]}
        message.set(INTENT, intent, add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set(UNDERSTOOD, understood, add_to_output=True)
        labels = self._model.labels if self._model else []
        rank = self._rank if self._model else None
        message.set(
            MODEL, {"labels": labels, "sure_above": self._config["sure_above"], "rank": rank}
        )

    def _rank(self, text: str) -> Ranked:
        ranked = self._model.rank(text) if self._model else []
        return as_one(ranked, self._config["danger_above"])

    def _told(self, text: str, about: str | None) -> Ranked:
        """The ranking of a message; in a description, danger must be more than part of it."""
        ranked = self._rank(text)
        if not about or ranked[0][0] not in SAFETY:
            return ranked
        story = belongs_to_story(ranked, self._rank(f"{about}. {text}"))
        return without_danger(ranked) if story else ranked
