"""Cases, their history, and who follows them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from casework.adapters.sql_columns import UtcDateTime, metadata, number

# A case outlives its conversation (retention differs), hence no foreign key to conversations.
cases = Table(
    "cases",
    metadata,
    number(),
    Column("ref", String, nullable=False, unique=True),
    Column("service", String, nullable=False),
    Column("team", String, nullable=False),
    Column("tier", String, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("conversation_id", String, nullable=False),
    Column("status", String, nullable=False),
    Column("about", String),
    Column("verification", String, nullable=False),
    Column("flags", JSON, nullable=False),
    Column("valid_notice", Boolean),
    Column("fields", JSON, nullable=False),
    Column("due_at", UtcDateTime),
    Column("parent_ref", String, ForeignKey("cases.ref", ondelete="SET NULL")),
    Column("account_ref", String),
    Column("verified_how", String),
    Column("assignee", String),
    Column("duplicate_of", String),
    Index(None, "account_ref"),
    Index(None, "assignee", "opened_at"),
    Index(None, "duplicate_of"),
    Index(None, "opened_at"),
    Index(None, "status", "opened_at"),
    Index(None, "team", "opened_at"),
    Index(None, "service", "opened_at"),
    Index(None, "conversation_id"),
    Index(None, "parent_ref"),
)

case_history = Table(
    "case_history",
    metadata,
    Column("case_ref", String, ForeignKey("cases.ref", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
    Column("what", Text, nullable=False),
    Column("status", String),
    Column("team", String),
    Column("note", Text),
    Column("told_resident", Text),
    Column("assignee", String),
    Column("duplicate_of", String),
    Column("changes", JSON(none_as_null=True)),
)

# A case outlives the conversations in which it is followed.
followers = Table(
    "followers",
    metadata,
    number(),
    Column("case_ref", String, ForeignKey("cases.ref", ondelete="CASCADE"), nullable=False),
    Column("conversation_id", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("contact", String),
    UniqueConstraint("case_ref", "conversation_id"),
    Index(None, "conversation_id"),
)
