"""The assistant's guesses, in SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select, update

from casework.adapters.sql_tables.guesses import guesses
from casework.adapters.sql_unit import Unit
from casework.domain.conversations import Channel
from casework.domain.errors import NotFound
from casework.domain.guesses import Guess


class SqlGuessStore:
    """What residents were offered and what they meant; goes with its conversation."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, guess: Guess) -> None:
        """Raises Conflict if the id is taken, NotFound without a conversation."""
        self._unit.add(guesses, _to_row(guess), "guess id")

    def save(self, guess: Guess) -> None:
        """Raises NotFound."""
        mine = update(guesses).where(guesses.c.id == guess.id)
        if not self._unit.write(mine.values(_to_row(guess))):
            raise NotFound("guess")

    def open_of(self, conversation_id: str) -> list[Guess]:
        """Oldest first."""
        table = guesses.c
        mine = select(guesses).where(
            table.conversation_id == conversation_id, table.dealt.is_(None)
        )
        return [_from_row(row) for row in self._unit.read(mine.order_by(table.number))]

    def recent(self, chosen: str | None = None, limit: int = 100) -> list[Guess]:
        """Newest first."""
        table = guesses.c
        query = select(guesses)
        if chosen is not None:
            query = query.where(table.chosen == chosen)
        newest = query.order_by(table.at.desc(), table.number.desc()).limit(limit)
        return [_from_row(row) for row in self._unit.read(newest)]


def _to_row(guess: Guess) -> dict[str, Any]:
    return {
        **vars(guess),
        "channel": str(guess.channel),
        "offered": [[service, likely] for service, likely in guess.offered],
    }


def _from_row(row: Row[Any]) -> Guess:
    stored = dict(row._mapping)
    del stored["number"]
    offered = tuple((str(service), float(likely)) for service, likely in row.offered)
    return Guess(**{**stored, "channel": Channel(row.channel), "offered": offered})
