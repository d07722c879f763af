"""Files that Twilio keeps: pictures that came with texts, and recordings.

An address of the API answers, with the account's credentials, by the file or by leading on to where
Twilio keeps files, without any.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

import httpx

from casework.domain.errors import SendingFailed

KEPT_AT = ("twiliocdn.com", "s3-external-1.amazonaws.com", "s3.amazonaws.com")
"""Where Twilio leads on to: these hosts and those below them, by https."""

MOST_STEPS = 3


class TwilioFiles:
    """Files of an account. Its credentials go to the API's own host alone, and only below the
    account: an address in a webhook is not a reason to give them to anybody."""

    def __init__(self, account_sid: str, auth_token: str, api_base: str, timeout: float) -> None:
        """`api_base` stands in for https://api.twilio.com. `timeout` is in seconds, for connecting
        and for each wait for an answer."""
        base = urlsplit(api_base)
        self._origin = (base.scheme, base.netloc)
        self._under = f"{base.path.rstrip('/')}/2010-04-01/Accounts/{account_sid}/"
        self._auth = httpx.BasicAuth(account_sid, auth_token)
        self._timeout = timeout
        # A proxy that the environment names would look for a stand-in on its own machine.
        self._proxies = base.hostname not in {"127.0.0.1", "localhost", "::1"}

    def address(self, path: str) -> str:
        """The API's address of something of the account, such as `Recordings/....mp3`."""
        scheme, host = self._origin
        return f"{scheme}://{host}{self._under}{path}"

    def client(self) -> httpx.Client:
        """A client to read one file with."""
        return httpx.Client(timeout=self._timeout, trust_env=self._proxies)

    def is_ours(self, url: str) -> bool:
        """Whether an address is one of the account's. Raises ValueError for what is none at all."""
        parts = urlsplit(url)
        within = parts.path.startswith(self._under) and ".." not in parts.path
        return (parts.scheme, parts.netloc) == self._origin and within

    def open(
        self, client: httpx.Client, url: str, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """The answer that is no redirect, to be read and closed by whoever asked. Raises
        SendingFailed, and what httpx raises."""
        for _ in range(MOST_STEPS):
            request = client.build_request("GET", url, headers=headers)
            auth = self._auth if self.is_ours(url) else None
            answer = client.send(request, auth=auth, stream=True)
            if not answer.is_redirect:
                return answer
            answer.close()
            url = urljoin(url, answer.headers.get("Location", ""))
            if not (self.is_ours(url) or keeps_files(url)):
                raise SendingFailed("led_elsewhere", again=False)
        raise SendingFailed("led_in_circles", again=False)


def keeps_files(url: str) -> bool:
    """Whether an address is one of those that Twilio leads on to for a file."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    known = any(host == one or host.endswith(f".{one}") for one in KEPT_AT)
    return parts.scheme == "https" and parts.port in {None, 443} and known
