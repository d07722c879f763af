"""Links by which conversations go on elsewhere, in SQL."""

from __future__ import annotations

from sqlalchemy import select, update

from casework.adapters.sql_tables.drafts import continuations
from casework.adapters.sql_unit import Unit
from casework.domain.continuations import Continuation
from casework.domain.errors import NotFound


class SqlContinuationStore:
    """Links; a writing unit that gets one holds it until its end, so that it works once."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, continuation: Continuation) -> None:
        """Raises Conflict if the code is taken, NotFound without a conversation."""
        self._unit.add(continuations, vars(continuation), "code")

    def get(self, code_hash: str) -> Continuation:
        """Raises NotFound."""
        mine = select(continuations).where(continuations.c.code_hash == code_hash)
        found = self._unit.held(mine)
        if not found:
            raise NotFound("continuation")
        return Continuation(**found[0]._mapping)

    def save(self, continuation: Continuation) -> None:
        """Raises NotFound."""
        mine = update(continuations).where(continuations.c.code_hash == continuation.code_hash)
        if not self._unit.write(mine.values(vars(continuation))):
            raise NotFound("continuation")
