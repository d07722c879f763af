"""Reads what the demo's pages post. Everything wrong is Refused."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from flask import request

from bot.messages import MAX_TEXT
from telephony.numbers import number_of
from telephony.simulator.carrier import Act

LONGEST_TEXT = 1600
"""Characters that a carrier takes in one text."""

KEYS = re.compile(r"[0-9*#]{1,64}")

_BROWSER = re.compile(r"client:agent_[0-9a-f]{32}")

UNREADABLE = "This has half a character in it, which cannot be sent."


class Refused(Exception):
    """A request that is not carried out: HTTP status, a code, and a sentence for the page."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


def check_same_site(public_base_url: str) -> None:
    """Raises Refused 403 for a request that another site had a browser make."""
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        allowed = fetched in {"same-origin", "none"}
    else:
        # Whoever sends neither header is no browser.
        origin = request.headers.get("Origin")
        allowed = origin is None or _origin(origin) in {
            _origin(request.host_url),
            _origin(public_base_url),
        }
    if not allowed:
        raise Refused(403, "other_site", "This page can only be used from its own address.")


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def body() -> dict[str, Any]:
    """The JSON object posted."""
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise Refused(400, "not_json", "Send a JSON object.")
    return given


def number(given: object) -> str:
    """A number as somebody in Britain writes it, as +44..."""
    plain = re.sub(r"[\s()-]", "", given) if isinstance(given, str) else ""
    if plain.startswith("0") and not plain.startswith("00"):
        plain = "+44" + plain[1:]
    found = number_of(plain)
    if found is None:
        raise Refused(400, "number", "Enter a telephone number, such as 07700 900 982.")
    return found


def telephone(given: object) -> str:
    """A number, or the address of a browser."""
    if isinstance(given, str) and _BROWSER.fullmatch(given):
        return given
    return number(given)


def text(given: object) -> str:
    """The words of a text."""
    if not isinstance(given, str) or not given.strip():
        raise Refused(400, "text", "Write a text first.")
    if len(given) > LONGEST_TEXT:
        raise Refused(400, "text", f"A text has at most {LONGEST_TEXT:,} characters.")
    if not _is_unicode(given):
        raise Refused(400, "text", UNREADABLE)
    return given


def _is_unicode(words: str) -> bool:
    """Whether words can be sent: JSON can hold half a character."""
    return not any("\ud800" <= character <= "\udfff" for character in words)


def act(given: dict[str, Any]) -> tuple[Act, str]:
    """What the caller did, and the words or keys of it."""
    acts = [act for act in Act if given.get(act.value) not in (None, False, "")]
    if len(acts) != 1:
        raise Refused(400, "act", "Send one of speech, digits, silence, wait and hang_up.")
    chosen, words = acts[0], given[acts[0].value]
    if chosen in {Act.SILENCE, Act.WAIT, Act.HANG_UP}:
        return chosen, ""
    if not isinstance(words, str) or len(words) > MAX_TEXT:
        raise Refused(400, "act", f"Say at most {MAX_TEXT:,} characters at a time.")
    if not _is_unicode(words):
        raise Refused(400, "act", UNREADABLE)
    if chosen is Act.DIGITS and not KEYS.fullmatch(words):
        raise Refused(400, "act", "A keypad has the keys 0 to 9, * and #.")
    return chosen, words
