"""Turns what the conversation says into texts: short, one question each, with numbered choices."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casework.domain.catalogue import PERSON
from casework.domain.conversations import Choice, Message, Utterance
from casework.domain.text_length import in_gsm7, pieces
from telephony.wording import Wording

LONGEST = 320
"""Characters of one text at most."""

UNWRITTEN = frozenset({"yes", "no", "skip", PERSON})
"""Choices that the question itself names, or that go without saying."""


def texts_of(messages: Sequence[Message], wording: Wording) -> list[str]:
    """Our replies as texts of at most 320 characters, as few as will do. The question and its
    choices come last and stay together where they fit."""
    if not messages:
        return []
    *before, last = [message.said for message in messages]
    body = "\n".join(_with_links(said) for said in before)
    asked = "\n".join(part for part in (_with_links(last), choices_of(last, wording)) if part)
    whole = in_gsm7(f"{body}\n{asked}".strip())
    if len(whole) <= LONGEST:
        return [whole]
    return [*pieces(in_gsm7(body), LONGEST), *pieces(in_gsm7(asked), LONGEST)]


def choices_of(said: Utterance, wording: Wording) -> str:
    """How a question can be answered by a number, or by yes or no; may be empty."""
    values = {choice.value for choice in said.choices}
    if {"yes", "no"} <= values:
        return "" if "yes" in said.text.lower() else wording.say("reply_yes_no")
    numbered = numbered_choices(said)
    if not numbered:
        return ""
    options = wording.say("choice_between").join(
        wording.say("choice_option", number=number, label=choice.label)
        for number, choice in enumerate(numbered, 1)
    )
    return wording.say("choice_lead", options=options)


def numbered_choices(said: Utterance) -> list[Choice]:
    """The choices that a reply may name by number, in order; none for a plain yes or no."""
    values = {choice.value for choice in said.choices}
    if values <= UNWRITTEN or {"yes", "no"} <= values:
        return []
    return [choice for choice in said.choices if choice.value != PERSON]


def choice_in(text: str, said: Utterance | None) -> str | None:
    """The value of the choice that a text names by its number or its very words, if it does."""
    if said is None:
        return None
    plain = text.strip().strip(".!").lower()
    numbered = numbered_choices(said)
    if re.fullmatch(r"[1-9][0-9]?", plain) and int(plain) <= len(numbered):
        return numbered[int(plain) - 1].value
    named = [c.value for c in said.choices if in_gsm7(c.label).lower() == in_gsm7(plain)]
    return named[0] if named else None


def _with_links(said: Utterance) -> str:
    """The words and the addresses that belong to them, but for those already in the words."""
    links = [link.url for link in said.links if link.url not in said.text]
    return " ".join([said.text, *links])
