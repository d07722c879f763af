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
PLAIN_YES = re.compile(r"(?i)\W*(?:yes|yeah|yep|yup)(?: please| it is)?\W*")
"""By text the question itself offers the number at hand."""


def own_number(conversation: Conversation, field: Field, turn: Turn) -> str | None:
    """The number a resident rings or texts from, if their reply to a question for a number means
    that one; None for a number withheld, or when another number is in the reply."""
    if field.type not in {"phone", "contact"} or re.search(r"\d", turn.text):
        return None
    meant = THIS_NUMBER.search(turn.text) is not None
    by_text = conversation.channel is Channel.SMS and PLAIN_YES.fullmatch(turn.text) is not None
    return conversation.caller if meant or by_text else None
