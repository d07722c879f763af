"""Cases and their history in SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, update

from casework.adapters.sql_answers import answers_from_json, answers_to_json
from casework.adapters.sql_tables.cases import case_history, cases
from casework.adapters.sql_unit import Unit
from casework.domain.cases import Case, CaseStatus, HistoryEntry, RecordChange, Verification
from casework.domain.errors import Conflict, NotFound


class SqlCaseStore:
    """Cases; a writing unit that gets one holds it until its end."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, case: Case) -> None:
        """Raises Conflict if the reference is taken, NotFound without its parent."""
        self._unit.add(cases, _to_row(case), "case reference")
        self._write_history(case, 0)

    def get(self, ref: str) -> Case:
        """Raises NotFound."""
        found = self._with_history(self._unit.held(select(cases).where(cases.c.ref == ref)))
        if not found:
            raise NotFound("case")
        return found[0]

    def look(self, ref: str) -> Case:
        """Holds nothing. Raises NotFound."""
        found = self._with_history(self._unit.read(select(cases).where(cases.c.ref == ref)))
        if not found:
            raise NotFound("case")
        return found[0]

    def save(self, case: Case) -> None:
        """Writes the case and the entries its history has gained.

        Raises NotFound, and Conflict when the stored history has gone another way meanwhile.
        """
        mine = cases.c.ref == case.ref
        if not self._unit.held(select(cases.c.ref).where(mine)):
            raise NotFound("case")
        stored = self._history([case.ref])[case.ref]
        if tuple(stored) != case.history[: len(stored)]:
            raise Conflict("the case has changed meanwhile")
        self._unit.write(update(cases).where(mine).values(_to_row(case)))
        self._write_history(case, len(stored))

    def children(self, ref: str) -> list[Case]:
        """Oldest first."""
        return self._oldest_first(select(cases).where(cases.c.parent_ref == ref))

    def duplicates(self, ref: str) -> list[Case]:
        """Oldest first."""
        return self._oldest_first(select(cases).where(cases.c.duplicate_of == ref))

    def of_conversation(self, conversation_id: str) -> list[Case]:
        """Oldest first, children after their parent."""
        return self._oldest_first(select(cases).where(cases.c.conversation_id == conversation_id))

    def of_account(self, account_ref: str) -> list[Case]:
        """Oldest first, children after their parent."""
        return self._oldest_first(select(cases).where(cases.c.account_ref == account_ref))

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
        """Newest first; `after` compares with the opening, `teams` None means all."""
        query = select(cases)
        if status is not None:
            query = query.where(cases.c.status == str(status))
        if teams is not None:
            query = query.where(cases.c.team.in_(teams))
        if service is not None:
            query = query.where(cases.c.service == service)
        if assignee is not None:
            query = query.where(cases.c.assignee == assignee)
        if after is not None:
            query = query.where(cases.c.opened_at > after)
        newest = query.order_by(cases.c.opened_at.desc(), cases.c.number.desc()).limit(limit)
        return self._with_history(self._unit.read(newest))

    def _oldest_first(self, query: Select[Any]) -> list[Case]:
        # A parent exists before its children, so the order of adding puts them after it.
        oldest = query.order_by(cases.c.opened_at, cases.c.number)
        return self._with_history(self._unit.read(oldest))

    def _with_history(self, rows: Sequence[Row[Any]]) -> list[Case]:
        history = self._history([row.ref for row in rows])
        return [_from_row(row, tuple(history[row.ref])) for row in rows]

    def _history(self, refs: list[str]) -> defaultdict[str, list[HistoryEntry]]:
        entries: defaultdict[str, list[HistoryEntry]] = defaultdict(list)
        if refs:
            ours = select(case_history).where(case_history.c.case_ref.in_(refs))
            for row in self._unit.read(ours.order_by(case_history.c.seq)):
                entries[row.case_ref].append(_entry_from_row(row))
        return entries

    def _write_history(self, case: Case, written: int) -> None:
        rows = [
            {
                **vars(entry),
                "status": None if entry.status is None else str(entry.status),
                "changes": [vars(change) for change in entry.changes] or None,
                "case_ref": case.ref,
                "seq": seq,
            }
            for seq, entry in enumerate(case.history[written:], start=written + 1)
        ]
        if rows:
            self._unit.write(insert(case_history), rows)


def _to_row(case: Case) -> dict[str, Any]:
    row = {
        **vars(case),
        "status": str(case.status),
        "verification": str(case.verification),
        "flags": list(case.flags),
        "fields": answers_to_json(case.fields),
    }
    del row["history"]
    return row


def _from_row(row: Row[Any], history: tuple[HistoryEntry, ...]) -> Case:
    stored = dict(row._mapping)
    del stored["number"]
    return Case(
        **{
            **stored,
            "status": CaseStatus(row.status),
            "verification": Verification(row.verification),
            "flags": tuple(row.flags),
            "fields": answers_from_json(row.fields),
            "history": history,
        }
    )


def _entry_from_row(row: Row[Any]) -> HistoryEntry:
    return HistoryEntry(
        at=row.at,
        by=row.by,
        what=row.what,
        status=None if row.status is None else CaseStatus(row.status),
        team=row.team,
        note=row.note,
        told_resident=row.told_resident,
        assignee=row.assignee,
        duplicate_of=row.duplicate_of,
        changes=tuple(RecordChange(**change) for change in row.changes or ()),
    )
