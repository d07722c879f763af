"""Codes to go on with, and followers, in memory; what each method promises stands with SQL's."""

from __future__ import annotations

from dataclasses import replace

from casework.adapters.memory_unit import MemoryUnit, record_of, utc
from casework.domain.errors import Conflict
from casework.domain.followers import Follower
from casework.domain.resumes import Resume


class MemoryResumeStore:
    """See SqlResumeStore."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def add(self, resume: Resume) -> None:
        records = self._unit.writing()
        record_of(records.conversations, resume.conversation_id, "conversation")
        if resume.code_hash in records.resumes:
            raise Conflict("code is taken")
        records.resumes[resume.code_hash] = _as_stored(resume)

    def get(self, code_hash: str) -> Resume:
        return record_of(self._unit.records.resumes, code_hash, "code")

    def save(self, resume: Resume) -> None:
        records = self._unit.writing()
        record_of(records.resumes, resume.code_hash, "code")
        records.resumes[resume.code_hash] = _as_stored(resume)

    def remove(self, code_hash: str) -> None:
        self._unit.writing().resumes.pop(code_hash, None)

    def of_draft(self, draft_id: str) -> list[Resume]:
        mine = [one for one in self._unit.records.resumes.values() if one.draft_id == draft_id]
        return sorted(mine, key=lambda one: (one.created_at, one.code_hash))


class MemoryFollowerStore:
    """See SqlFollowerStore."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def add(self, follower: Follower) -> None:
        kept = replace(follower, at=utc(follower.at))
        key = (follower.case_ref, follower.conversation_id)
        records = self._unit.writing()
        record_of(records.cases, follower.case_ref, "case")
        records.followers[key] = kept

    def of_case(self, ref: str) -> list[Follower]:
        return [one for one in self._unit.records.followers.values() if one.case_ref == ref]


def _as_stored(resume: Resume) -> Resume:
    begun, ends = utc(resume.created_at), utc(resume.expires_at)
    return replace(resume, created_at=begun, expires_at=ends)
