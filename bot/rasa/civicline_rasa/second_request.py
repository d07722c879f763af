"""The component that hears a second request in the same message: "my bin was missed and can I also
get a new box".

A message is cut where one request can end and another begin. Each part is understood by the same
model; a part is a second request only if by itself it is plainly about another service than the
rest, and is put as something that somebody wants. A story told in several sentences stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from civicline_rasa.intents import (
    MODEL,
    NOT_SURE,
    SPELLED_OUT,
    UNDERSTOOD,
    Ranking,
)
from civicline_rasa.looks_like import POSTCODE, looks_like
from civicline_rasa.phrasing import is_new_request, is_question, is_request, tidy, words
from civicline_rasa.question_asked import A_PERSON, POLAR, ROW, SAFETY, SAFETY_ABOVE, Asked
from civicline_rasa.topics import SECOND

Rank = Callable[[str], Sequence[tuple[str, float]]]

# Labels that steer a conversation, and matters with which nothing else may wait or be split off.
NOT_KEPT = frozenset(
    """
    greet goodbye thanks affirm deny repeat slower go_back start_again help stop correct_answer
    dont_know are_you_human language abuse out_of_scope speak_to_agent callback emergency crisis
    safeguarding_adult safeguarding_child homelessness case_status complaint information_request
    compliment representative not_council
    """.split()
)
MOST_PARTS = 6
LEAST_WORDS = 3
# So few words may mean another thing in the light of the rest: "when can I visit".
SHORT = 4
# The first part by itself, unless the whole message suggests the same.
PLAINLY = 0.85
SUGGESTED = 0.1
# Put as a statement ("and the street light is out"): each part, and what the whole suggests of it.
SURELY = 0.95
HINTED = 0.035

_BEGINS = (
    r"also|then|can|could|i|i'd|i'm|i've|we|my|our|the|there|there's|need|want|would|please|when|"
    r"where|what|how|is|are|do|does|while|another|report|order|book|apply|renew|pay|get|a|an|some|"
    r"someone|somebody|who|which|tell|ask|clear|fix"
)
_CUT = re.compile(
    r"(?<=[.!?;])\s+|\n+"
    rf"|\s*,?\s+(?:and|plus|oh|but(?=\s+(?:also|can|could|how|when)\b))\s+(?=(?:{_BEGINS})\b)"
    r"|\s*,\s+(?=(?:also|plus|can i|could i|i also|i need|i want|i'd like|we need|when|how do i|"
    r"how much|where|what)\b)"
    r"|(?<!\bi)(?<!\bwe)\s+(?=also (?:can|could|i|we|my|the|need|when|how|there)\b)",
    re.IGNORECASE,
)
_LEADS_IN = (
    r"and|also|plus|then|but|oh|well|um+|er+m?|please|just|while (?:i'm|im|i am) (?:here|on)|"
    r"by the way|one more thing|another thing|is that"
)
_VERBS = (
    "tell me|ask|clear|fix|book|order|report|apply|renew|pay|get|register|cancel|claim|join|replace"
)
_WANTS = re.compile(
    rf"^(?:(?:{_LEADS_IN})\b[\s,.:]*)*"
    r"(?:(?:i|we)(?:'d| would|'m| am)? (?:also |just |really )?"
    r"(?:need|want|wanted|like|wish|looking|after)\b"
    r"|(?:need|want|would like|wanna|gotta get)\b"
    r"|(?:can|could|may|should|do|would) (?:i|we|you|someone|somebody)\b"
    rf"|(?:how|when|where|what|which|who)\b|(?:is|are) (?:the|my|there)\b|(?:{_VERBS})\b"
    r"|(?:a|an|some|another) (?:\w+ ){0,5}(?:please|too|as well)\b"
    r"|(?:i|we)(?:'d| would|'ve| have)? (?:also )?(?:to|got to|gotta|have to|must) \w+)",
    re.IGNORECASE,
)
# What leans on the words before is a detail of them: "and when will you collect it".
_LEANS = re.compile(
    r"\b(?:it|its|it's|they|them|their|that|this|those|these|one|he|she|him|her|his)\b"
    r"(?! (?:of|is there|are there))|\bso$",
    re.IGNORECASE,
)
# Of what, only the words before can tell.
_BARE = re.compile(
    r"^(?:i|we)(?:'d| would)? (?:also )?(?:want|need|like|have) to "
    r"(?:appeal|complain|claim|apply|pay|know|move|cancel|change|book|order|join|go)\W*$"
)
_HERE = re.compile(
    r"how (?:much|long) (?:does|will|would|is) it (?:cost |take )?(?:to|for)\b"
    r"|\b(?:this|that) (?:week|month|year|road|street|morning)\b|\bthat's all\b"
)
_SHARED = re.compile(
    rf"{POSTCODE.pattern}|\b(?:i live|i'm) (?:at|on|in)\b"
    r"|\bmy (?:name|address|number|postcode|email)\b"
)


@dataclass(frozen=True)
class Second:
    """Another service asked for, how sure the model is, in which words, and what is left."""

    label: str
    confidence: float
    words: str
    first: str


def parts_of(text: str) -> list[str]:
    """A message cut wherever one request may end and another begin; whole if that is nearly
    everywhere, for then it is a story."""
    # A run of spaces would keep the pattern busy for long.
    lines = "\n".join(line for line in (" ".join(one.split()) for one in text.splitlines()) if line)
    found = [part.strip(" ,;") for part in _CUT.split(lines)]
    parts = [part for part in found if part]
    return parts if len(parts) <= MOST_PARTS else [lines]


def second_request(
    text: str, rank: Rank, sure_above: float, ranking: Ranking, services: Collection[str]
) -> Second | None:
    """The second request of a message with nothing asked before; `ranking` is that of the whole."""
    parts = parts_of(text)
    if len(parts) < 2 or not ranking:
        return None
    suggested = {entry["name"]: entry["confidence"] for entry in ranking}
    for place, part in enumerate(parts[1:], 1):
        found = _asked_for(part, rank, sure_above, services)
        if found is None:
            continue
        trailing = [one for one in parts[place + 1 :] if not _SHARED.search(tidy(one))]
        shared = [one for one in parts[place + 1 :] if _SHARED.search(tidy(one))]
        first = ". ".join([*parts[:place], *shared])
        label, likely = rank(first)[0]
        if label == found[0] or label not in services or likely < sure_above:
            continue
        short = len(words(part)) <= SHORT and suggested.get(found[0], 0.0) < HINTED
        if short or not _both(suggested, (label, likely), found, _wants(part)):
            continue
        return Second(found[0], found[1], ". ".join([part, *trailing]), first)
    return None


def _both(
    suggested: Mapping[str, float],
    first: tuple[str, float],
    second: tuple[str, float],
    wanted: bool,
) -> bool:
    """Whether the whole message too is about the two, each with its chance in its own part: a part
    may only be a detail of a story. What is stated rather than wanted must be plainer."""
    one, other = suggested.get(first[0], 0.0), suggested.get(second[0], 0.0)
    if max(suggested.values()) > max(one, other):
        return False
    if wanted:
        return first[1] >= PLAINLY or one >= SUGGESTED
    return min(one, other) >= HINTED and min(first[1], second[1]) >= SURELY


def with_answer(
    text: str, asked: Asked, rank: Rank, sure_above: float, services: Collection[str]
) -> Second | None:
    """The request made along with an answer to the question of a form."""
    parts = parts_of(text)
    for place, part in enumerate(parts[1:], 1):
        found = _asked_for(part, rank, sure_above, services)
        if found is None or found[0] == asked.draft or not _wants(part):
            continue
        before = ". ".join(parts[:place])
        story = asked.kind == "text" and not is_new_request(part) and not is_question(part)
        if story or is_question(before) or not looks_like(asked.kind, before, asked.choices):
            continue
        return Second(found[0], found[1], ". ".join(parts[place:]), before)
    return None


def _asked_for(
    part: str, rank: Rank, sure_above: float, services: Collection[str]
) -> tuple[str, float] | None:
    """The service that a part by itself is surely about."""
    if len(words(part)) < LEAST_WORDS:
        return None
    if _BARE.match(tidy(part)):
        return None
    if _LEANS.search(_HERE.sub("", tidy(part))) and not is_new_request(part):
        return None
    label, likely = rank(part)[0]
    return (label, likely) if label in services and likely >= sure_above else None


def _wants(part: str) -> bool:
    """Whether a part is put as something wanted or asked."""
    tidied = tidy(part)
    wanted = _WANTS.match(tidied) or is_request(part) or is_new_request(part)
    return bool(wanted) or is_question(part)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SecondRequest(GraphComponent):
    """Comes after IntentClassifier. Sets `second` of a message that asks for two things, and has
    what follows understand the rest of it alone."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SecondRequest:
        return cls()

    def process_training_data(self, training_data: Any) -> Any:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Splits each message that holds two requests, or an answer and a request."""
        for message in messages:
            text, model = message.get(TEXT) or "", message.get(MODEL)
            if text != SPELLED_OUT and model and model.get("rank"):
                self._split(message, text, model)
        return messages

    def _split(self, message: Message, text: str, model: Mapping[str, Any]) -> None:
        asked = Asked.from_metadata(message.get("metadata"))
        ranking: Ranking = message.get(INTENT_RANKING_KEY) or []
        top = ranking[0] if ranking else {"name": None, "confidence": 0.0}
        urgent = top["name"] in SAFETY and top["confidence"] >= SAFETY_ABOVE
        settled = asked.choice is not None or asked.steers is not None or asked.reads
        if (settled and not asked.draft) or asked.choice or urgent or top["name"] == A_PERSON:
            return
        rank, sure_above = model["rank"], model["sure_above"]
        services = set(model["labels"]) - NOT_KEPT
        second: Second | None = None
        if asked.draft and asked.asks and asked.kind not in POLAR:
            second = with_answer(text, asked, rank, sure_above, services)
        elif asked.asks in {None, "topic"} and asked.kind != ROW:
            second = second_request(text, rank, sure_above, ranking, services)
        if second is not None:
            _leave_first(message, second, rank(second.first)[: len(ranking)], sure_above)


def _leave_first(
    message: Message, second: Second, rest: Sequence[tuple[str, float]], sure_above: float
) -> None:
    """Has the message understood as its first part alone; its text stays whole."""
    label, likely = rest[0]
    name = label if likely >= sure_above else NOT_SURE
    told = {"label": second.label, "confidence": second.confidence,
            "words": second.words, "first": second.first}  # fmt: skip
    ranking = [{"name": one, "confidence": chance} for one, chance in rest]
    message.set(SECOND, told, add_to_output=True)
    message.set(INTENT, {"name": name, "confidence": likely}, add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
    message.set(UNDERSTOOD, {"label": label, "confidence": likely}, add_to_output=True)
