"""How a message is put: as a question, as a new request, as a choice by its place in a list."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

Choice = dict[str, str]

_FILLER = re.compile(
    r"^(?:(?:um+|er+m?|uh|oh|ah|hello|hi|hey|sorry|ok|okay|right|so|and|but|well|please|actually|"
    r"excuse me|just|quick question|one question|before that|by the way|yes|no)\b[\s,.!?]*)+"
)
_AUXILIARY = (
    r"(?:is|are|am|was|were|do|does|did|can|could|will|would|shall|should|has|have|may|must|'s)"
)
_SUBJECT = (
    r"(?:i|you|we|they|it|he|she|there|the|my|this|that|your|our|their|a|an|any|anyone|someone|"
    r"somebody|people|these|those)"
)
_QUESTIONS = re.compile(
    rf"^(?:(?:when|where|why|who)(?:'s| {_AUXILIARY})\b"
    r"|how (?:much|many|long|often|far|old|big|soon|late|early|about|come|do|does|can|is|are|would)"
    r"\b"
    rf"|(?:what|which)(?:'s|(?: (?!happen)\w+){{0,2}} {_AUXILIARY})\b"
    rf"|what about\b"
    rf"|(?:is|are|do|does|did|can|could|will|would|shall|should|has|have|may|am) {_SUBJECT}\b)"
)
_PUT_RIGHT = r"(?:please )?(?:change|correct|amend|make|put)\b"
_NEW_REQUEST = re.compile(
    r"\b(?:i|we) also (?:need|want|would like|'d like|have to|wanted|have)\b"
    r"|^also (?:i|can|could|we)\b|\bcan you also\b|\bcould you also\b|\bby the way\b"
    r"|^before (?:that|we|i)\b|\bwhile (?:i'm|im|i am|we're|you're) (?:here|on)\b"
    r"|\b(?:another|one more|one other) thing\b|^oh and\b"
    rf"|^actually (?:(?:can|could)\b(?! (?:i|you|we) {_PUT_RIGHT})"
    rf"|(?:i|we)(?:'d| would)? (?:need|want|like|wanted|have)\b(?! to {_PUT_RIGHT}))"
)
# What is asked for in so many words.
_I_WANT = r"\b(?:i|we)(?:'d| would| do| just| really)* (?:need|want|like|wanted|have|wish)(?: you)?"
_REQUEST = re.compile(
    rf"{_I_WANT} to (?:report|apply|book|order|pay|ask|complain|request|renew|register|find out|"
    r"know|talk|speak|get|buy|claim|cancel|tell|check|arrange|join|object|appeal)\b"
    r"|\b(?:i|we)(?:'d| would| do| just| really)* (?:need|want|like) (?:an?|some|help)\b"
    r"|^(?:report|apply for|order|renew) (?:an?|my|the|some)\b"
    r"|\b(?:calling|ringing|phoning|writing) about\b"
)
_PLACES = {
    "first": 0, "1": 0, "one": 0, "1st": 0, "former": 0, "top": 0,
    "second": 1, "2": 1, "two": 1, "2nd": 1, "to": 1, "too": 1,
    "third": 2, "3": 2, "three": 2, "3rd": 2, "fourth": 3, "4": 3, "four": 3, "for": 3,
    "fifth": 4, "5": 4, "five": 4, "last": -1, "latter": -1, "bottom": -1,
}  # fmt: skip
_AROUND_PLACE = frozenset(
    """
    the a one ones number no option choice please thanks i want i'd id like its it's it is that um
    er yes
    """.split()
)
NONE_OF_THEM = re.compile(
    r"^(?:no[, ]+)?(?:neither|none|no|nope|not (?:those|these|either|any)|something else|"
    r"(?:another|other) thing|different)\b"
)
_LITTLE_WORDS = frozenset(
    """
    a an the my your to of for in on at or and about with is it its i want need please one that
    this get do how what
    """.split()
)

_SAID_BEFORE = (
    r"(?:\w+ )?(?:name|surname|spelling|address|street|road|postcode|phone|mobile|number|e-?mail|"
    r"date|day|time|month|year|place|location|description|answer|reference|registration)\b"
)
_CORRECTION = re.compile(
    r"^(?:(?:oh|no|sorry|wait|hang on|actually|oops|my mistake)\b[\s,.!-]*)+"
    r"(?:(?:i|it|that|the|my|we|he|she|they|its|that's|it's|should|not|make)\b|\w+ not\b)"
    r"|^(?:i|we) (?:meant|made a mistake|got (?:that|it|the|my) \w*\s?wrong)\b"
    r"|\b(?:should be|should have been|is wrong|was wrong|isn't right|is not right)\b"
    rf"|\bwrong {_SAID_BEFORE}|\b(?:not|isn't) (?:my|the right|the correct) {_SAID_BEFORE}"
    r"|\byou(?:'ve| have)? (?:got|spelt|spelled|put|heard|written|taken)\b.*\b(?:wrong|wrongly)\b"
    r"|\byou(?:'ve| have)? (?:misspelt|misspelled|misheard)\b"
)
_ASKED_TO_CORRECT = re.compile(
    r"^(?:(?:can|could|would) (?:i|you|we) )?(?:(?:please|just) )*"
    r"(?:(?:change|correct|amend) (?:the|my|it|that|this)|(?:make|put) (?:it|that))\b"
)


def tidy(text: str) -> str:
    """Lower case, plain apostrophes, single spaces."""
    return " ".join(text.lower().replace("\u2019", "'").split())


def words(text: str) -> list[str]:
    """The words and numbers of a text, lower case."""
    return re.findall(r"[a-z0-9']+", tidy(text))


def is_correction(text: str) -> bool:
    """Whether it takes back something said before: "actually it's Jo", "the date is wrong"."""
    tidied = tidy(text)
    return bool(_CORRECTION.search(tidied) or _ASKED_TO_CORRECT.match(_FILLER.sub("", tidied)))


def is_question(text: str) -> bool:
    """Whether it asks something: by its mark or, as speech has none, by how it begins.

    "when it rains" and "where the road bends" are not questions; "when is" and "where do" are.
    """
    tidied = tidy(text)
    if tidied.endswith("?"):
        return True
    sentences = [part for part in re.split(r"[?!.]\s+", tidied) if part]
    return any(_QUESTIONS.match(_FILLER.sub("", sentence)) for sentence in sentences)


def is_new_request(text: str) -> bool:
    """Whether it starts on something else: "I also need", "by the way", "before that"."""
    return bool(_NEW_REQUEST.search(tidy(text)))


def is_request(text: str) -> bool:
    """Whether it asks for a service in so many words: "I want to report", "I'd like a permit"."""
    return bool(_REQUEST.search(_FILLER.sub("", tidy(text))))


def place_in_list(text: str, count: int) -> int | None:
    """The index that "the second one" or "number two" points at in a list of that length."""
    heard = words(text)
    places = [word for word in heard if word in _PLACES and not (word == "one" and len(heard) > 1)]
    if not places and "one" in heard and {"number", "option"} & set(heard):
        places = ["one"]
    if len(places) != 1 or any(w not in _AROUND_PLACE and w not in places for w in heard):
        return None
    index = _PLACES[places[0]]
    if index < 0:
        return count - 1 if count else None
    return index if index < count else None


def matching_choices(text: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices whose own words the text holds, misspellings allowed; the best matches only."""
    heard = [word for word in words(text) if word not in _LITTLE_WORDS]
    own = [_own_words(choice) for choice in choices]
    shared = set.intersection(*own) if len(own) > 1 else set()
    scores = []
    for names in own:
        telling = names - shared
        scores.append(sum(bool(difflib.get_close_matches(w, telling, 1, 0.84)) for w in heard))
    best = max(scores, default=0)
    return [c for c, score in zip(choices, scores, strict=True) if score == best] if best else []


def _own_words(choice: Choice) -> set[str]:
    joined = f"{choice.get('label', '')} {choice.get('value', '')}".replace("_", " ")
    return {word for word in words(joined) if word not in _LITTLE_WORDS}
