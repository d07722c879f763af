"""Says whether somebody who rings or texts may be sent a text, and why not."""

from __future__ import annotations

from enum import StrEnum

from casework.domain.conversations import SAFE_CONTACT, Conversation
from casework.domain.phones import is_mobile
from casework.ports.store import Work


class NoText(StrEnum):
    """Why no text goes to whoever this is: somebody else could see it, the number is withheld or
    is no mobile, or it wants no texts."""

    UNSAFE = "unsafe"
    WITHHELD = "withheld"
    NO_MOBILE = "no_mobile"
    STOPPED = "stopped"


def number_to_text(work: Work, conversation: Conversation) -> str | None:
    """The mobile that they ring or text from, where a text may go to it."""
    return conversation.caller if why_no_text(work, conversation) is None else None


def why_no_text(work: Work, conversation: Conversation, number: str | None = None) -> NoText | None:
    """Why no text may go to the number they ring or text from, or to another that they gave; None
    when one may. Where it may not be safe, none goes to any number."""
    number = number or conversation.caller
    if SAFE_CONTACT in conversation.flags:
        return NoText.UNSAFE
    if number is None:
        return NoText.WITHHELD
    if not is_mobile(number):
        return NoText.NO_MOBILE
    return NoText.STOPPED if work.opt_outs.has(number) else None
