"""Recordings of talks. The sound itself is with the carrier."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, String, Table

from casework.adapters.sql_columns import UtcDateTime, metadata, number

# No foreign key: whoever forgets a conversation has its recordings deleted at the carrier first,
# and a row that went by itself would leave sound that nobody knows of.
recordings = Table(
    "recordings",
    metadata,
    number(),
    Column("id", String, nullable=False, unique=True),
    Column("conversation_id", String, nullable=False),
    Column("handoff_id", String, nullable=False),
    Column("call", String, nullable=False, unique=True),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("state", String, nullable=False),
    Column("sid", String),
    Column("why", String),
    Column("wanted", String),
    Column("over_at", UtcDateTime),
    Column("seconds", Integer),
    Column("delete_at", UtcDateTime),
    Column("deleted_at", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("due_at", UtcDateTime),
    Column("heard", JSON, nullable=False),
    Index(None, "conversation_id"),
    Index(None, "state", "delete_at"),
)
