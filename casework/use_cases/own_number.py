"""Hears which number is meant without its digits: this one, none, or none that is safe."""

from __future__ import annotations

import re

from casework.domain.conversations import SAFE_CONTACT, Channel, Conversation, Turn
from casework.domain.fields import Field

THIS_NUMBER = re.compile(
    r"(?i)\b(?:this|the same|same|that)(?: phone| mobile)? (?:number|one|phone|mobile)\b"
    r"|\b(?:number|one|phone|mobile)? ?i'?m (?:calling|ringing|phoning|texting|on)\b"
    r"|\b(?:calling|ringing|phoning|texting)(?: you)? (?:from|on)\b|\bon (?:this|it)\W*$"
    r"|\b(?:use|on|it'?s) (?:my|me) (?:own )?(?:number|mobile|phone|landline|house phone)\W*$"
    r"|\byou(?:'ve| have)? (?:already )?(?:got|have) (?:it|my (?:number|mobile))\b"
    r"|\b(?:comes?|came|come) up on (?:your|the) (?:screen|phone)\b"
)
REFUSES = re.compile(
    r"(?i)\b(?:not|no|never|other|another|different|unsafe|isn'?t|don'?t|can(?:'?t|not)|won'?t|else|"
    r"didn'?t|doesn'?t|wouldn'?t|shouldn'?t|mustn'?t|avoid|stop|except|anything but|apart from|"
    r"instead of|rather than|wrong)\b"
)
PLAIN_YES = re.compile(r"(?i)\W*(?:yes|yeah|yep|yup)(?: please| it is)?\W*")
"""By text the question itself offers the number at hand."""

KEEPS_NUMBER = re.compile(
    r"(?i)\b(?:rather|prefer) (?:not|you didn'?t)\b"
    r"|\b(?:not|never|don'?t|won'?t|can(?:'?t|not))(?: \w+){0,3}?"
    r" (?:giv(?:e|ing)|tell(?:ing)?|shar(?:e|ing)|hand(?:ing)?|say(?:ing)?|leav(?:e|ing)|got|"
    r"have)\b"
    r"|\b(?:haven'?t|have no|got no|no) (?:got )?(?:a |any )?(?:tele)?(?:phone|mobile|number)\b"
    r"|\bkeep (?:it|that|my number) (?:private|to myself)\b|\bwithout (?:a|my) (?:phone|number)\b"
    r"|\bnone of your business\b|\b(?:don'?t|do not) want (?:to|you)\b"
)
"""Will not give a number, or has none."""

NO_SAFE_NUMBER = re.compile(
    r"(?i)\b(?:no|not|none|nothing|nowhere|never|isn'?t|aren'?t|won'?t be)\b.*"
    r"\b(?:safe|number|way|one)\b"
    r"|\bunsafe\b|\b(?:don'?t|do not|can'?t|cannot|never|please not)\b.*"
    r"\b(?:ring|call|phone|contact|text)\b|^\W*(?:no|none|neither|nothing|nowhere)(?: thanks?)?\W*$"
)
"""Says, when asked for a safe number, that there is none."""

NOT_THIS_ONE = re.compile(
    r"(?i)\b(?:not|isn'?t|don'?t|never|can(?:'?t|not)|avoid|stop|except|anything but|apart from)"
    r"\b.*\b(?:this|that|the same)\b"
)
"""Refuses the number at hand, which says nothing of others."""

PHONE_TYPES = frozenset({"contact", "phone"})
"""Types that a telephone number answers."""

LONGEST = 14
"""Words from which on a reply says more than which number is meant."""

WANTS_SOMEBODY = re.compile(
    r"(?i)\b(?:someone|somebody|anyone|anybody|person|human|agent|put me|speak to|talk to)\b"
)


def points_at_own(text: str) -> bool:
    """Whether a reply to a question for a number says no more than that it is the one at hand."""
    if re.search(r"\d", text) or len(text.split()) > LONGEST or WANTS_SOMEBODY.search(text):
        return False
    return THIS_NUMBER.search(text) is not None and REFUSES.search(text) is None


def own_number(conversation: Conversation, field: Field, turn: Turn) -> str | None:
    """The number a resident rings or texts from, if their reply to a question for a number means
    that one; None for a number withheld, or when the reply has another number or a no in it."""
    return conversation.caller if _means_own(conversation, field, turn) else None


def hidden_number(conversation: Conversation, field: Field, turn: Turn) -> bool:
    """Whether the reply means the number at hand, and it cannot be seen."""
    return conversation.caller is None and _means_own(conversation, field, turn)


def keeps_number(field: Field, turn: Turn) -> bool:
    """Whether the reply to a question for a number is that none will be given."""
    if field.type not in PHONE_TYPES or turn.choice is not None or re.search(r"\d{3}", turn.text):
        return False
    return KEEPS_NUMBER.search(turn.text) is not None


def no_safe_number(field: Field, turn: Turn) -> bool:
    """Whether the reply to a question for a safe number is that there is none."""
    if field.type not in PHONE_TYPES or turn.choice is not None or re.search(r"\d{3}", turn.text):
        return False
    if NOT_THIS_ONE.search(turn.text):
        return False
    return NO_SAFE_NUMBER.search(turn.text) is not None or keeps_number(field, turn)


def _means_own(conversation: Conversation, field: Field, turn: Turn) -> bool:
    if field.id not in {"phone", "contact"} or re.search(r"\d", turn.text):
        return False
    if REFUSES.search(turn.text):
        return False
    meant = THIS_NUMBER.search(turn.text) is not None
    offered = conversation.channel is Channel.SMS and SAFE_CONTACT not in conversation.flags
    return meant or (offered and PLAIN_YES.fullmatch(turn.text) is not None)
