"""The assistant's guesses, in memory."""

from __future__ import annotations

from dataclasses import replace

from casework.adapters.memory_unit import MemoryUnit, record_of, utc
from casework.domain.errors import Conflict
from casework.domain.guesses import Guess


class MemoryGuessStore:
    """See SqlGuessStore."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def add(self, guess: Guess) -> None:
        records = self._unit.writing()
        record_of(records.conversations, guess.conversation_id, "conversation")
        if guess.id in records.guesses:
            raise Conflict("guess id is taken")
        records.guesses[guess.id] = replace(guess, at=utc(guess.at))

    def save(self, guess: Guess) -> None:
        records = self._unit.writing()
        record_of(records.guesses, guess.id, "guess")
        records.guesses[guess.id] = replace(guess, at=utc(guess.at))

    def open_of(self, conversation_id: str) -> list[Guess]:
        return [
            guess
            for guess in self._unit.records.guesses.values()
            if guess.conversation_id == conversation_id and guess.dealt is None
        ]

    def recent(self, chosen: str | None = None, limit: int = 100) -> list[Guess]:
        found = [
            guess
            for guess in reversed(self._unit.records.guesses.values())
            if chosen is None or guess.chosen == chosen
        ]
        return sorted(found, key=lambda guess: guess.at, reverse=True)[:limit]
