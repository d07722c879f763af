"""Members of staff in SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update

from casework.adapters.sql_tables.handoffs import staff
from casework.adapters.sql_unit import Unit
from casework.domain.errors import NotFound
from casework.domain.staff import Availability, Role, StaffMember, by_name


class SqlStaffStore:
    """Members of staff; names and tokens are unique."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def save(self, member: StaffMember) -> None:
        """Adds, or replaces the one of the same id. Raises Conflict if name or token is taken."""
        row = {
            **vars(member),
            "role": str(member.role),
            "teams": list(member.teams),
            "availability": str(member.availability),
        }
        if not self._unit.write(update(staff).where(staff.c.id == member.id).values(row)):
            self._unit.write(insert(staff).values(row))

    def get(self, staff_id: str) -> StaffMember:
        """Raises NotFound."""
        found = self._unit.held(select(staff).where(staff.c.id == staff_id))
        if not found:
            raise NotFound("staff")
        return _from_row(found[0])

    def all(self) -> list[StaffMember]:
        """By name."""
        return sorted(map(_from_row, self._unit.read(select(staff))), key=by_name)

    def by_token(self, token_hash: str) -> StaffMember | None:
        """The one with this token."""
        return self._one(staff.c.token_hash == token_hash)

    def by_name(self, name: str) -> StaffMember | None:
        """The one of this name."""
        return self._one(staff.c.name == name)

    def _one(self, condition: ColumnElement[bool]) -> StaffMember | None:
        found = self._unit.read(select(staff).where(condition))
        return _from_row(found[0]) if found else None


def _from_row(row: Row[Any]) -> StaffMember:
    return StaffMember(
        **{
            **row._mapping,
            "role": Role(row.role),
            "teams": tuple(row.teams),
            "availability": Availability(row.availability),
        }
    )
