"""Residents' records and failed attempts to prove identity, in SQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, update

from casework.adapters.sql_tables.residents import identity_attempts, residents
from casework.adapters.sql_unit import Unit
from casework.domain.residents import Resident
from casework.ports.residents import Attempt


class SqlResidentStore:
    """Residents by account reference."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def save(self, resident: Resident) -> bool:
        """Adds or replaces; False when nothing was different."""
        mine = residents.c.account_ref == resident.account_ref
        held = self._one(mine)
        if held == resident:
            return False
        row = {**vars(resident), "services": list(resident.services)}
        if held is None:
            self._unit.add(residents, row, "account reference")
        else:
            self._unit.write(update(residents).where(mine).values(row))
        return True

    def get(self, account_ref: str) -> Resident | None:
        """None when there is none."""
        return self._one(residents.c.account_ref == account_ref)

    def find(self, reference: str) -> Resident | None:
        """By account or claim reference."""
        table = residents.c
        return self._one(or_(table.account_ref == reference, table.claim_ref == reference))

    def has_phone(self, number: str) -> bool:
        """Whether any record holds the number."""
        held = select(residents.c.account_ref).where(residents.c.phone == number).limit(1)
        return bool(self._unit.read(held))

    def count(self) -> int:
        """How many there are."""
        return int(self._unit.read(select(func.count()).select_from(residents))[0][0])

    def _one(self, wanted: ColumnElement[bool]) -> Resident | None:
        rows = self._unit.read(select(residents).where(wanted).limit(1))
        if not rows:
            return None
        stored = dict(rows[0]._mapping)
        return Resident(**{**stored, "services": tuple(stored["services"])})


class SqlAttemptStore:
    """Failed attempts."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, attempt: Attempt) -> None:
        """Raises NotFound without a conversation."""
        self._unit.add(identity_attempts, vars(attempt), "attempt")

    def failures(self, account: str, caller: str | None, since: datetime) -> tuple[int, int]:
        """Failures at an account and from a caller since a moment."""
        table = identity_attempts.c
        recent = select(table.account, table.caller).where(
            table.at >= since, or_(table.account == account, table.caller == (caller or ""))
        )
        rows = self._unit.read(recent)
        from_caller = sum(caller is not None and row.caller == caller for row in rows)
        return sum(row.account == account for row in rows), from_caller
