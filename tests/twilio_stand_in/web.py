"""Sending webhooks as Twilio does: signed, tokened and given 15 seconds."""

import functools
import ssl
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

import httpx

from tests.twilio_stand_in.retries import retries_of
from tests.twilio_stand_in.signing import signature

SECONDS_ALLOWED = 15.0
HTTP_RETRIEVAL_FAILURE = 11200
HTTP_CONNECTION_FAILURE = 11205


@dataclass(frozen=True)
class Reply:
    """What a webhook answered: HTTP status, Content-Type with its parameters, and the body."""

    status: int
    content_type: str
    body: bytes | str


Post = Callable[[str, dict[str, str], dict[str, str]], Reply]
"""Sends a form: address, fields, headers. May raise OSError or httpx.HTTPError."""

Get = Callable[[str, dict[str, str]], Reply]
"""Fetches an address with its query: address, headers."""


class WebhookFailed(Exception):
    """A webhook of ours that Twilio counts as failed.

    `code` is Twilio's; `status` is the HTTP status, None when there was no answer.
    """

    def __init__(self, code: int, url: str, reason: str, status: int | None = None) -> None:
        super().__init__(f"{code} {url}: {reason}")
        self.code = code
        self.url = url
        self.reason = reason
        self.status = status


@dataclass(frozen=True)
class Webhook:
    """One request to us, as first sent; `token` is its I-Twilio-Idempotency-Token."""

    method: str
    url: str
    params: dict[str, str]
    token: str

    @classmethod
    def fresh(cls, method: str, url: str, params: Mapping[str, str]) -> "Webhook":
        return cls(method, url, dict(params), str(uuid.uuid4()))

    def as_dict(self) -> dict[str, Any]:
        return {"method": self.method, "url": self.url, "params": self.params, "token": self.token}


@functools.cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()


def _client() -> httpx.Client:
    """A client that keeps no cookies from one request to the next and uses no proxy."""
    return httpx.Client(verify=_certificates(), timeout=SECONDS_ALLOWED, trust_env=False)


def post_by_http(url: str, form: dict[str, str], headers: dict[str, str]) -> Reply:
    """The ordinary `Post`. Redirects are not followed: no webhook of ours should answer one."""
    with _client() as client:
        answer = client.post(url, data=form, headers=headers)
    return Reply(answer.status_code, answer.headers.get("Content-Type", ""), answer.content)


def get_by_http(url: str, headers: dict[str, str]) -> Reply:
    """The ordinary `Get`."""
    with _client() as client:
        answer = client.get(url, headers=headers)
    return Reply(answer.status_code, answer.headers.get("Content-Type", ""), answer.content)


class Line:
    """The wire from Twilio to us.

    Addresses are signed as public ones, below `base_url`, and sent to the same path below
    `send_to`.
    """

    def __init__(
        self,
        token: str,
        base_url: str,
        send_to: str | None = None,
        post: Post | None = None,
        get: Get | None = None,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.send_to = (send_to or base_url).rstrip("/")
        self._token = token
        self._post = post or post_by_http
        self._get = get or get_by_http

    def public(self, url: str) -> str:
        """`url`, which may be a path, as a full public address."""
        return urljoin(self.base_url + "/", url)

    def send(self, webhook: Webhook) -> tuple[Reply, float]:
        """The raw answer, whatever its status, and the seconds it took.

        Raises WebhookFailed when there is none or it comes too late.
        """
        url, form = urldefrag(webhook.url).url, webhook.params
        if webhook.method == "GET":
            if form:
                url += ("&" if urlsplit(url).query else "?") + urlencode(form)
            form = {}
        headers = {
            "X-Twilio-Signature": signature(self._token, url, form),
            "I-Twilio-Idempotency-Token": webhook.token,
            "User-Agent": "TwilioProxy/1.1",
        }
        where = self._where(url)
        began = time.perf_counter()
        try:
            if webhook.method == "GET":
                reply = self._get(where, headers)
            else:
                reply = self._post(where, form, headers)
        except httpx.ConnectTimeout as late:
            raise WebhookFailed(HTTP_CONNECTION_FAILURE, url, "no connection in time") from late
        except httpx.TimeoutException as late:
            raise WebhookFailed(HTTP_RETRIEVAL_FAILURE, url, "no answer in time") from late
        except (httpx.HTTPError, OSError) as broken:
            raise WebhookFailed(HTTP_CONNECTION_FAILURE, url, str(broken)) from broken
        seconds = time.perf_counter() - began
        if seconds > SECONDS_ALLOWED:
            raise WebhookFailed(HTTP_RETRIEVAL_FAILURE, url, f"answered after {seconds:.1f} s")
        return reply, seconds

    def deliver(self, webhook: Webhook) -> tuple[Reply, float]:
        """As `send`, but raises WebhookFailed on any status that is not 2xx as well, and tries
        again as often as the address says."""
        retries, tried = retries_of(webhook.url), 0
        while True:
            tried += 1
            try:
                return self._taken(webhook)
            except WebhookFailed as failure:
                if not retries.follow(_kind(failure), tried):
                    raise

    def _taken(self, webhook: Webhook) -> tuple[Reply, float]:
        reply, seconds = self.send(webhook)
        if not 200 <= reply.status < 300:
            reason = f"answered with status {reply.status}"
            raise WebhookFailed(HTTP_RETRIEVAL_FAILURE, webhook.url, reason, reply.status)
        return reply, seconds

    def _where(self, url: str) -> str:
        below = url.startswith(self.base_url) and url[len(self.base_url) :][:1] in ("", "/", "?")
        return self.send_to + url[len(self.base_url) :] if below else url


def _kind(failure: WebhookFailed) -> str:
    """What kind of failure it is, in the words of the retry policy."""
    if failure.status is not None:
        return f"{failure.status // 100}xx"
    return "ct" if failure.code == HTTP_CONNECTION_FAILURE else "rt"


def country_of(number: str) -> str:
    """The country Twilio names for an E.164 number, for the prefixes that our tests use."""
    prefixes = {"+44": "GB", "+353": "IE", "+1": "US"}
    return next((land for prefix, land in prefixes.items() if number.startswith(prefix)), "")
