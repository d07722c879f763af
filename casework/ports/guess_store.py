"""Where the assistant's guesses live."""

from __future__ import annotations

from typing import Protocol

from casework.domain.guesses import Guess


class GuessStore(Protocol):
    """What residents were offered and what they meant."""

    def add(self, guess: Guess) -> None:
        """Raises Conflict if the id is taken, NotFound without a conversation."""
        ...

    def save(self, guess: Guess) -> None:
        """Raises NotFound."""
        ...

    def open_of(self, conversation_id: str) -> list[Guess]:
        """Those of a conversation whose outcome is not known yet, oldest first."""
        ...

    def recent(self, chosen: str | None = None, limit: int = 100) -> list[Guess]:
        """Newest first; only those of which this was chosen, if given. Not held."""
        ...
