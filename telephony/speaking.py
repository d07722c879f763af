"""Turns what the conversation says into what is read aloud, with the keys that answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casework.domain.conversations import Message, Utterance
from telephony.keys import more, offered
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


def spoken(messages: Sequence[Message], wording: Wording) -> tuple[str, ...]:
    """Our replies as sentences, the last with its keys."""
    said = [aloud(message.said.text) for message in messages]
    if messages:
        asked = messages[-1].said
        said.extend(keys_for(asked, wording, unasked=asked.asks != "confirm"))
    return tuple(part for part in said if part)


def keys_for(
    asked: Utterance, wording: Wording, page: int = 0, *, unasked: bool = False
) -> tuple[str, ...]:
    """Which keys answer a question; nothing for one that is answered in words.

    `unasked` leaves out what most callers need not hear, such as the keys for yes and no.
    """
    choices = offered(asked, page)
    values = {choice.value for _, choice in choices}
    if {"yes", "no"} <= values:
        keys = [] if unasked else [wording.say("press_yes_no")]
    elif values <= UNSPOKEN or values == WAITING:
        keys = []
    else:
        keys = [
            wording.say("press_choice", key=key, label=aloud(choice.label))
            for key, choice in choices
        ]
        if more(asked, page):
            keys.append(wording.say("press_more"))
    if not keys:
        return ()
    *rest, last = keys
    joined = f"{', '.join(rest)}, {wording.say('press_or')} {last}" if rest else last
    return (wording.say("press_lead", keys=joined),)
