"""Tables that change more often than words do: opening hours, closures, who sits for a ward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

Row = Mapping[str, str]
"""One row by column, as `council/tables/tables.yml` describes it: dates as 2026-11-24, hours as
09:00-17:00 (several joined by ;) or closed, words joined by ;."""


class Tables(Protocol):
    """The council's tables; a system of record can stand behind it instead of files."""

    def rows(self, table: str) -> Sequence[Row]:
        """Every row. Raises NotFound for a table that there is not."""
        ...

    def find(self, table: str, words: str) -> Sequence[Row]:
        """The rows that a resident's words name best, all alike well; empty when none is named.

        Raises NotFound for a table that there is not.
        """
        ...
