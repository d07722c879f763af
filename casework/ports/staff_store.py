"""Where the members of staff are known."""

from __future__ import annotations

from typing import Protocol

from casework.domain.staff import StaffMember


class StaffStore(Protocol):
    """Members of staff."""

    def save(self, member: StaffMember) -> None:
        """Adds, or replaces the one of the same id."""
        ...

    def get(self, staff_id: str) -> StaffMember:
        """Raises NotFound."""
        ...

    def all(self) -> list[StaffMember]:
        """By name; not held."""
        ...

    def by_token(self, token_hash: str) -> StaffMember | None: ...

    def by_name(self, name: str) -> StaffMember | None: ...
