"""What other threads and processes are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Event:
    """Something that others should hear of: `kind` is `message`, `mode` or `queue`."""

    id: int
    conversation_id: str
    kind: str


class EventLog(Protocol):
    """Tells other threads and processes that something happened."""

    def append(self, conversation_id: str, kind: str, at: datetime) -> None: ...

    def since(self, event_id: int) -> list[Event]:
        """Events with an id above this one. One written in an open transaction elsewhere may
        turn up later with a lower id: readers look back a little."""
        ...

    def last_id(self) -> int:
        """The newest event's id; 0 when there is none."""
        ...

    def prune(self, before: datetime) -> int:
        """Deletes events older than `before` and gives their number."""
        ...
