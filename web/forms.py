"""Forms that work without script: from whom they are, and which sending of them it is."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from web.reading import clean

_TURN = re.compile(r"[A-Za-z0-9_-]{8,60}")


class FormKeys:
    """A random key for each browser, in a cookie, from which the token of every form is made: no
    other site can post in somebody's name.

    `purpose` keeps the tokens of rooms with the same `secret` apart; `path` is the room's, and
    `secure` says that the site is served over https.
    """

    def __init__(self, cookie: str, *, purpose: str, path: str, secret: str, secure: bool) -> None:
        self._cookie = cookie
        self._purpose = purpose
        self._path = path
        self._secret = secret.encode("utf-8")
        self._secure = secure

    def key(self) -> str:
        """The key of this browser's forms, a new one when it has none."""
        return request.cookies.get(self._cookie) or secrets.token_urlsafe(24)

    def give(self, answer: Response, key: str) -> None:
        """Has the browser keep the key with which the answer's forms were drawn."""
        if request.cookies.get(self._cookie) != key:
            set_cookie(answer, self._cookie, key, path=self._path, secure=self._secure)

    def token(self, key: str, whose: str = "") -> str:
        """The token of a form; one drawn for somebody is no good for anybody else."""
        said = f"{self._purpose} {key} {whose}"
        return hmac.new(self._secret, said.encode(), hashlib.sha256).hexdigest()

    def fits(self, whose: str = "") -> bool:
        """Whether the form that was sent was drawn for this browser, and for `whose`."""
        key = request.cookies.get(self._cookie, "")
        given = request.headers.get("X-Form-Token") or request.form.get("form", "")
        right = self.token(key, whose)
        same = hmac.compare_digest(given.encode("utf-8", "replace"), right.encode())
        return bool(key) and same


def set_cookie(answer: Response, name: str, value: str, *, path: str, secure: bool) -> None:
    """A cookie that no script reads and no other site sends."""
    # No expiry of its own: kept until the browser closes, however slowly somebody reads.
    answer.set_cookie(name, value, path=path, secure=secure, httponly=True, samesite="Lax")


def turn() -> str:
    """The form's own id; a new one when there is none, or the form is refused as too large: the
    page that says so has forms as well."""
    try:
        given = request.form.get("turn", "")
    except RequestEntityTooLarge:
        given = ""
    return given if _TURN.fullmatch(given) else secrets.token_urlsafe(16)


def message_id(written: str) -> str:
    """The form's own id with a mark of what was written: a double click is one message, but a
    page kept by the browser can be used again to say something else."""
    return f"{turn()}-{hashlib.sha256(clean(written).encode()).hexdigest()[:16]}"
