"""Services that were offered for words not understood."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, String, Table, Text

from casework.adapters.sql_columns import UtcDateTime, metadata, number, of_conversation

# The words of a resident: they go with the conversation that they were said in.
guesses = Table(
    "guesses",
    metadata,
    number(),
    Column("id", String, nullable=False, unique=True),
    of_conversation(),
    Column("at", UtcDateTime, nullable=False),
    Column("channel", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("offered", JSON, nullable=False),
    Column("chosen", String),
    Column("dealt", String),
    Index(None, "at"),
    Index(None, "chosen", "at"),
    Index(None, "conversation_id"),
)
