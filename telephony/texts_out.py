"""Text messages going out, by Twilio's REST API."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from casework.domain.errors import OptedOut, SendingFailed
from casework.domain.outbox import Outgoing
from telephony.text_length import in_gsm7

OPTED_OUT = 21610
"""Twilio's code: the recipient has sent STOP (https://www.twilio.com/docs/api/errors/21610)."""

PASSING = frozenset({20003, 20005, 20429, 21611})
"""Codes of what a later attempt can get past, whatever the status: wrong credentials and a
suspended account, which operators put right; too many requests; a full queue of this sender."""

PASSING_STATUSES = frozenset({401, 408, 429})


class TwilioTexts:
    """Implements `Sender` for text messages."""

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        from_number: str,
        api_base: str,
        status_url: str,
        timeout: float = 10.0,
    ) -> None:
        """`from_number` is a number (+44...), a sender's name, or a messaging service (MG...).

        `api_base` stands in for https://api.twilio.com. Twilio reports how far a message got to
        `status_url`, with our own id of the message in its query as `message`. `timeout` is in
        seconds, for connecting and for each wait for an answer.
        """
        # An edge or a region from the environment would be written into the host of `api_base`.
        # An empty mapping would count as none given, and the environment be read after all.
        own = {"TWILIO_EDGE": "", "TWILIO_REGION": ""}
        http = TwilioHttpClient(timeout=timeout)
        if urlsplit(api_base).hostname in {"127.0.0.1", "localhost", "::1"}:
            # A proxy that the environment names would look for a stand-in on its own machine.
            http.session.trust_env = False
        self._client = Client(account_sid, auth_token, http_client=http, environment=own)
        self._client.api.base_url = api_base
        self._status_url = status_url
        service = from_number.startswith("MG")
        self._sender = {"messaging_service_sid" if service else "from_": from_number}

    def send(self, message: Outgoing) -> str | None:
        """Twilio's id of the message, as the port says. Raises SendingFailed or OptedOut."""
        try:
            taken = self._client.messages.create(
                to=message.to,
                body=in_gsm7(message.text),
                # Our own id: a report can come in before Twilio's id is stored.
                status_callback=f"{self._status_url}?message={quote(message.id, safe='')}",
                **self._sender,
            )
        except (TwilioRestException, TwilioServiceException) as refusal:
            # What Twilio writes may quote the number, so nothing of it goes on.
            raise _failure(refusal) from None
        except (OSError, ValueError, AttributeError, TypeError) as fault:
            # Whatever goes wrong on the way is an OSError in the library that Twilio's is made of.
            # The others: the answer is not one of Twilio's.
            raise SendingFailed(type(fault).__name__, again=True) from None
        return taken.sid if isinstance(taken.sid, str) else None


def _failure(refusal: TwilioRestException | TwilioServiceException) -> OptedOut | SendingFailed:
    status, code = _number(refusal.status), _number(refusal.code)
    if code == OPTED_OUT:
        return OptedOut("the recipient has opted out")
    final = 400 <= status < 500 and status not in PASSING_STATUSES and code not in PASSING
    return SendingFailed(str(code or status), again=not final)


def _number(given: object) -> int:
    """A status or code as a number; 0 for what is none, which could be any text."""
    text = str(given)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
