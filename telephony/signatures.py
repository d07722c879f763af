"""Only Twilio may call the webhooks: everything else is refused before it is looked at."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request
from twilio.request_validator import RequestValidator


def signed_by_twilio(public_base_url: str, auth_token: str) -> Callable[[], Response | None]:
    """A check to run before each request: 403 unless `X-Twilio-Signature` fits.

    Twilio signs the address it was given, which is the public one whatever proxies have made of
    it on the way here. Without a token nothing passes.
    """
    validator = RequestValidator(auth_token)

    def check() -> Response | None:
        path = request.full_path if request.query_string else request.path
        given = request.headers.get("X-Twilio-Signature", "")
        if auth_token and validator.validate(public_base_url + path, request.form, given):
            return None
        return Response("Forbidden", 403, content_type="text/plain")

    return check


def names(*ids: str) -> Callable[[], Response | None]:
    """A check to run before each request: 400 unless it has one of the carrier's ids `ids`.

    Without one, a call would be taken for another, and a text for a repeat.
    """

    def check() -> Response | None:
        if any(request.form.get(name, "").strip() for name in ids):
            return None
        return Response("Bad Request", 400, content_type="text/plain")

    return check
