"""What the webhooks of being put through share: reading a request, and answering in time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from flask import Response, request
from twilio.twiml.voice_response import VoiceResponse

from telephony.promptness import Late, within

log = logging.getLogger(__name__)

Result = TypeVar("Result")

MOST_TRIES = 3
"""Times that a request is tried again before whoever is on the line hears the truth."""


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
