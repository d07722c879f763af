"""Where residents' records and failed attempts to prove identity live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from casework.domain.residents import Resident


@dataclass(frozen=True)
class Attempt:
    """Identity was compared and did not match. `account` is a digest of the reference that was
    given, of an account or of none; `caller` the number (E.164) it came from, if one is known."""

    conversation_id: str
    at: datetime
    account: str
    caller: str | None = None


class ResidentStore(Protocol):
    """Residents' records."""

    def save(self, resident: Resident) -> bool:
        """Adds, or replaces the one of the same account_ref. False when nothing was different."""
        ...

    def get(self, account_ref: str) -> Resident | None: ...

    def find(self, reference: str) -> Resident | None:
        """The resident of an account or a claim reference, written without spaces in capitals."""
        ...

    def has_phone(self, number: str) -> bool:
        """Whether any record holds this number (E.164)."""
        ...

    def count(self) -> int: ...


class AttemptStore(Protocol):
    """Failed attempts to prove identity."""

    def add(self, attempt: Attempt) -> None: ...

    def failures(self, account: str, caller: str | None, since: datetime) -> tuple[int, int]:
        """Failures at an account and from a caller (0 without one) since a moment."""
        ...


class SignIn(Protocol):
    """What the council's website says of whom it has signed in."""

    def account_of(self, token: str, now: datetime) -> str | None:
        """The account reference that a token proves; None for one that is not valid now."""
        ...
