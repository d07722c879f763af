"""Replies that can be nothing else, whatever the model takes them for."""

from __future__ import annotations

import re

from civicline_rasa.looks_like import plainly_is
from civicline_rasa.phrasing import tidy, words
from civicline_rasa.question_asked import NOTHING_FILLED, Asked

_SKIPPED = re.compile(
    r"(?:please |just )*(?:skip|pass|leave)(?: (?:it|this|that|one|blank|please))*"
)
_OWN_NUMBER = re.compile(
    r"(?:yes |just |use |on |it is |it's )*(?:this|that) (?:one|number)(?: please)?"
)
_PLACE = re.compile(r"[1-9]\d?")
_CODED = frozenset({"reference", "account_ref", "case_ref", "registration"})
A_FEW = 4


def only_replies(text: str, asked: Asked) -> bool:
    """Whether a message can be nothing but a reply: "skip", "this one", the number of a choice."""
    said = tidy(text).strip(" .!,")
    if asked.asks == "service":
        return False
    if asked.reads and asked.kind in NOTHING_FILLED:
        return True
    if asked.draft and _SKIPPED.fullmatch(said):
        return True
    if asked.kind in ("contact", "phone") and _OWN_NUMBER.fullmatch(said):
        return True
    return bool(asked.choices) and _PLACE.fullmatch(said) is not None


def plain_answer(text: str, asked: Asked) -> bool:
    """Whether words that sound of danger are the answer asked for: "HB 204 118", "I'm her son"."""
    if plainly_is(asked.kind, text, asked.choices):
        return True
    if asked.kind in _CODED and any(character.isdigit() for character in text):
        return len(words(text)) <= A_FEW
    return asked.reads and len(words(text)) <= A_FEW
