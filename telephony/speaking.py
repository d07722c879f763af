"""Turns what the conversation says into what is read aloud, with the keys that answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casework.domain.catalogue import PERSON
from casework.domain.conversations import NOTED, SAFETY, Message, Utterance
from telephony.keys import (
    DATES,
    LEFT_OUT,
    NUMBERS,
    PLACES,
    by_keys_alone,
    for_something_else,
    leaves_out,
    more,
    offered,
    plan,
)
from telephony.manner import Manner
from telephony.prompts import Part
from telephony.wording import Wording

UNSPOKEN = frozenset({"yes", "no", "skip"})
"""Choices that the question itself names, or that go without saying."""

WAITING = frozenset({"callback", "go_on"})
"""Choices of whoever waits for a person; how to get at them is said while they wait."""

_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_ENDS = re.compile(r"[.!?:,;]$")


def aloud(text: str) -> str:
    """A text without what only the eye understands: brackets, line ends, quotation marks."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    joined = " ".join(line if _ENDS.search(line) else f"{line}." for line in lines[:-1])
    whole = " ".join([joined, *lines[-1:]]).strip()
    return _BRACKETS.sub(r", \1", whole).translate({ord(c): None for c in '“”"'})


def spoken(
    messages: Sequence[Message],
    wording: Wording,
    manner: Manner | None = None,
    *,
    failed: bool = False,
) -> tuple[Part, ...]:
    """Our replies as parts of a prompt, the last with its keys. Words about danger are heard to
    the end, and those about what was not understood (`failed`)."""
    manner = manner or Manner()
    if not messages:
        return ()
    *before, last = [message.said for message in messages]
    said = [
        Part(
            aloud(one.text),
            firm=failed or one.service in SAFETY,
            # What they have just told is not long-winded: nobody is asked whether to go on.
            answers=not failed and one.kind != NOTED,
        )
        for one in before
    ]
    unasked = last.asks != "confirm" and not manner.keypad
    said.append(Part(aloud(last.text), firm=last.service in SAFETY, asks=True))
    keys = keys_for(last, wording, unasked=unasked, manner=manner)
    return tuple(part for part in (*said, *keys) if part.text)


def keys_for(
    asked: Utterance,
    wording: Wording,
    page: int = 0,
    *,
    unasked: bool = False,
    manner: Manner | None = None,
) -> tuple[Part, ...]:
    """Which keys answer a question; nothing for one that is answered in words.

    `unasked` leaves out what most callers need not hear, such as the keys for yes and no.
    """
    manner = manner or Manner()
    hints = _how_to_key(asked, wording, manner)
    choices = offered(asked, page)
    values = {choice.value for _, choice in choices}
    if {"yes", "no"} <= values or (asked.kind == "yes_no" and not values):
        keys = [] if unasked else [wording.say("press_yes_no")]
    elif (values <= UNSPOKEN and not manner.keypad) or values == WAITING or hints:
        keys = []
    else:
        keys = _choices(asked, wording, page, manner)
    if not keys:
        return hints
    *rest, last = keys
    joined = f"{', '.join(rest)}, {wording.say('press_or')} {last}" if rest else last
    lead = "press_which" if len(choices) > 1 and not {"yes", "no"} <= values else "press_lead"
    return (
        *hints,
        Part(wording.say("keys_lead" if manner.keypad else lead, keys=joined), asks=True),
    )


def _choices(asked: Utterance, wording: Wording, page: int, manner: Manner) -> list[str]:
    """The choices of a page with their keys; a person is on key 0 always, and is told where the
    question offers one."""
    choices = offered(asked, page)
    keys = [
        wording.say("press_choice", key=key, label=aloud(choice.label)) for key, choice in choices
    ]
    if more(asked, page):
        keys.append(wording.say("press_more"))
    elif (key := for_something_else(asked, page)) and manner.keypad:
        keys.append(wording.say("press_else", key=key))
    person = next((one for one in asked.choices if one.value == PERSON), None)
    if person is not None and keys:
        keys.append(wording.say("press_person", label=aloud(person.label)))
    return keys


def _how_to_key(asked: Utterance, wording: Wording, manner: Manner) -> tuple[Part, ...]:
    """How to key in what is asked, for whoever uses keys alone or was not understood twice."""
    if not (manner.keypad or manner.offered):
        return ()
    kind = asked.kind or ""
    key = None
    if by_keys_alone(asked, manner):
        key = "key_link_or_out" if manner.texts else "key_out"
    elif plan(asked, manner).num_digits == 1:
        return ()
    elif kind in DATES:
        key = "key_date"
    elif kind in PLACES:
        key = "key_place"
    elif kind in NUMBERS or kind == "money":
        key = "key_money" if kind == "money" else "key_number"
    if key is None:
        return ()
    skip = any(choice.value == "skip" for choice in asked.choices)
    leaves = skip and kind != "money" and not by_keys_alone(asked, manner)
    out = "key_skip_place" if leaves_out(asked, manner) == LEFT_OUT else "key_skip"
    said = [wording.say(key), wording.say(out) if leaves else ""]
    return tuple(Part(text, asks=True) for text in said if text)
