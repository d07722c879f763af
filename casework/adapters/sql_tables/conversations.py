"""Conversations, what was said in them, and the events that tell others of it."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, text

from casework.adapters.sql_columns import NUMBER, UtcDateTime, metadata, number

conversations = Table(
    "conversations",
    metadata,
    number(),
    Column("id", String, nullable=False, unique=True),
    Column("channel", String, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("token_hash", String, nullable=False),
    Column("mode", String, nullable=False),
    Column("language", String, nullable=False),
    Column("page", Text),
    Column("caller", String),
    Column("call_sid", String),
    Column("service", String),
    Column("draft_id", String),
    Column("kept", JSON, nullable=False),
    Column("kept_words", JSON(none_as_null=True)),
    Column("offered", JSON, nullable=False),
    Column("flags", JSON, nullable=False),
    Column("misses", Integer, nullable=False),
    Column("offer", JSON(none_as_null=True)),
    Column("dealt", JSON(none_as_null=True)),
    Column("identity", JSON(none_as_null=True)),
    Column("wrong_codes", Integer, nullable=False, server_default="0"),
    Column("missed", Integer, nullable=False, server_default="0"),
    Column("rating", Integer),
    Column("comment", Text),
    Column("may_record", Boolean),
    Column("call_end", String),
    Column("call_seconds", Integer),
    Index(None, "started_at"),
    Index(None, "caller", "started_at"),
    Index(None, "call_sid"),
    Index(None, "channel", "mode", "last_at"),
)

messages = Table(
    "messages",
    metadata,
    Column(
        "conversation_id",
        String,
        ForeignKey("conversations.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("author", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("choices", JSON, nullable=False),
    Column("service", String),
    Column("asks", String),
    Column("kind", String),
    Column("case_refs", JSON, nullable=False),
    Column("links", JSON, nullable=False),
    Column("upload", JSON(none_as_null=True)),
    Column("at", UtcDateTime, nullable=False),
    Column("mode", String, nullable=False),
    Column("turn_id", String),
    Column("choice", Text),
    Index(None, "conversation_id", "turn_id"),
    Index(None, "at"),
)

# A repeat that slips past the lock must fail here rather than be answered twice.
Index(
    "uq_messages_turn_of_resident",
    messages.c.conversation_id,
    messages.c.turn_id,
    unique=True,
    sqlite_where=text("author = 'resident'"),
    postgresql_where=text("author = 'resident'"),
)

# Without sqlite_autoincrement ids would start again once old events are deleted, and readers
# that remember a higher id would hear nothing more.
events = Table(
    "events",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("conversation_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "at"),
    sqlite_autoincrement=True,
)
