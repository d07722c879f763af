"""Where cases live."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from casework.domain.cases import Case, CaseStatus


class CaseStore(Protocol):
    """Cases with their history."""

    def add(self, case: Case) -> None:
        """Raises Conflict if the reference is taken."""
        ...

    def get(self, ref: str) -> Case:
        """Raises NotFound."""
        ...

    def look(self, ref: str) -> Case:
        """As `get`, without holding the case: for a unit that changes other things. Raises
        NotFound."""
        ...

    def save(self, case: Case) -> None: ...

    def children(self, ref: str) -> list[Case]: ...

    def duplicates(self, ref: str) -> list[Case]:
        """Cases that were joined with this one, oldest first; not held."""
        ...

    def of_conversation(self, conversation_id: str) -> list[Case]:
        """Oldest first, children after their parent."""
        ...

    def of_account(self, account_ref: str) -> list[Case]:
        """Those opened by whoever had proved to be this account's resident; oldest first."""
        ...

    def search(
        self,
        *,
        status: CaseStatus | None = None,
        teams: Sequence[str] | None = None,
        service: str | None = None,
        assignee: str | None = None,
        after: datetime | None = None,
        limit: int = 100,
    ) -> list[Case]:
        """Newest first; `teams` None means all, an empty sequence none."""
        ...
