"""Twilio's REST API as texts and calls both use it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from twilio.base.exceptions import (
    TwilioException,
    TwilioRestException,
    TwilioServiceException,
)
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from casework.domain.errors import SendingFailed

Result = TypeVar("Result")

PASSING = frozenset({20003, 20005, 20429, 21611})
"""Codes of what a later attempt can get past, whatever the status: wrong credentials and a
suspended account, which operators put right; too many requests; a full queue of this sender."""

PASSING_STATUSES = frozenset({401, 408, 429})

REFUSALS = (TwilioRestException, TwilioServiceException)
"""What the library raises for an answer that is an error."""

FAULTS = (OSError, ValueError, AttributeError, TypeError)
"""Whatever goes wrong on the way is an OSError in the library that Twilio's is made of. The
others: the answer is not one of Twilio's."""


def make_client(account_sid: str, auth_token: str, api_base: str, timeout: float) -> Client:
    """A client of the API at `api_base`, which stands in for https://api.twilio.com. `timeout` is
    in seconds, for connecting and for each wait for an answer."""
    # An edge or a region from the environment would be written into the host of `api_base`.
    # An empty mapping would count as none given, and the environment be read after all.
    own = {"TWILIO_EDGE": "", "TWILIO_REGION": ""}
    http = TwilioHttpClient(timeout=timeout)
    if urlsplit(api_base).hostname in {"127.0.0.1", "localhost", "::1"}:
        # A proxy that the environment names would look for a stand-in on its own machine.
        http.session.trust_env = False
    client = Client(account_sid, auth_token, http_client=http, environment=own)
    client.api.base_url = api_base
    return client


def asked(request: Callable[[], Result]) -> Result:
    """What Twilio answers; SendingFailed without any of its words, which may quote a number."""
    try:
        return request()
    except REFUSALS as refusal:
        raise SendingFailed(str(code_of(refusal)), again=not is_final(refusal)) from None
    except (*FAULTS, TwilioException) as fault:
        raise SendingFailed(type(fault).__name__, again=True) from None


def code_of(refusal: TwilioRestException | TwilioServiceException) -> int:
    """Twilio's code of a refusal, or else its HTTP status; 0 when it gives none."""
    return _number(refusal.code) or _number(refusal.status)


def is_final(refusal: TwilioRestException | TwilioServiceException) -> bool:
    """Whether no later attempt can succeed."""
    status = _number(refusal.status)
    passing = status in PASSING_STATUSES or _number(refusal.code) in PASSING
    return 400 <= status < 500 and not passing


def _number(given: object) -> int:
    """A status or code as a number; 0 for what is none, which could be any text."""
    text = str(given)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
