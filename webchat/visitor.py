"""Whose chat a browser is in, for the page that works without script: two cookies.

One holds the conversation's id and token, the other a random key from which the token of every
form is made, so that no other site can post in a resident's name.
"""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from web.forms import FormKeys, set_cookie
from webchat.errors import Refused

CHAT = "civicline_chat"
FORM = "civicline_form"
PATH = "/chat"


class Visitor:
    """Reads and sets the cookies. `secure` when the site is served over https."""

    def __init__(self, *, secret: str, secure: bool) -> None:
        self._secure = secure
        self.forms = FormKeys(FORM, purpose="form", path=PATH, secret=secret, secure=secure)

    def chat(self) -> tuple[str, str] | None:
        """Id and token of the conversation this browser is in."""
        conversation, _, token = request.cookies.get(CHAT, "").partition(".")
        return (conversation, token) if conversation and token else None

    def remember(self, answer: Response, conversation: str, token: str) -> None:
        chat = f"{conversation}.{token}"
        set_cookie(answer, CHAT, chat, path=PATH, secure=self._secure)

    def forget(self, answer: Response) -> None:
        answer.delete_cookie(CHAT, path=PATH, secure=self._secure, httponly=True, samesite="Lax")

    def check_form(self) -> None:
        """Raises Refused 403 unless the form was drawn for this browser."""
        if not self.forms.fits():
            raise Refused(403, "form")
