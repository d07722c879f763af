"""What the webhooks of being put through share: reading a request, and answering in time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from flask import Response, request
from twilio.twiml.voice_response import VoiceResponse

from telephony.promptness import Late, within
from telephony.pronouncing import read_out
from telephony.wording import Wording

log = logging.getLogger(__name__)

Result = TypeVar("Result")

MOST_TRIES = 3
"""Times that a request is tried again before whoever is on the line hears the truth. With the wait
for each and a word in between they make up some 20 seconds: who knows what it is about stays on so
long, and a store that is not back by then is no hiccup."""

CALLERS_TRIES = 2 * MOST_TRIES
"""As many for a caller on the way to a person, who would lose their place with the call: about 40
seconds, in which a process that was restarted is back."""


def again(
    wording: Wording,
    tries: int,
    address: str,
    *,
    most: int = MOST_TRIES,
    words: tuple[str, str, str] = ("one_moment", "still_working", "out_of_order"),
) -> Response:
    """Asks the same once more in a moment, at `address`, and says so first: silence is taken for a
    dead line. After `most` tries the truth, and the end of the call. `words` are the keys of what
    is said at first, after that, and in the end."""
    response, (first, later, over) = VoiceResponse(), words
    if tries >= most:
        read_out(response, wording.say(over), wording.voice)
        response.hangup()
        return twiml(response)
    read_out(response, wording.say(later if tries else first), wording.voice)
    response.pause(length=1)
    response.redirect(address, method="POST")
    return twiml(response)


def tried(seconds: float, work: Callable[[], Result]) -> Result | None:
    """What comes of it in time; None when nothing does, which is asked for again."""
    try:
        result = within(seconds, work, failed=missed)
    except Exception as failure:  # nobody is to hear Twilio's own words about an error
        missed(failure)
        return None
    return None if isinstance(result, Late) else result


def twiml(response: VoiceResponse | str) -> Response:
    """The answer to a webhook."""
    return Response(str(response), content_type="text/xml; charset=utf-8")


def call_sid() -> str:
    """The carrier's id of the call that a request is about."""
    return request.form.get("CallSid", "")[:64]


def given(name: str) -> str:
    """What our own address says."""
    return request.args.get(name, "")[:64]


def number(name: str) -> int:
    """As `given`, a number; 0 where there is none."""
    value = given(name)[:4]
    return int(value) if value.isascii() and value.isdigit() else 0


def missed(failure: Exception) -> None:
    """Its kind goes to the log; its words could quote a caller."""
    log.error("a call could not be put through: %s", type(failure).__name__)


def unrecorded(failure: Exception) -> None:
    """As `missed`, of a recording: the call itself is well."""
    log.error("a recording could not be seen to: %s", type(failure).__name__)
