"""Whose chat a browser is in, for the page that works without script: two cookies.

One holds the conversation's id and token, the other a random key from which the token of every
form is made, so that no other site can post in a resident's name.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import request
from werkzeug.wrappers import Response

from webchat.errors import Refused

CHAT = "civicline_chat"
FORM = "civicline_form"


class Visitor:
    """Reads and sets the cookies. `secure` when the site is served over https."""

    def __init__(self, *, secret: str, secure: bool) -> None:
        self._secret = secret.encode("utf-8")
        self._secure = secure

    def chat(self) -> tuple[str, str] | None:
        """Id and token of the conversation this browser is in."""
        conversation, _, token = request.cookies.get(CHAT, "").partition(".")
        return (conversation, token) if conversation and token else None

    def remember(self, answer: Response, conversation: str, token: str) -> None:
        self._set(answer, CHAT, f"{conversation}.{token}")

    def forget(self, answer: Response) -> None:
        answer.delete_cookie(CHAT, path="/chat", secure=self._secure, httponly=True, samesite="Lax")

    def form_key(self) -> str:
        """The key of this browser's forms, a new one when it has none."""
        return request.cookies.get(FORM) or secrets.token_urlsafe(24)

    def give_key(self, answer: Response, key: str) -> None:
        if request.cookies.get(FORM) != key:
            self._set(answer, FORM, key)

    def form_token(self, key: str) -> str:
        return hmac.new(self._secret, f"form {key}".encode(), hashlib.sha256).hexdigest()

    def check_form(self) -> None:
        """Raises Refused 403 unless the form was drawn for this browser."""
        key = request.cookies.get(FORM, "")
        given = request.headers.get("X-Form-Token") or request.form.get("form", "")
        right = self.form_token(key)
        if not key or not hmac.compare_digest(given.encode("utf-8", "replace"), right.encode()):
            raise Refused(403, "form")

    def _set(self, answer: Response, name: str, value: str) -> None:
        # No expiry: kept until the browser closes, however slowly somebody reads.
        answer.set_cookie(
            name, value, path="/chat", secure=self._secure, httponly=True, samesite="Lax"
        )
