"""Residents' records, and attempts to be taken for one of them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, String, Table, Text

from casework.adapters.sql_columns import UtcDateTime, metadata, number

residents = Table(
    "residents",
    metadata,
    Column("account_ref", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("claim_ref", String),
    Column("date_of_birth", String),
    Column("phone", String),
    Column("email", String),
    Column("address", Text, nullable=False),
    Column("postcode", String, nullable=False),
    Column("bill_code", String),
    Column("permit_ref", String),
    Column("registration", String),
    Column("services", JSON, nullable=False),
    Index(None, "claim_ref"),
    Index(None, "phone"),
)

identity_attempts = Table(
    "identity_attempts",
    metadata,
    number(),
    Column(
        "conversation_id",
        String,
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("at", UtcDateTime, nullable=False),
    Column("account", String, nullable=False),
    Column("caller", String),
    Index(None, "account", "at"),
    Index(None, "caller", "at"),
    Index(None, "conversation_id"),
)
