"""Reading what a browser sent: everything is checked here, nothing further in."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from flask import request

from bot.messages import MAX_TEXT, Inbound
from web import reading as sent
from web.reading import MAX_BODY, clean
from webchat.errors import Refused

LONGEST_IDENTITY = 4_000
"""Characters of a website's sign-in."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_CONVERSATION = re.compile(r"[A-Za-z0-9_-]{1,100}")


def said(text: str) -> str:
    """A message's text, cleaned. Raises Refused 413 over MAX_TEXT characters, 400 when empty."""
    text = clean(text)
    if len(text) > MAX_TEXT:
        raise Refused(413, "too_long")
    if not text.strip():
        raise Refused(400, "empty")
    return text


def json_object() -> dict[str, Any]:
    """The body as a JSON object, {} when there is no body. Raises Refused 400 or 413."""
    request.max_content_length = MAX_BODY
    data = request.get_data(cache=True)
    fields = sent.json_object(data) if data else {}
    if fields is None:
        raise Refused(400, "malformed")
    return fields


def conversation_id(written: str) -> str:
    """The id as written in the address. Raises Refused 404 when it cannot be one."""
    if not _CONVERSATION.fullmatch(written):
        raise Refused(404, "not_found")
    return written


def bearer(*, in_query: bool = False) -> str:
    """The token of the request. Raises Refused 404: a missing token is a wrong token."""
    token = sent.bearer()
    if in_query and not token:
        token = request.args.get("token", "").strip()
    if not token or len(token) > 200:
        raise Refused(404, "not_found")
    return token


def inbound(conversation: str, fields: dict[str, Any]) -> Inbound:
    """One message from `{"id", "text"}` or `{"id", "choice"}`. Raises Refused 400 or 413."""
    turn, text, choice = fields.get("id"), fields.get("text"), fields.get("choice")
    if not isinstance(turn, str) or not 0 < len(turn) <= 100 or clean(turn).strip() != turn:
        raise Refused(400, "id")
    if (text is None) == (choice is None):
        raise Refused(400, "text_or_choice")
    one = text if choice is None else choice
    if not isinstance(one, str):
        raise Refused(400, "text_or_choice")
    one = said(one)
    if choice is None:
        return Inbound(id=turn, conversation_id=conversation, text=one)
    return Inbound(id=turn, conversation_id=conversation, choice=one)


def language(fields: dict[str, Any], default: str) -> str:
    """`language` as a BCP 47 code. Raises Refused 400."""
    code = fields.get("language")
    if code is None:
        return default
    if not isinstance(code, str) or not _LANGUAGE.fullmatch(code):
        raise Refused(400, "language")
    return code


def page(fields: dict[str, Any]) -> str | None:
    """The page the chat was opened on, without query and fragment, which may say who somebody
    is. Raises Refused 400."""
    address = fields.get("page")
    if address is None:
        return None
    if not isinstance(address, str) or len(address) > MAX_TEXT:
        raise Refused(400, "page")
    try:
        parts = urlsplit(clean(address))
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise Refused(400, "page") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise Refused(400, "page")
    # A name or password before the host is left out too.
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{parts.path}"


def identity(fields: dict[str, Any]) -> str | None:
    """The website's signed word for who the resident is, unread. Raises Refused 400."""
    token = fields.get("identity")
    if token is not None and (not isinstance(token, str) or len(token) > LONGEST_IDENTITY):
        raise Refused(400, "identity")
    return token


def rating(value: Any) -> int:
    """A whole number from 1 to 5, 5.0 included. Raises Refused 400."""
    whole = isinstance(value, int | float) and not isinstance(value, bool)
    if not whole or value not in {1, 2, 3, 4, 5}:
        raise Refused(400, "rating")
    return int(value)


def comment(value: Any) -> str | None:
    """An optional comment. Raises Refused 400 or 413."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise Refused(400, "comment")
    value = clean(value).strip()
    if len(value) > MAX_TEXT:
        raise Refused(413, "too_long")
    return value or None


def after() -> int:
    """`?after=`, 0 when absent. Raises Refused 400."""
    written = request.args.get("after", "0")
    if not re.fullmatch(r"[0-9]{1,9}", written):
        raise Refused(400, "after")
    return int(written)


def resume_after() -> int:
    """Where an event stream goes on: `Last-Event-ID`, which a browser keeps newer than the
    address it began with, else `?after=`."""
    last = request.headers.get("Last-Event-ID", "")
    return int(last) if re.fullmatch(r"[0-9]{1,9}", last) else after()
