"""Tables, by record. The migrations beside this folder build the same; a test compares the two."""

from __future__ import annotations

from casework.adapters.sql_columns import metadata

# Only tables that were imported are in the metadata.
from casework.adapters.sql_tables import (
    cases,
    conversations,
    drafts,
    evidence,
    guesses,
    handoffs,
    outbox,
    recordings,
    residents,
)

__all__ = [
    "cases",
    "conversations",
    "drafts",
    "evidence",
    "guesses",
    "handoffs",
    "metadata",
    "outbox",
    "recordings",
    "residents",
]
