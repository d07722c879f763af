"""A conversation as a stream of server-sent events (WHATWG HTML, 9.2)."""

from __future__ import annotations

import json
import logging
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from typing import Any

from casework.domain.conversations import Mode
from casework.domain.errors import Busy, NotFound
from casework.ports.announcements import Announcements
from webchat.conversations import Conversations
from webchat.messages import as_json, queue_json

log = logging.getLogger(__name__)

HEARTBEAT = 15.0
"""Seconds. Proxies cut silent connections, and only a write finds out that a browser has gone."""

RETRY = 3000
"""Milliseconds after which a browser comes back when cut off."""

RECHECK = 4
"""Heartbeats after which the store is read even though nothing was announced: an announcement
lost on its way must not leave a resident waiting for ever."""

AGAIN = 1.0
"""Seconds until a busy store is asked again."""


def event(name: str, data: dict[str, Any], seq: int | None = None) -> str:
    """One event; `seq` becomes the id from which a browser resumes."""
    head = f"id: {seq}\n" if seq is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


class Stream(Iterator[str]):
    """What a browser hears of one conversation, until it goes or the conversation is closed.

    It subscribes and reads once as it is made, so that what is wrong then can still be answered
    with a status: once an answer has begun, an exception would reach the web server, which logs
    it with the request's address and so with the token. Close it even if it was never read.
    """

    def __init__(
        self,
        conversations: Conversations,
        announcements: Announcements,
        conversation: str,
        after: int,
    ) -> None:
        self._conversations = conversations
        self._conversation = conversation
        self._after = after
        self._stands: tuple[int, int] | None = None
        with ExitStack() as ears:
            # Subscribing before the first reading leaves no gap between the two.
            self._ear = ears.enter_context(announcements.subscribe(conversation))
            self._news = conversations.since(conversation, after)
            self._ears = ears.pop_all()
        self._lines = self._told()

    @property
    def over(self) -> bool:
        """Whether the conversation is closed and everything in it has been heard."""
        return self._news.mode is Mode.CLOSED and not self._news.messages

    def __next__(self) -> str:
        return next(self._lines)

    def close(self) -> None:
        """Stops listening."""
        self._lines.close()
        self._ears.close()

    def _told(self) -> Generator[str]:
        try:
            yield f"retry: {RETRY}\n\n"
            yield from self._events()
        except NotFound:
            # Erased meanwhile; whoever comes back is told.
            return
        except Exception as error:
            log.error("event stream of %s: %s", self._conversation, type(error).__name__)
        finally:
            self._ears.close()

    def _events(self) -> Generator[str]:
        yield from self._new(None)
        yield from self._queue()
        mode, silent = self._news.mode, 0
        while mode is not Mode.CLOSED:
            kinds = {one.kind for one in self._ear.wait(HEARTBEAT)}
            silent = 0 if kinds else silent + 1
            if not kinds:
                yield ": still here\n\n"
            if kinds or silent >= RECHECK:
                silent = 0
                yield from self._read()
                yield from self._new(mode)
                mode = self._news.mode
            # Whoever is further on in the queue is announced to themselves alone.
            yield from self._queue()

    def _read(self) -> Generator[str]:
        """Reads what is new, however long that takes."""
        while True:
            try:
                self._news = self._conversations.since(self._conversation, self._after)
                return
            except Busy:
                yield ": busy\n\n"
                self._ear.wait(AGAIN)

    def _queue(self) -> Generator[str]:
        """Where the resident stands in the queue, if that has changed."""
        stands = None
        if self._news.mode is Mode.QUEUED:
            try:
                stands = self._conversations.queue_place(self._conversation)
            except Busy:
                # The next look will tell.
                return
        told, self._stands = self._stands, stands
        data = queue_json(stands)
        if data is not None and stands != told:
            yield event("queue", data)

    def _new(self, mode: Mode | None) -> Generator[str]:
        """What was read last, and the mode if it is another."""
        for message in self._news.messages:
            self._after = message.seq
            yield event("message", as_json(message), message.seq)
        if self._news.mode is not mode:
            yield event("mode", {"mode": self._news.mode.value})
