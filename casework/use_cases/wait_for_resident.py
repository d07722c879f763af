"""Waits for a resident who asks for a moment: nothing failed, and nothing is counted."""

from __future__ import annotations

import re
from dataclasses import replace

from casework.domain.conversations import SAFETY, Author, Conversation, Message, Turn, Utterance
from casework.ports.store import Work
from casework.use_cases.office import Office, Progress, word

_SMALL = r"(?:ok|okay|oh|er|erm|um|sorry|please|yes|yeah|right|well|can you|could you|just|if you)"
_MOMENT = (
    r"(?:(?:a|one|two|half a|just a|just one)?(?: quick)? ?(?:minute|minutes|min|mins|mo|moment|"
    r"moments|sec|secs|second|seconds|tick|ticks))"
)
_FIND = (
    r"(?:i(?:'ll| will|'m|'ve got to| have to| need to|'m just| am)?|let me)(?: just)? "
    r"(?:(?:go(?:ing)? and |going to |go )?(?:check|look|get|find|fetch|grab|see|looking|"
    r"checking|getting|finding|fetching))(?: (?:for|at))?"
    r"(?: (?:it|that|out|my|the|a|them|up)| (?:\w+ ){0,3}(?:glasses|bill|letter|card|pen|phone|"
    r"paperwork|papers|diary|calendar|bank|account|number|book|post|bag|wallet|purse))*"
)
WAIT = re.compile(
    rf"(?:{_SMALL} )*(?:(?:wait|hang on|hold on|bear with me|bear with|give me|gimme|hold the line|"
    rf"stay there|i need|one|not yet|{_MOMENT})(?: (?:for )?(?:{_MOMENT}|me|there|on|please))*)"
    rf"(?: (?:{_SMALL}|while|{_FIND}))*|(?:{_SMALL} )*{_FIND}(?: {_SMALL})*",
)


def waits(text: str) -> bool:
    """Whether a message is nothing but the wish for a moment."""
    words = " ".join(re.findall(r"[a-z0-9']+", text.lower()))
    return words not in {"one", "i need", "give me"} and WAIT.fullmatch(words) is not None


def patient(office: Office, work: Work, conversation: Conversation, turn: Turn) -> Progress | None:
    """Says that there is time, with what was asked still open; None for any other message."""
    if turn.choice is not None or conversation.service in SAFETY or not waits(turn.text):
        return None
    asking = work.conversations.last_asking(conversation.id)
    said = Utterance("") if asking is None else replace(asking.said, case_refs=(), links=())
    text = word(office, conversation, "take_your_time")
    asks = said.asks or "topic"
    return Progress((replace(said, text=text, asks=asks, kind=said.kind or asks),), filling=False)


def gives_time(office: Office, conversation: Conversation, message: Message) -> bool:
    """Whether a message of ours says no more than that there is time."""
    return message.said.text == word(office, conversation, "take_your_time")


def open_question(office: Office, work: Work, conversation: Conversation) -> Message | None:
    """As `last_asking`; where a moment was asked for since, the question that stayed open."""
    asking = work.conversations.last_asking(conversation.id)
    if asking is None or not gives_time(office, conversation, asking):
        return asking
    for message in reversed(work.conversations.messages(conversation.id)):
        ours = message.author is not Author.RESIDENT and message.said.asks is not None
        if ours and not gives_time(office, conversation, message):
            return message
    return asking
