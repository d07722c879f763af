"""Codes to go on with, and followers of cases, in SQL."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from casework.adapters.sql_tables.cases import followers
from casework.adapters.sql_tables.drafts import resumes
from casework.adapters.sql_unit import Unit
from casework.domain.errors import NotFound
from casework.domain.followers import Follower
from casework.domain.resumes import Resume


class SqlResumeStore:
    """Codes; a writing unit that gets one holds it until its end, so that it works once."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, resume: Resume) -> None:
        """Raises Conflict if the code is taken, NotFound without a conversation."""
        self._unit.add(resumes, vars(resume), "code")

    def get(self, code_hash: str) -> Resume:
        """Raises NotFound."""
        found = self._unit.held(select(resumes).where(resumes.c.code_hash == code_hash))
        if not found:
            raise NotFound("code")
        return Resume(**found[0]._mapping)

    def save(self, resume: Resume) -> None:
        """Raises NotFound."""
        mine = update(resumes).where(resumes.c.code_hash == resume.code_hash)
        if not self._unit.write(mine.values(vars(resume))):
            raise NotFound("code")

    def remove(self, code_hash: str) -> None:
        """Frees the code."""
        self._unit.write(delete(resumes).where(resumes.c.code_hash == code_hash))

    def of_draft(self, draft_id: str) -> list[Resume]:
        """Oldest first."""
        table = resumes.c
        mine = select(resumes).where(table.draft_id == draft_id)
        found = self._unit.read(mine.order_by(table.created_at, table.code_hash))
        return [Resume(**row._mapping) for row in found]


class SqlFollowerStore:
    """Followers by case."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, follower: Follower) -> None:
        """Adds, or replaces the one of the same case and conversation. Raises NotFound without a
        case."""
        table = followers.c
        mine = update(followers).where(
            table.case_ref == follower.case_ref,
            table.conversation_id == follower.conversation_id,
        )
        if not self._unit.write(mine.values(vars(follower))):
            self._unit.add(followers, vars(follower), "follower")

    def of_case(self, ref: str) -> list[Follower]:
        """Oldest first."""
        mine = select(followers).where(followers.c.case_ref == ref)
        found = []
        for row in self._unit.read(mine.order_by(followers.c.number)):
            stored = dict(row._mapping)
            del stored["number"]
            found.append(Follower(**stored))
        return found
