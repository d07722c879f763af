"""Messages on their way to residents, and numbers that want none."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from casework.adapters.sql_columns import UtcDateTime, metadata, number

# Kept apart from conversations and cases: what was sent is looked up after either has gone.
outbox = Table(
    "outbox",
    metadata,
    number(),
    Column("id", String, nullable=False, unique=True),
    Column("medium", String, nullable=False),
    Column("to", String, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("key", String, unique=True),
    Column("conversation_id", String),
    Column("case_ref", String),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("provider_id", String),
    Column("problem", String),
    Index(None, "state", "due_at"),
    Index(None, "created_at"),
    Index(None, "to"),
    Index(None, "conversation_id"),
    Index(None, "case_ref"),
)

opt_outs = Table(
    "opt_outs",
    metadata,
    Column("number", String, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)
