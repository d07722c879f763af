"""Residents and failed attempts in memory; what each method promises stands with SQL's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework.adapters.memory_unit import MemoryUnit, record_of, utc
from casework.domain.residents import Resident
from casework.ports.residents import Attempt


class MemoryResidentStore:
    """See SqlResidentStore."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def save(self, resident: Resident) -> bool:
        held = self._unit.writing().residents
        if held.get(resident.account_ref) == resident:
            return False
        held[resident.account_ref] = resident
        return True

    def get(self, account_ref: str) -> Resident | None:
        return self._unit.records.residents.get(account_ref)

    def find(self, reference: str) -> Resident | None:
        claims = (one for one in self._unit.records.residents.values() if one.claim_ref)
        return self.get(reference) or next((c for c in claims if c.claim_ref == reference), None)

    def has_phone(self, number: str) -> bool:
        return any(one.phone == number for one in self._unit.records.residents.values())

    def count(self) -> int:
        return len(self._unit.records.residents)


class MemoryAttemptStore:
    """See SqlAttemptStore."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def add(self, attempt: Attempt) -> None:
        records = self._unit.writing()
        record_of(records.conversations, attempt.conversation_id, "conversation")
        records.attempts.append(replace(attempt, at=utc(attempt.at)))

    def failures(self, account: str, caller: str | None, since: datetime) -> tuple[int, int]:
        recent = [one for one in self._unit.records.attempts if one.at >= utc(since)]
        at_account = sum(one.account == account for one in recent)
        return at_account, sum(caller is not None and one.caller == caller for one in recent)
