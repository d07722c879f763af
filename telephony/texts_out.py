"""Text messages going out, by Twilio's REST API."""

from __future__ import annotations

from urllib.parse import quote

from casework.domain.errors import OptedOut, SendingFailed
from casework.domain.outbox import Outgoing
from casework.domain.text_length import in_gsm7
from telephony.rest_client import FAULTS, REFUSALS, code_of, is_final, make_client

OPTED_OUT = 21610
"""Twilio's code: the recipient has sent STOP (https://www.twilio.com/docs/api/errors/21610)."""


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
        self._client = make_client(account_sid, auth_token, api_base, timeout)
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
        except REFUSALS as refusal:
            # What Twilio writes may quote the number, so nothing of it goes on.
            if code_of(refusal) == OPTED_OUT:
                raise OptedOut("the recipient has opted out") from None
            raise SendingFailed(str(code_of(refusal)), again=not is_final(refusal)) from None
        except FAULTS as fault:
            raise SendingFailed(type(fault).__name__, again=True) from None
        return taken.sid if isinstance(taken.sid, str) else None
