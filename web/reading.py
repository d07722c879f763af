"""Reading what was sent, before a room decides whether it will have it."""

from __future__ import annotations

import json
import re
from typing import Any

from flask import request

MAX_BODY = 64 * 1024
"""Bytes of a request; 2,000 characters take 24,000 when each is written as two JSON escapes."""

_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def clean(text: str) -> str:
    """The text without control characters and halves of characters, which no store takes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWANTED.sub("", text).encode("utf-8", "ignore").decode("utf-8")


def json_object(data: bytes) -> dict[str, Any] | None:
    """A body as a JSON object; None when it is anything else."""
    try:
        given = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return given if isinstance(given, dict) else None


def bearer() -> str:
    """The token that the request brings in its header (RFC 6750, section 2.1); empty without."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
