"""Pictures that come with texts: where Twilio has them, and fetching them from there.

Source: https://www.twilio.com/docs/messaging/api/media-resource. A media address answers, with the
account's credentials, by the file or by leading on to where Twilio keeps files, without any.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

import httpx

from casework.domain.errors import SendingFailed
from casework.domain.evidence import EvidenceRefused, Refusal

MOST_PICTURES = 10
"""Of one text, as Twilio sends at most."""

KEPT_AT = ("twiliocdn.com", "s3-external-1.amazonaws.com", "s3.amazonaws.com")
"""Where Twilio leads on to: these hosts and those below them, by https."""

MOST_STEPS = 3
TIMEOUT = 8.0
"""Seconds for connecting and for each wait: the worker has other things to do too."""


def pictures_of(form: Mapping[str, str]) -> tuple[str, ...]:
    """The addresses of what came with a text, in order."""
    written = form.get("NumMedia", "0")
    count = int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 0
    given = (form.get(f"MediaUrl{n}", "").strip() for n in range(min(count, MOST_PICTURES)))
    return tuple(url for url in given if url and len(url) <= 2000)


class TwilioMedia:
    """Implements `PictureSource`. The account's credentials go to the API's own host alone, and
    only below the account: an address in a webhook is not a reason to give them to anybody."""

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        api_base: str,
        *,
        timeout: float = TIMEOUT,
    ) -> None:
        """`api_base` stands in for https://api.twilio.com. `timeout` is in seconds."""
        base = urlsplit(api_base)
        self._origin = (base.scheme, base.netloc)
        self._under = f"{base.path.rstrip('/')}/2010-04-01/Accounts/{account_sid}/"
        self._auth = httpx.BasicAuth(account_sid, auth_token)
        self._timeout = timeout
        # A proxy that the environment names would look for a stand-in on its own machine.
        self._proxies = base.hostname not in {"127.0.0.1", "localhost", "::1"}

    def fetch(self, url: str, most_bytes: int) -> bytes:
        """The file. Raises SendingFailed, and EvidenceRefused for one that is larger."""
        try:
            if not self._is_ours(url):
                raise SendingFailed("not_the_api", again=False)
            with httpx.Client(timeout=self._timeout, trust_env=self._proxies) as client:
                return self._followed(client, url, most_bytes)
        except httpx.HTTPError as fault:
            raise SendingFailed(type(fault).__name__, again=True) from None
        except (httpx.InvalidURL, ValueError):
            # What the standard library finds no address in, either, as a port in letters.
            raise SendingFailed("not_an_address", again=False) from None

    def _followed(self, client: httpx.Client, url: str, most_bytes: int) -> bytes:
        for _ in range(MOST_STEPS):
            auth = self._auth if self._is_ours(url) else None
            with client.stream("GET", url, auth=auth) as answer:
                if not answer.is_redirect:
                    return _read(answer, most_bytes)
                url = urljoin(url, answer.headers.get("Location", ""))
            if not (self._is_ours(url) or keeps_files(url)):
                raise SendingFailed("led_elsewhere", again=False)
        raise SendingFailed("led_in_circles", again=False)

    def _is_ours(self, url: str) -> bool:
        parts = urlsplit(url)
        within = parts.path.startswith(self._under) and ".." not in parts.path
        return (parts.scheme, parts.netloc) == self._origin and within


def keeps_files(url: str) -> bool:
    """Whether an address is one of those that Twilio leads on to for a file."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    known = any(host == one or host.endswith(f".{one}") for one in KEPT_AT)
    return parts.scheme == "https" and parts.port in {None, 443} and known


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
