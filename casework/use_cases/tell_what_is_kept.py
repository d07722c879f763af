"""Says whether a conversation is recorded, to whoever asks; whatever was asked stays open."""

from __future__ import annotations

import re

from casework.domain.conversations import Channel, Utterance
from casework.domain.plain_words import plain_words
from casework.use_cases.ask_draft import active_draft, question
from casework.use_cases.offer_upload import asking_on
from casework.use_cases.office import Office, speak

LONGEST = 25
"""Words of the longest message that may ask this and nothing else."""

_ASKS = re.compile(
    r"\b(?:is|are|am|will|do|does|did) (?:you|i|we|they|it|this|that|these|the|my|your|calls?|"
    r"chats?|anyone|someone)(?: (?:call|calls|phone call|chat|line|conversation|message|messages))?"
    r"(?: (?:be|being|all|getting|gonna be|going to be|you|listening and|just))*"
    r" (?:record|records|recorded|recording|taped|taping)\b"
    r"(?! (?:a|an|as|against|for|in|on|that i|the|under)\b)"
)


def asks_if_recorded(text: str) -> bool:
    """Whether the words ask if the conversation is recorded."""
    said = plain_words(text)
    return _ASKS.search(said) is not None and len(said.split()) <= LONGEST


def tell_what_is_kept(office: Office, conversation_id: str, text: str) -> list[Utterance] | None:
    """What is kept of the conversation, then what was asked before; None for anything else."""
    if not asks_if_recorded(text):
        return None
    with office.store.begin(reading=True) as work:
        conversation = work.conversations.get(conversation_id)
        draft = active_draft(work, conversation)
        recorded = conversation.channel is Channel.VOICE and office.council.recording.on
        said = speak(office, conversation, "kept_with_sound" if recorded else "kept")
        if draft is not None:
            return [said, question(office, conversation, draft)]
        pending = work.conversations.last_asking(conversation_id)
        if pending is None or pending.said.asks == "topic":
            # The greeting asked what it is about: that is some time ago by now.
            return [said, speak(office, conversation, "tell_me", asks="topic")]
        return [asking_on(work, conversation, said)]
