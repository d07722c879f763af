"""Where handoffs live, and with them the queue."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from casework.domain.handoffs import Handoff


class HandoffStore(Protocol):
    """Handoffs of conversations to people. What changes in one is announced as `queue`.

    Whoever changes a handoff holds its conversation first, so that two never wait for each other.
    """

    def add(self, handoff: Handoff) -> None:
        """Raises Conflict when its conversation has an open one already, or the id is taken;
        NotFound without a conversation."""
        ...

    def get(self, handoff_id: str) -> Handoff:
        """Raises NotFound."""
        ...

    def look(self, handoff_id: str) -> Handoff:
        """As `get`, without holding it: to learn which conversation to hold first. Raises
        NotFound."""
        ...

    def save(self, handoff: Handoff) -> None:
        """Announces nothing when only the agent's desk was heard of (`seen_at`). Raises NotFound,
        and Conflict when it is opened again beside another open one."""
        ...

    def of_conversation(self, conversation_id: str) -> list[Handoff]:
        """Oldest first."""
        ...

    def waiting(self) -> list[Handoff]:
        """Those waiting, or waiting while an agent's telephone rings: danger first, then oldest
        first; not held."""
        ...

    def open(self) -> list[Handoff]:
        """As `waiting`, with those taken."""
        ...

    def over_since(self, moment: datetime) -> list[Handoff]:
        """Those that ended at or after a moment (aware) without a person, by leaving or for a call
        back; newest first, not held."""
        ...

    def open_of(self, staff_id: str) -> list[Handoff]:
        """As `open`, only those that this member has or is being rung about."""
        ...
