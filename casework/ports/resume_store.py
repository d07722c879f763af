"""Where codes to go on with, and followers of cases, live."""

from __future__ import annotations

from typing import Protocol

from casework.domain.followers import Follower
from casework.domain.resumes import Resume


class ResumeStore(Protocol):
    """Codes by which forms put aside are taken up again."""

    def add(self, resume: Resume) -> None:
        """Raises Conflict if the code is taken, NotFound without a conversation."""
        ...

    def get(self, code_hash: str) -> Resume:
        """Raises NotFound."""
        ...

    def save(self, resume: Resume) -> None:
        """Raises NotFound."""
        ...

    def remove(self, code_hash: str) -> None:
        """Frees the code; removing one that is not there changes nothing."""
        ...

    def of_draft(self, draft_id: str) -> list[Resume]:
        """Codes given out for a draft, oldest first; not held."""
        ...


class FollowerStore(Protocol):
    """Who follows which case."""

    def add(self, follower: Follower) -> None:
        """Adds, or replaces the one of the same case and conversation."""
        ...

    def of_case(self, ref: str) -> list[Follower]:
        """Oldest first; not held."""
        ...
