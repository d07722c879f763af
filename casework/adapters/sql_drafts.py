"""Half-filled forms in SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select, update

from casework.adapters.sql_answers import (
    answers_from_json,
    answers_to_json,
    candidates_from_json,
    candidates_to_json,
)
from casework.adapters.sql_tables.drafts import drafts
from casework.adapters.sql_unit import Unit
from casework.domain.drafts import Draft, DraftState
from casework.domain.errors import NotFound


class SqlDraftStore:
    """Drafts; a writing unit that gets one holds it until its end."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, draft: Draft) -> None:
        """Raises Conflict if the id is taken, NotFound without a conversation."""
        self._unit.add(drafts, _to_row(draft), "draft id")

    def get(self, draft_id: str) -> Draft:
        """Raises NotFound."""
        found = self._unit.held(select(drafts).where(drafts.c.id == draft_id))
        if not found:
            raise NotFound("draft")
        return _from_row(found[0])

    def save(self, draft: Draft) -> None:
        """Raises NotFound."""
        statement = update(drafts).where(drafts.c.id == draft.id).values(_to_row(draft))
        if not self._unit.write(statement):
            raise NotFound("draft")

    def of_conversation(self, conversation_id: str) -> list[Draft]:
        """Oldest first."""
        rows = self._unit.read(
            select(drafts)
            .where(drafts.c.conversation_id == conversation_id)
            .order_by(drafts.c.created_at, drafts.c.number)
        )
        return [_from_row(row) for row in rows]


def _to_row(draft: Draft) -> dict[str, Any]:
    return {
        **vars(draft),
        "state": str(draft.state),
        "answers": answers_to_json(draft.answers),
        "asked": list(draft.asked),
        "candidates": candidates_to_json(draft.candidates),
    }


def _from_row(row: Row[Any]) -> Draft:
    stored = dict(row._mapping)
    del stored["number"]
    return Draft(
        **{
            **stored,
            "state": DraftState(row.state),
            "answers": answers_from_json(row.answers),
            "asked": tuple(row.asked),
            "candidates": candidates_from_json(row.candidates),
        }
    )
