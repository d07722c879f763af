"""Says what a question of a form is for, to whoever asks back."""

from __future__ import annotations

import re

from casework.domain.plain_words import plain_words
from casework.use_cases.ask_again import again
from casework.use_cases.check_sense import said_before
from casework.use_cases.filling import Filling
from casework.use_cases.office import Progress

_WHY = re.compile(r"(?i)\W*(?:but |and |so )?(?:why\b|what(?:'s| is) (?:that|it|this) for\b)")
"""Asks what a question is for, or something else that begins alike."""

_WHY_ASKED = re.compile(
    r"(?i)\W*(?:(?:but|and|so|sorry|hang on|well|er|um|oh|no)\b\W*)*(?:"
    r"why (?:do|are|would|should|must|on earth do) (?:you|i|we) (?:\w+ ){0,2}?"
    r"(?:need|want|have|ask|asking|tell|give|know|say)\b"
    r"|why(?: is that| that| do you ask)?\W*$"
    r"|what(?:'s| is) (?:that|it|this) (?:to do with|for)\b"
    r"|what do you (?:need|want) (?:that|it|this|to know that) for\b"
    r"|what(?:'s| is| has) (?:that|it) got to do with\b|what business is it of yours\b)"
)


LONGEST = 8
"""Words up to which such a question is not itself what a free text was to hold."""

_SMALL = frozenset(
    "to that this it so for from me my mine you your know about of a an the have tell give say ask "
    "asking need want all now then again please".split()
)
"""Words with which it goes on where it asks for nothing else; so do names of what is asked."""


def explain(filling: Filling) -> Progress | None:
    """The question once more after what it is for; None for all but "why do you need to know?"."""
    asked = filling.turn.choice is None and filling.conversation.offer is None
    if not asked or not _asks_why(filling):
        return None
    return _tell_why(filling)


def explain_meanwhile(filling: Filling) -> Progress | None:
    """As `explain`, for words that the assistant took for something else: there whatever begins
    with a why asks what the question is for, but where a free text may begin so too."""
    begins = _WHY.match(filling.turn.text) is not None
    free = filling.field is not None and filling.field.type == "text"
    return _tell_why(filling) if begins and (not free or _asks_why(filling)) else None


def _tell_why(filling: Filling) -> Progress | None:
    """The council's own help with the question; None where it wrote none. Whoever has heard it
    before has failed to answer, so that asking why does not go on for ever."""
    if filling.field is None or not filling.field.help:
        return None
    filling.note("field_help", help=filling.field.help)
    if said_before(filling, filling.notes[-1].text):
        return again(filling)
    filling.keep(filling.draft)
    return Progress(filling.notes, filling=True)


def _asks_why(filling: Filling) -> bool:
    """Whether they ask what the question is for. What a free text asks for may begin alike: "Why do
    I have to pay twice?" is what a complaint is about."""
    said = filling.turn.text
    asks = _WHY_ASKED.match(said)
    if asks is None or filling.field is None or filling.field.type != "text":
        return asks is not None
    names = plain_words(" ".join(filling.field.names)).split()
    rest = plain_words(said[asks.end() :]).split()
    return len(said.split()) <= LONGEST and set(rest) <= _SMALL | set(names)
