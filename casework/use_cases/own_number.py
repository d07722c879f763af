"""Hears "this number": somebody who rings or texts need not say the number they do it from."""

from __future__ import annotations

import re

from casework.domain.catalogue import Field
from casework.domain.conversations import Channel, Conversation, Turn

THIS_NUMBER = re.compile(
    r"(?i)\b(?:this|the same|same|that)(?: phone| mobile)? (?:number|one|phone|mobile)\b"
    r"|\b(?:number|one|phone|mobile)? ?i'?m (?:calling|ringing|phoning|texting|on)\b"
    r"|\b(?:calling|ringing|phoning|texting)(?: you)? (?:from|on)\b|\bon (?:this|it)\W*$"
)
REFUSES = re.compile(
    r"(?i)\b(?:not|no|never|other|another|different|unsafe|isn'?t|don'?t|can'?t|won'?t|else)\b"
)
PLAIN_YES = re.compile(r"(?i)\W*(?:yes|yeah|yep|yup)(?: please| it is)?\W*")
"""By text the question itself offers the number at hand."""


def own_number(conversation: Conversation, field: Field, turn: Turn) -> str | None:
    """The number a resident rings or texts from, if their reply to a question for a number means
    that one; None for a number withheld, or when the reply has another number or a no in it."""
    if field.id not in {"phone", "contact"} or re.search(r"\d", turn.text):
        return None
    if REFUSES.search(turn.text):
        return None
    meant = THIS_NUMBER.search(turn.text) is not None
    offered = conversation.channel is Channel.SMS and "safe_contact" not in conversation.flags
    agreed = offered and PLAIN_YES.fullmatch(turn.text) is not None
    return conversation.caller if meant or agreed else None
