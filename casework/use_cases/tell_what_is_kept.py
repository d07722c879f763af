"""Says whether a conversation is recorded, to whoever asks; whatever was asked stays open."""

from __future__ import annotations

import re

from casework.domain.conversations import Channel, Turn, Utterance
from casework.domain.plain_words import plain_words
from casework.use_cases.ask_draft import active_draft, question
from casework.use_cases.offer_upload import asking_on
from casework.use_cases.office import Office, speak

LONGEST = 25
"""Words of the longest message that may ask this and nothing else."""

_BEING = r"(?: (?:not|be|being|all|get|gets|getting|gonna be|going to be|still|always|just))*"
_ASKS = r"(?:is|isn't|are|aren't|am|was|will|do|don't|does|did)"
_WHOSE = r"(?:(?:this|that|these|those|the|my|our|your|all|any|every) )*"
_CALL = r"(?:phone |telephone |web )?(?:calls?|chats?|conversations?|messages?|line)"
_WITH_YOU = r"(?: (?:on|to|with) (?:this|the|your|you)(?: \w+)?)?"
_TAPED = r"(?:recorded|taped|monitored and recorded)"
_TALK_IS = re.compile(
    rf"\b{_ASKS} {_WHOSE}{_CALL}{_WITH_YOU}{_BEING} {_TAPED}\b"
    rf"|\b{_CALL} (?:is|isn't|being){_BEING} {_TAPED}\b"
    rf"|\b(?:{_ASKS} (?:i|we|it|this|that|these)|(?:i'm|this is|it's|this isn't)(?= not| being))"
    rf"{_BEING} {_TAPED}\b(?! (?:a|an|as|against|for(?! (?:training|quality|security|monitoring))|"
    r"in(?! any way)|on|that i|the|under)\b)"
)
"""Asks it of the talk: "is this call being recorded"."""
_YOU_DO = re.compile(
    rf"\b(?:{_ASKS} (?:you|they|anyone|anybody|someone|somebody|it|this)|you'?re|you are|^you)"
    rf"{_BEING}(?: listening and| you)? (?:record|records|recording|tape|taping)"
    rf"(?: (?:me|us|this|everything|everyone|people|what (?:i|we) say|{_WHOSE}{_CALL}))?"
    r"(?: (?:now|please|then|too|by the way|at all|here|or (?:not|what)|love|mate))*"
    r"(?:$| (?:and|or|because|cos|as|before|if|so|when|while|i|are you|aren't you|"
    r"for (?:training|quality))\b)"
)
"""Asks it of the council: "do you record calls". A registrar records births, and a team complaints:
what else is recorded is no talk."""

_SENTENCE_END = re.compile(r"[.?!;]+")


def asks_if_recorded(text: str) -> bool:
    """Whether the words ask if the conversation is recorded."""
    if len(text.split()) > LONGEST:
        return False
    said = [plain_words(sentence) for sentence in _SENTENCE_END.split(text)]
    return any(_TALK_IS.search(one) or _YOU_DO.search(one) for one in said)


def tell_what_is_kept(office: Office, conversation_id: str, turn: Turn) -> list[Utterance] | None:
    """What is kept of the conversation, then what was asked before; None for anything else."""
    if turn.choice is not None or not asks_if_recorded(turn.text):
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
