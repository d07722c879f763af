"""The words by which somebody stops texts, starts them again or asks what this is.

Only a text that is nothing but the word counts, as with Twilio
(https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out): "stop at number 5" is no stop.
"""

from __future__ import annotations

import re
from enum import StrEnum

CONFIRMED = frozenset("STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT".split())
"""The words of stopping that Twilio obeys and confirms by itself, when a text is nothing else."""

_STOP = frozenset(word.lower() for word in CONFIRMED) | {"stop all", "opt out"}
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


def carrier_confirms(text: str, told: str = "") -> bool:
    """Whether the carrier itself answers a text that stops texts; `told` as in `keyword_of`. One
    with signs around it or of two words is nothing to Twilio: it confirms none of "Stop."."""
    return bool(told) or text.strip().upper() in CONFIRMED
