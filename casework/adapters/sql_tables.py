"""Tables. The migrations beside this file build the same; a test compares the two."""

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
    text,
)

from casework.adapters.sql_columns import NUMBER, UtcDateTime, number
from casework.adapters.sql_columns import metadata as metadata

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
    Column("rating", Integer),
    Column("comment", Text),
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

drafts = Table(
    "drafts",
    metadata,
    number(),
    Column("id", String, nullable=False, unique=True),
    Column(
        "conversation_id",
        String,
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
    ),
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
    Column(
        "conversation_id",
        String,
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
    ),
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

continuations = Table(
    "continuations",
    metadata,
    Column("code_hash", String, primary_key=True),
    Column(
        "conversation_id",
        String,
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
    ),
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
    Column(
        "conversation_id",
        String,
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("draft_id", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_by", String),
    Column("failures", Integer, nullable=False),
    Index(None, "conversation_id"),
    Index(None, "draft_id"),
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

# The words of a resident: they go with the conversation that they were said in.
guesses = Table(
    "guesses",
    metadata,
    number(),
    Column("id", String, nullable=False, unique=True),
    Column(
        "conversation_id",
        String,
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
    ),
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
