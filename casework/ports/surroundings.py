"""The world around a rule: time, chance, holidays and turn-taking. Passed in, never imported."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Aware, in UTC."""
        ...


class Identifiers(Protocol):
    """Makes ids, secrets and references."""

    def new_id(self) -> str:
        """A fresh id, unguessable."""
        ...

    def new_token(self) -> str:
        """A fresh secret of at least 128 bits."""
        ...

    def new_code(self) -> str:
        """Six digits in no guessable order."""
        ...

    def new_reference(self) -> str:
        """Eight digits in no guessable order, the last a Damm check digit."""
        ...

    def is_reference(self, text: str) -> bool:
        """Whether eight digits carry a correct check digit."""
        ...


class Holidays(Protocol):
    """Knows the bank holidays of the council's part of the kingdom."""

    def is_holiday(self, day: date) -> bool: ...


class Locks(Protocol):
    """One turn at a time for each conversation, over all processes."""

    def hold(self, key: str, wait: float) -> AbstractContextManager[None]:
        """Holds a lock; raises Busy when it cannot be had within `wait` seconds."""
        ...
