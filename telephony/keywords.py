"""The words by which somebody stops texts, starts them again or asks what this is.

Only a text that is nothing but the word counts, as with Twilio
(https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out): "stop at number 5" is no stop.
"""

from __future__ import annotations

import re
from enum import StrEnum

_STOP = frozenset("stop stopall unsubscribe cancel end quit revoke optout".split()) | {
    "stop all",
    "opt out",
}
_START = frozenset("start unstop".split())
_HELP = frozenset("help info".split())


class Keyword(StrEnum):
    """What a text that is one of the carrier's words asks for."""

    STOP = "STOP"
    START = "START"
    HELP = "HELP"


def keyword_of(text: str, told: str = "", *, opted_out: bool = False) -> Keyword | None:
    """The keyword that a text is. `told` is what Twilio makes of it (`OptOutType`), if it does.

    YES starts texts again for a number that has stopped them, and is an answer otherwise.
    """
    if told.upper() in {keyword.value for keyword in Keyword}:
        return Keyword(told.upper())
    # Signs around the word are none of it: "Stop.", "STOP ALL", "opt-out".
    word = " ".join(re.findall(r"\w+", text.lower()))
    if word in _STOP:
        return Keyword.STOP
    if word in _START or (opted_out and word == "yes"):
        return Keyword.START
    return Keyword.HELP if word in _HELP else None
