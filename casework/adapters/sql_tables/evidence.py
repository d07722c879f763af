"""What residents sent in: files taken, links for sending them, pictures still to be fetched."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from casework.adapters.sql_columns import UtcDateTime, metadata, number

# No foreign keys: whoever forgets a case or a conversation forgets the files first, and a row that
# went by itself would leave a file that nobody knows of.
evidence = Table(
    "evidence",
    metadata,
    number(),
    Column("id", String, nullable=False, unique=True),
    Column("conversation_id", String, nullable=False),
    Column("case_ref", String),
    Column("media_type", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("original_sha256", String, nullable=False),
    Column("stored_name", String, nullable=False, unique=True),
    Column("received_at", UtcDateTime, nullable=False),
    Column("channel", String, nullable=False),
    Column("scan", String, nullable=False),
    Column("draft_id", String),
    Index(None, "conversation_id"),
    Index(None, "case_ref"),
)

upload_links = Table(
    "upload_links",
    metadata,
    Column("code_hash", String, primary_key=True),
    Column("case_ref", String, nullable=False),
    Column("conversation_id", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    Index(None, "case_ref"),
)

pictures_to_fetch = Table(
    "pictures_to_fetch",
    metadata,
    Column("id", String, primary_key=True),
    Column("conversation_id", String, nullable=False),
    Column("url", Text, nullable=False),
    Column("arrived_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Index(None, "due_at"),
)
