"""The component that decides, once, whether a message answers what was asked or digresses.

An intent model alone takes "my old address is 5 Elm Road" for a new house move: it cannot know that
the old address was just asked for. The gateway says so in the message's metadata:

    {"asks": field | null, "kind": kind of field | null, "choices": [{"value", "label"}],
     "choice": value pressed | null, "draft": service being filled | null,
     "reads": whether the words hold one of the choices asked for,
     "about": service dealt with last | null, ...}
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from civicline_rasa.follow_ups import (
    Topics,
    asks_about,
    plainly_about,
    stays_with,
    topic_named,
)
from civicline_rasa.intents import ANSWER, MODEL, SPELLED_OUT, Ranking
from civicline_rasa.looks_like import looks_corrective, looks_like, plainly_is
from civicline_rasa.phrasing import (
    NONE_OF_THEM,
    Choice,
    is_correction,
    is_new_request,
    is_question,
    is_request,
    matching_choices,
    place_in_list,
    tidy,
    words,
)
from civicline_rasa.replies import adds_something, answers_as_question, is_value

SAFETY = frozenset(
    {"emergency", "crisis", "safeguarding_adult", "safeguarding_child", "homelessness"}
)
# A needless number to call costs less than danger taken for something else.
SAFETY_ABOVE = 0.4
A_PERSON = "speak_to_agent"
OUT_OF_SCOPE = "out_of_scope"
CONFIRM = "confirm"
# The name of a library, a car park and so on, of which the table holds the answer.
ROW = "row"
# Kinds answered by yes or no, behind which a new request may follow. A `yes_no` field of a form is
# none of them: "yes, the whole road floods" is its answer.
NOTHING_FILLED = frozenset({"offer", "satisfied"})
POLAR = NOTHING_FILLED | {CONFIRM}
# The draft deals with these itself; `understood` still tells it which one it was.
STEERING = frozenset(
    {"affirm", "deny", "dont_know", "correct_answer", "go_back", "start_again", "stop"}
)
# Within a free description the words themselves must say so: "the hole repeats every winter".
SMALL_TALK = {
    "repeat": r"\brepeat (?:that|it|please|the question)|\bagain\b|\bpardon\b|\bwhat did you say"
    r"|(?:didn't|did not|couldn't) (?:hear|catch)|^repeat$",
    "slower": r"\bslow",
    "help": r"^(?:help|i need help|can you help|what can (?:you|i))\b",
    "are_you_human": r"\b(?:are|is|am) (?:you|this|it|i) .*"
    r"\b(?:robot|human|person|machine|bot|real)",
    "language": r"\b(?:speak|talk) (?:\w+ ){0,2}"
    r"(?:language|\w+ish|\w+ese|\w+ian|arabic|urdu|welsh)\b"
    r"|\b(?:another|my) language\b|\binterpreter\b|\bno english\b",
    "greet": r"^(?:hello|hi|hey|hiya|good (?:morning|afternoon|evening))\b",
    "thanks": r"^(?:thanks?|thank you|ta|cheers)\b",
    "goodbye": r"\b(?:bye|goodbye|see you|cheerio)\b",
    "abuse": r".",
}
SHORT = 8
# Whole messages that can be nothing but a reply, whatever the model takes them for.
_SKIPPED = re.compile(
    r"(?:please |just )*(?:skip|pass|leave)(?: (?:it|this|that|one|blank|please))*"
)
_OWN_NUMBER = re.compile(
    r"(?:yes |just |use |on |it is |it's )*(?:this|that) (?:one|number)(?: please)?"
)
_PLACE = re.compile(r"[1-9]\d?")
_CODED = frozenset({"reference", "account_ref", "case_ref", "registration"})
A_FEW = 4
# Among the services offered, one this much likelier than the next is meant.
CLEARLY = 2.0
LEAST_OFFERED = 0.08


@dataclass(frozen=True)
class Asked:
    """What the resident was asked, as the gateway tells it. `kind` is the kind of field."""

    asks: str | None = None
    kind: str | None = None
    choices: tuple[Choice, ...] = ()
    choice: str | None = None
    draft: str | None = None
    reads: bool = False
    about: str | None = None

    @classmethod
    def from_metadata(cls, metadata: dict[str, Any] | None) -> Asked:
        """Whatever is missing or null counts as not asked."""
        metadata = metadata or {}
        return cls(
            asks=metadata.get("asks"),
            kind=metadata.get("kind"),
            choices=tuple(metadata.get("choices") or ()),
            choice=metadata.get("choice"),
            draft=metadata.get("draft"),
            reads=bool(metadata.get("reads")),
            about=metadata.get("about"),
        )


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
    top = ranking[0]["name"] if ranking else None
    sure = bool(ranking) and ranking[0]["confidence"] >= sure_above
    urgent = bool(ranking) and top in SAFETY and ranking[0]["confidence"] >= SAFETY_ABOVE
    if asked.asks is None or asked.asks == "topic":
        return top if urgent else _topic_meant(text, ranking, asked, sure, topics)
    if _only_replies(text, asked):
        return ANSWER
    if urgent and top != asked.draft:
        return ANSWER if _plain_answer(text, asked) else top
    if sure and top == A_PERSON and top != asked.draft:
        return None
    if asked.asks == "service":
        return _service_meant(text, ranking, asked, sure, known)
    offered_only = asked.asks in NOTHING_FILLED and top not in STEERING
    fresh = offered_only and not looks_like(asked.kind, text)
    if fresh and stays_with(text, asked.about, topics, top, sure):
        return asked.about
    if _asks_of_draft(text, asked, topics):
        return asked.draft
    if not sure or top == asked.draft or top in STEERING:
        return ANSWER
    return None if _digresses(text, str(top), asked) else ANSWER


def _only_replies(text: str, asked: Asked) -> bool:
    """Whether a message can be nothing but a reply: "skip", "this one", the number of a choice."""
    said = tidy(text).strip(" .!,")
    if asked.asks == "service":
        return False
    if asked.draft and _SKIPPED.fullmatch(said):
        return True
    if asked.kind in ("contact", "phone") and _OWN_NUMBER.fullmatch(said):
        return True
    return bool(asked.choices) and _PLACE.fullmatch(said) is not None


def _plain_answer(text: str, asked: Asked) -> bool:
    """Whether words that sound of danger are the answer asked for: "HB 204 118", "I'm her son"."""
    if plainly_is(asked.kind, text, asked.choices):
        return True
    if asked.kind in _CODED and any(character.isdigit() for character in text):
        return len(words(text)) <= A_FEW
    return asked.reads and len(words(text)) <= A_FEW


def _topic_meant(
    text: str, ranking: Ranking, asked: Asked, sure: bool, topics: Topics
) -> str | None:
    """With nothing asked, or only what it is about: a further question, a topic or a row named."""
    top = ranking[0]["name"] if ranking else None
    place = place_in_list(text, len(asked.choices)) if asked.choices else None
    if place is not None and "/" in asked.choices[place]["value"]:
        # "The second one", of the topics just offered: not a wish to go back.
        return str(asked.choices[place]["value"]).partition("/")[0]
    if sure and top in (STEERING | {A_PERSON}):
        return None
    if asked.kind == ROW and not (sure and top != asked.about and is_request(text)):
        return ANSWER
    named = topic_named(text, asked.choices)
    if named is not None and (not sure or top == asked.about):
        return named.partition("/")[0]
    if top not in SMALL_TALK and stays_with(text, asked.about, topics, top, sure):
        return asked.about
    if not sure:
        likely = [e["name"] for e in ranking[:3] if e["confidence"] >= LEAST_OFFERED]
        return plainly_about(topics, [name for name in likely if name not in SAFETY])
    return None


def _asks_of_draft(text: str, asked: Asked, topics: Topics) -> bool:
    """Whether, in the middle of a form, it is a question about the form's own service."""
    if asked.draft is None or asked.kind in POLAR or not is_question(text):
        return False
    if answers_as_question(asked.kind, text, asked.choices):
        return False
    return asks_about(asked.draft, topics)


def _digresses(text: str, top: str, asked: Asked) -> bool:
    """Whether a label the model is sure of, not the draft's own, is meant instead of an answer."""
    if top in SMALL_TALK:
        if asked.kind == "text":
            return len(words(text)) <= SHORT and bool(re.search(SMALL_TALK[top], tidy(text)))
        return not looks_like(asked.kind, text, asked.choices)
    if answers_as_question(asked.kind, text, asked.choices):
        return False
    requests = is_new_request(text) or (asked.kind != "text" and is_request(text))
    if asked.draft and not requests and asked.kind not in NOTHING_FILLED:
        if is_correction(text):
            return False
        at_read_back = asked.kind == CONFIRM and not is_question(text)
        if at_read_back and (looks_corrective(text) or is_value(text)):
            return False
    if requests or is_question(text):
        return True
    if asked.kind in POLAR and top != OUT_OF_SCOPE and looks_like(asked.kind, text):
        return adds_something(text)
    return not (asked.reads or looks_like(asked.kind, text, asked.choices))


def _service_meant(
    text: str, ranking: Ranking, asked: Asked, sure: bool, known: set[str]
) -> str | None:
    """Which of the services offered is meant: by place, by name, or by the model's own view."""
    offered = [choice for choice in asked.choices if choice["value"] in known]
    values = {choice["value"] for choice in offered}
    top = ranking[0]["name"] if ranking else None
    if NONE_OF_THEM.match(tidy(text)) and len(words(text)) <= SHORT:
        if not sure or top in STEERING or not adds_something(NONE_OF_THEM.sub("", tidy(text))):
            return ANSWER
        return top if top in values else None
    place = place_in_list(text, len(asked.choices))
    if place is not None:
        value = asked.choices[place]["value"]
        return value if value in known else ANSWER
    if sure and top not in values:
        return ANSWER if top in STEERING else None
    named = matching_choices(text, offered)
    if len(named) == 1:
        return named[0]["value"]
    within = [entry for entry in ranking if entry["name"] in values]
    if within and within[0]["confidence"] >= LEAST_OFFERED:
        second = within[1]["confidence"] if len(within) > 1 else 0.0
        if within[0]["confidence"] >= CLEARLY * second:
            return str(within[0]["name"])
    return ANSWER


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
            name = decide(
                text,
                message.get(INTENT_RANKING_KEY) or [],
                asked,
                model["sure_above"],
                model["labels"],
                topics,
            )
            if name is not None:
                message.set(INTENT, {"name": name, "confidence": 1.0}, add_to_output=True)
        return messages
