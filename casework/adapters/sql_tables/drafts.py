"""Half-filled forms, and the codes by which they are gone on with elsewhere or later."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text

from casework.adapters.sql_columns import UtcDateTime, metadata, number, of_conversation

drafts = Table(
    "drafts",
    metadata,
    number(),
    Column("id", String, nullable=False, unique=True),
    of_conversation(),
    Column("service", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("state", String, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("asking", String),
    Column("asked", JSON, nullable=False),
    Column("candidates", JSON, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("changing", Boolean, nullable=False),
    Column("about", String),
    Column("opening", Text, nullable=False),
    Column("yes_turn_id", String),
    Column("case_ref", String),
    Index(None, "conversation_id"),
)

continuations = Table(
    "continuations",
    metadata,
    Column("code_hash", String, primary_key=True),
    of_conversation(),
    Column("draft_id", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_by", String),
    Index(None, "conversation_id"),
)

resumes = Table(
    "resumes",
    metadata,
    Column("code_hash", String, primary_key=True),
    of_conversation(),
    Column("draft_id", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_by", String),
    Column("failures", Integer, nullable=False),
    Index(None, "conversation_id"),
    Index(None, "draft_id"),
)
