"""Whether a message leaves the question that was asked for something else."""

from __future__ import annotations

import re

from civicline_rasa.follow_ups import Topics, asks_about, asks_how
from civicline_rasa.looks_like import looks_corrective, looks_like
from civicline_rasa.phrasing import (
    is_correction,
    is_new_request,
    is_question,
    is_request,
    tidy,
    words,
)
from civicline_rasa.question_asked import CONFIRM, NOTHING_FILLED, OUT_OF_SCOPE, POLAR, Asked
from civicline_rasa.replies import adds_something, answers_as_question, is_value

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


def asks_of_draft(text: str, asked: Asked, topics: Topics) -> bool:
    """Whether, in the middle of a form, it is a question about the form's own service."""
    if asked.draft is None or not (is_question(text) or asks_how(text)):
        return False
    if asked.kind in POLAR and not asks_how(text):
        return False
    if answers_as_question(asked.kind, text, asked.choices):
        return False
    return asks_about(asked.draft, topics)


def digresses(text: str, top: str, asked: Asked) -> bool:
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
    if top == OUT_OF_SCOPE and asked.draft and asked.kind not in POLAR:
        # Nonsense is a failure to answer, and counted; only a question leads away.
        return False
    if asked.kind in POLAR and top != OUT_OF_SCOPE and looks_like(asked.kind, text):
        return adds_something(text)
    return not (asked.reads or looks_like(asked.kind, text, asked.choices))
