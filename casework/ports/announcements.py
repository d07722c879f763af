"""Hearing of new events without asking the store over and over."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from casework.ports.events import Event


class Subscription(Protocol):
    """One listener's ear, for one conversation or for all."""

    def wait(self, timeout: float) -> list[Event]:
        """Events since the last call, waiting up to `timeout` seconds for the first; may be empty.

        An event says that something happened; what, the listener reads in the store.
        """
        ...


class Announcements(Protocol):
    """Passes events of the store to everybody listening, over all processes."""

    def subscribe(self, conversation_id: str) -> AbstractContextManager[Subscription]:
        """Hears what happens in one conversation from now on. Raises Busy."""
        ...

    def subscribe_all(self) -> AbstractContextManager[Subscription]:
        """Hears what happens in every conversation from now on. Raises Busy."""
        ...
