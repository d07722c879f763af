"""Staff, and the residents who are handed to them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, String, Table, text

from casework.adapters.sql_columns import UtcDateTime, metadata, number, of_conversation

staff = Table(
    "staff",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("role", String, nullable=False),
    Column("token_hash", String, nullable=False, unique=True),
    Column("teams", JSON, nullable=False),
    Column("phone", String),
    Column("availability", String, nullable=False),
)

handoffs = Table(
    "handoffs",
    metadata,
    number(),
    Column("id", String, nullable=False, unique=True),
    of_conversation(),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("reason", String, nullable=False),
    Column("state", String, nullable=False),
    Column("about", String),
    Column("agent", String),
    Column("taken_at", UtcDateTime),
    Column("seen_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("tried", JSON, nullable=False),
    Column("call", String),
    Column("team", String),
    Column("held_at", UtcDateTime),
    Column("ring_back", String),
    Column("reached_at", UtcDateTime),
    Column("notes", JSON, nullable=False),
    Index(None, "conversation_id"),
    Index(None, "state", "created_at"),
    Index(None, "agent", "state"),
)

# Two people must never be sent to the same resident, whoever asks at the same moment.
_OPEN = text("state IN ('waiting', 'ringing', 'taken')")

Index(
    "uq_handoffs_open",
    handoffs.c.conversation_id,
    unique=True,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)
