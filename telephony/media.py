"""Pictures that come with texts: where Twilio has them, and fetching them from there.

Source: https://www.twilio.com/docs/messaging/api/media-resource.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

import httpx

from casework.domain.errors import SendingFailed
from casework.domain.evidence import EvidenceRefused, Refusal
from telephony.files import TwilioFiles

MOST_PICTURES = 10
"""Of one text, as Twilio sends at most."""

TIMEOUT = 8.0
"""Seconds for connecting and for each wait: the worker has other things to do too."""


def pictures_of(form: Mapping[str, str]) -> tuple[str, ...]:
    """The addresses of what came with a text, in order."""
    written = form.get("NumMedia", "0")
    count = int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 0
    given = (form.get(f"MediaUrl{n}", "").strip() for n in range(min(count, MOST_PICTURES)))
    return tuple(url for url in given if url and len(url) <= 2000)


class TwilioMedia:
    """Implements `PictureSource`, for addresses below the account."""

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        api_base: str,
        *,
        timeout: float = TIMEOUT,
    ) -> None:
        """`api_base` stands in for https://api.twilio.com. `timeout` is in seconds."""
        self._files = TwilioFiles(account_sid, auth_token, api_base, timeout)

    def fetch(self, url: str, most_bytes: int) -> bytes:
        """The file. Raises SendingFailed, and EvidenceRefused for one that is larger."""
        try:
            if not self._files.is_ours(url):
                raise SendingFailed("not_the_api", again=False)
            with (
                self._files.client() as client,
                closing(self._files.open(client, url)) as answer,
            ):
                return _read(answer, most_bytes)
        except httpx.HTTPError as fault:
            raise SendingFailed(type(fault).__name__, again=True) from None
        except (httpx.InvalidURL, ValueError):
            # What the standard library finds no address in, either, as a port in letters.
            raise SendingFailed("not_an_address", again=False) from None


def _read(answer: httpx.Response, most_bytes: int) -> bytes:
    if answer.status_code != 200:
        # A picture that is gone does not come back; anything else may.
        again = answer.status_code in {401, 403, 408, 429} or answer.status_code >= 500
        raise SendingFailed(str(answer.status_code), again=again)
    held = bytearray()
    for part in answer.iter_bytes():
        held += part
        if len(held) > most_bytes:
            raise EvidenceRefused(Refusal.TOO_BIG)
    return bytes(held)
