"""The component that decides, once, whether a message answers what was asked or digresses.

An intent model alone takes "my old address is 5 Elm Road" for a new house move: it cannot know that
the old address was just asked for. The gateway says so in the message's metadata:

    {"asks": field | null, "kind": kind of field | null, "choices": [{"value", "label"}],
     "choice": value pressed | null, "draft": service being filled | null,
     "reads": whether the words hold one of the choices asked for, or take up or decline an offer,
     "about": service dealt with last | null, "steers": the command that the words are | null,
     "gives_up": whether they let go of what was begun for something else, ...}
"""

from __future__ import annotations

from collections.abc import Collection
from types import MappingProxyType
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from civicline_rasa.certain_replies import only_replies, plain_answer
from civicline_rasa.digressions import asks_of_draft, digresses
from civicline_rasa.follow_ups import Topics, asks_of, stays_with, topic_named
from civicline_rasa.intents import (
    ANSWER,
    MODEL,
    NOT_SURE,
    NOT_UNDERSTOOD,
    SPELLED_OUT,
    Ranking,
)
from civicline_rasa.looks_like import (
    is_bare_number,
    is_bare_time,
    is_idiom,
    looks_like,
    sounds_dangerous,
)
from civicline_rasa.offered import service_meant, topic_meant
from civicline_rasa.phrasing import is_question, words
from civicline_rasa.question_asked import (
    A_PERSON,
    NOTHING_FILLED,
    OUT_OF_SCOPE,
    POLAR,
    SAFETY,
    SAFETY_ABOVE,
    STEERING,
    Asked,
)

SHORT_REPLY = 8
SURE_OF_DANGER = 0.9
"""How sure the model must be of danger in words that hold what was asked for, or in a few that
reply to a yes-or-no question, and name no danger: "I'd rather do it here"."""

LIKELY_DANGER = 0.7
"""The same for a few words in reply to a question with a list of answers ("in with my mum"), and
for names."""

TOLD = frozenset({"text", "person_name"})
A_NAME = 10
"""Words in which hardly more than names are told: "my husband Raj and our Anita, nineteen"."""

ONE_OF_FEW = frozenset({"choice", "choices"})


def decide(
    text: str,
    ranking: Ranking,
    asked: Asked,
    sure_above: float,
    labels: Collection[str] = (),
    topics: Topics = MappingProxyType({}),
) -> str | None:
    """The name of the intent this message has, given what was asked; None leaves it as it is.

    `ranking` is the model's, likeliest first; `labels` are all that the model knows; `topics` are
    those of likely services, with how well they fit.
    """
    known = set(labels) | {entry["name"] for entry in ranking}
    if asked.choice is not None:
        chosen = asked.choice.partition("/")[0]
        names_service = asked.asks in ("service", "topic", None) and chosen in known
        return chosen if names_service else ANSWER
    if asked.steers is not None:
        return ANSWER
    top = ranking[0]["name"] if ranking else None
    sure = bool(ranking) and ranking[0]["confidence"] >= sure_above
    urgent = _urgent(text, ranking, asked)
    bare = is_bare_number(text) or is_bare_time(text)
    if asked.asks is None or asked.asks == "topic":
        if bare and not asked.reads and top in SAFETY | {A_PERSON}:
            return OUT_OF_SCOPE
        if asked.reads and not urgent:
            return ANSWER
        return top if urgent else topic_meant(text, ranking, asked, sure, topics)
    if only_replies(text, asked) or (asked.draft is not None and bare):
        return ANSWER
    if urgent and top != asked.draft:
        return ANSWER if plain_answer(text, asked) else top
    if sure and top == A_PERSON and top != asked.draft:
        return None
    if asked.asks == "service":
        return service_meant(text, ranking, asked, sure, known)
    fresh = asked.asks in NOTHING_FILLED and top not in STEERING
    fresh = fresh and not looks_like(asked.kind, text)
    if fresh and stays_with(text, asked.about, topics, top, sure):
        return asked.about
    if fresh and sure and top in {asked.about, asked.draft} and is_question(text):
        # "And how much is it for a second one?": answered, and then offered once more.
        return top
    if asked.gives_up and sure and top not in STEERING | {asked.draft}:
        return None
    if asks_of_draft(text, asked, topics):
        return asked.draft
    if not sure or top == asked.draft or top in STEERING | SAFETY:
        return ANSWER
    return None if digresses(text, str(top), asked) else ANSWER


def sounds_harmless(text: str, ranking: Ranking) -> bool:
    """Whether what the model takes for danger is a time or a number alone, or a way of speaking it
    is not all but certain of."""
    if not ranking or ranking[0]["name"] not in SAFETY:
        return False
    if is_bare_number(text) or is_bare_time(text):
        return True
    return is_idiom(text) and bool(ranking[0]["confidence"] < SURE_OF_DANGER)


def _urgent(text: str, ranking: Ranking, asked: Asked) -> bool:
    """Whether the model hears danger."""
    if not ranking or ranking[0]["name"] not in SAFETY:
        return False
    return bool(ranking[0]["confidence"] >= _danger_above(text, asked))


def _danger_above(text: str, asked: Asked) -> float:
    """How sure the model must be: more where the words hold what was asked for, or are a short
    reply to a question of a few answers, and none of them tells of danger."""
    if sounds_dangerous(text):
        return SAFETY_ABOVE
    if is_idiom(text):
        return SURE_OF_DANGER
    if asked.asks in (None, "topic"):
        return SAFETY_ABOVE
    brief = len(words(text)) <= SHORT_REPLY
    if asked.reads or (asked.kind in POLAR and brief):
        return SURE_OF_DANGER
    told = asked.kind in TOLD and len(words(text)) <= A_NAME
    return LIKELY_DANGER if told or (asked.kind in ONE_OF_FEW and brief) else SAFETY_ABOVE


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class AskedAnswer(GraphComponent):
    """Comes after IntentClassifier and changes nothing but the message's intent."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AskedAnswer:
        return cls()

    def process_training_data(self, training_data: Any) -> Any:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the intent of each message that answers the question or names what was offered."""
        for message in messages:
            text = message.get(TEXT) or ""
            model = message.get(MODEL)
            if text == SPELLED_OUT or not model:
                continue
            asked = Asked.from_metadata(message.get("metadata"))
            text = (message.get("second") or {}).get("first") or text
            topics = message.get("topics") or {}
            if asked.asks == "topic" and (named := topic_named(text, asked.choices)):
                # Pointed at in a list: the words alone would not tell which.
                service, _, topic = named.partition("/")
                topics = {**topics, service: [[topic, 1.0]]}
                message.set("topics", topics, add_to_output=True)
            if asked.asks not in (None, "topic"):
                topics = asks_of(text, asked.draft, topics, polar=asked.kind in POLAR)
                message.set("topics", topics, add_to_output=True)
            ranking = message.get(INTENT_RANKING_KEY) or []
            harmless = sounds_harmless(text, ranking)
            if harmless:
                # What follows reads the ranking as well, and would raise the alarm by it.
                ranking = [one for one in ranking if one["name"] not in SAFETY]
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            name = decide(
                text,
                ranking,
                asked,
                model["sure_above"],
                model["labels"],
                topics,
            )
            if name is None and harmless:
                name = NOT_UNDERSTOOD if is_bare_time(text) else NOT_SURE
            if name is not None:
                message.set(INTENT, {"name": name, "confidence": 1.0}, add_to_output=True)
        return messages
