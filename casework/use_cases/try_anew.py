"""Does a unit of work anew when somebody else changed the same record meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from casework.domain.errors import Conflict

ATTEMPTS = 5
"""Each Conflict means that somebody else got through: a few at once is what one record ever sees,
and more in a row is a fault that must show."""

T = TypeVar("T")


def try_anew(unit: Callable[[], T]) -> T:
    """What `unit` gives: it reads and writes in a unit of work of its own, so that nothing of a
    failed attempt stays. Raises the Conflict of the last attempt, and whatever else it raises at
    once."""
    for _ in range(ATTEMPTS - 1):
        try:
            return unit()
        except Conflict:
            continue
    return unit()
