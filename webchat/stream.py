"""A conversation as a stream of server-sent events (WHATWG HTML, 9.2)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from casework.domain.conversations import Mode
from casework.domain.errors import Busy
from casework.ports.announcements import Announcements
from webchat.conversations import Conversations
from webchat.messages import as_json

HEARTBEAT = 15.0
"""Seconds. Proxies cut silent connections, and only a write finds out that a browser has gone."""

RETRY = 3000
"""Milliseconds after which a browser comes back when cut off."""

RECHECK = 4
"""Heartbeats after which the store is read even though nothing was announced: an announcement
lost on its way must not leave a resident waiting for ever."""


def event(name: str, data: dict[str, Any], seq: int | None = None) -> str:
    """One event; `seq` becomes the id from which a browser resumes."""
    head = f"id: {seq}\n" if seq is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def follow(
    conversations: Conversations, announcements: Announcements, conversation: str, after: int
) -> Iterator[str]:
    """Every message above `after`, the mode at the start and whenever it changes, `typing` and
    `queue` as they are announced; ends once the conversation is closed."""
    # Subscribing before the first reading leaves no gap between the two.
    with announcements.subscribe(conversation) as ear:
        yield f"retry: {RETRY}\n\n"
        mode: Mode | None = None
        look, silent = True, 0
        while True:
            if look:
                try:
                    news = conversations.since(conversation, after)
                except Busy:
                    yield ": busy\n\n"
                    ear.wait(1.0)
                    continue
                for message in news.messages:
                    after = message.seq
                    yield event("message", as_json(message), after)
                if news.mode is not mode:
                    mode = news.mode
                    yield event("mode", {"mode": mode.value})
                if mode is Mode.CLOSED:
                    return
            kinds = {one.kind for one in ear.wait(HEARTBEAT)}
            silent = 0 if kinds else silent + 1
            look = bool(kinds - {"typing"}) or silent >= RECHECK
            if look:
                silent = 0
            for kind in sorted(kinds & {"typing", "queue"}):
                yield event(kind, {})
            if not kinds:
                yield ": still here\n\n"
