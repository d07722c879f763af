"""Where messages to residents wait to be sent, and who wants none."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from casework.domain.outbox import Outgoing


class Outbox(Protocol):
    """Messages to residents, sent and to be sent."""

    def add(self, message: Outgoing) -> bool:
        """False, and nothing added, when there is one with its key already."""
        ...

    def get(self, message_id: str) -> Outgoing:
        """Raises NotFound."""
        ...

    def save(self, message: Outgoing) -> None: ...

    def of_key(self, key: str) -> Outgoing | None:
        """The message with this key, held until the end of the unit."""
        ...

    def due(self, now: datetime, limit: int) -> list[Outgoing]:
        """Queued messages that are due, oldest first, held until the end of the unit: those that
        another unit holds are left out (PostgreSQL)."""
        ...

    def queued_to(self, to: str) -> list[Outgoing]:
        """Queued messages to a number or an address, oldest first, held until the end of the
        unit."""
        ...

    def of_conversation(self, conversation_id: str) -> list[Outgoing]:
        """Messages that belong to a conversation, in whatever state, oldest first; not held."""
        ...

    def of_case(self, ref: str) -> list[Outgoing]:
        """Messages about a case, in whatever state, oldest first; not held."""
        ...

    def recent(self, limit: int = 100) -> list[Outgoing]:
        """Newest first."""
        ...


class OptOuts(Protocol):
    """Numbers that want no more texts."""

    def add(self, number: str, at: datetime) -> None:
        """Adding one twice changes nothing."""
        ...

    def remove(self, number: str) -> None: ...

    def has(self, number: str) -> bool: ...
