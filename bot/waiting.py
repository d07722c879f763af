"""What somebody who waits for a person writes: a wish to be rung back or to go on, or words that
the person will read. The assistant is not asked."""

from __future__ import annotations

import re

from bot.engine import Question
from bot.standby import WANTS_PERSON
from casework.domain.catalogue import PERSON
from casework.domain.conversations import Turn, Utterance
from casework.use_cases.join_queue import CALL_ME, GO_ON, still_waiting
from casework.use_cases.leave_queue import leave_queue
from casework.use_cases.office import Office

A_WISH = 8
"""A wish is at most this many words; longer messages are for the person."""

WISHES = (
    (
        CALL_ME,
        re.compile(
            r"(?i)^\W*(?:1|call|ring)\W*$|\b(?:call|ring|phone) me\b|\b(?:call|ring)[ -]?back\b"
        ),
    ),
    (
        GO_ON,
        re.compile(
            r"(?i)^\W*2\W*$|\b(?:carry|go|keep) (?:on|going)\b|\bcontinue\b|\bnever ?mind\b"
            r"|\b(?:don'?t|do not|can'?t|cannot) (?:want to )?wait\b|\b(?:stop|without) waiting\b"
            r"|\bleave (?:the )?queue\b|\bback to the (?:assistant|bot|robot)\b"
        ),
    ),
)
"""Plain ways of saying so; keys and numbers are in the order of the choices."""

ASKS = re.compile(r"(?i)^\W*(?:how|when|why|what|who|where|will|did|do|does|is|are)\b")
"""A question to the person, whatever words it holds."""

REFUSES = re.compile(r"(?i)\b(?:don'?t|do not|not|never|no)\W+(?:\w+\W+)?(?:call|ring|phone)")
"""Wants no call."""


def while_waiting(office: Office, question: Question) -> list[Utterance]:
    """The answer to somebody waiting; empty when they were told lately where they stand."""
    turn = Turn(
        id=question.message_id, text=question.text, choice=question.choice, keyed=question.keyed
    )
    wish = wish_in(question.text, question.choice)
    if wish is not None:
        return leave_queue(office, question.conversation_id, turn, wish)
    asks = question.choice == PERSON or (
        WANTS_PERSON.search(question.text) is not None and not REFUSES.search(question.text)
    )
    return still_waiting(office, question.conversation_id, turn, at_once=asks)


def wish_in(text: str, choice: str | None) -> str | None:
    """What somebody waiting would rather have, if they say so plainly."""
    if choice is not None:
        return choice if choice in {CALL_ME, GO_ON} else None
    if len(text.split()) > A_WISH or ASKS.match(text) or REFUSES.search(text):
        return None
    return next((wish for wish, said in WISHES if said.search(text)), None)
