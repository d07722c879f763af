"""The first tables: conversations, drafts, cases, staff and events."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER: sa.types.TypeEngine[int] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Creates them on an empty database."""
    _conversations()
    _messages()
    _drafts()
    _cases()
    _case_history()
    _staff()
    _events()


def downgrade() -> None:
    """Takes them away, and all that is in them."""
    for table in (
        "events",
        "staff",
        "case_history",
        "cases",
        "drafts",
        "messages",
        "conversations",
    ):
        op.drop_table(table)


def _text(name: str, required: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=not required)


def _long(name: str, required: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=not required)


def _moment(name: str, required: bool = True) -> sa.Column[Any]:
    return sa.Column(name, _MOMENT, nullable=not required)


def _json(name: str, required: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=not required)


def _count(name: str, required: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=not required)


def _number(table: str, name: str = "number") -> tuple[sa.Column[int], sa.Constraint]:
    column = sa.Column(name, _NUMBER, autoincrement=True, nullable=False)
    return column, sa.PrimaryKeyConstraint(name, name=f"pk_{table}")


def _unique(table: str, column: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(column, name=f"uq_{table}_{column}")


def _refers(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=ondelete)


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _conversations() -> None:
    op.create_table(
        "conversations",
        *_number("conversations"),
        _text("id"),
        _text("channel"),
        _moment("started_at"),
        _moment("last_at"),
        _text("token_hash"),
        _text("mode"),
        _text("language"),
        _long("page", required=False),
        _text("caller", required=False),
        _text("call_sid", required=False),
        _text("service", required=False),
        _text("draft_id", required=False),
        _json("kept"),
        _json("offered"),
        _json("flags"),
        _count("misses"),
        _json("offer", required=False),
        _json("dealt", required=False),
        _count("rating", required=False),
        _long("comment", required=False),
        _unique("conversations", "id"),
    )
    _index("conversations", "started_at")
    _index("conversations", "caller", "started_at")
    _index("conversations", "call_sid")


def _messages() -> None:
    op.create_table(
        "messages",
        _text("conversation_id"),
        _count("seq"),
        _text("author"),
        _long("text"),
        _json("choices"),
        _text("service", required=False),
        _text("asks", required=False),
        _text("kind", required=False),
        _json("case_refs"),
        _json("links"),
        _moment("at"),
        _text("mode"),
        _text("turn_id", required=False),
        _long("choice", required=False),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name="pk_messages"),
        _refers("messages", "conversation_id", "conversations.id", "CASCADE"),
    )
    _index("messages", "conversation_id", "turn_id")
    _index("messages", "at")
    op.create_index(
        "uq_messages_turn_of_resident",
        "messages",
        ["conversation_id", "turn_id"],
        unique=True,
        sqlite_where=sa.text("author = 'resident'"),
        postgresql_where=sa.text("author = 'resident'"),
    )


def _drafts() -> None:
    op.create_table(
        "drafts",
        *_number("drafts"),
        _text("id"),
        _text("conversation_id"),
        _text("service"),
        _moment("created_at"),
        _moment("updated_at"),
        _text("state"),
        _json("answers"),
        _text("asking", required=False),
        _json("asked"),
        _json("candidates"),
        _count("tries"),
        sa.Column("changing", sa.Boolean(), nullable=False),
        _text("about", required=False),
        _long("opening"),
        _text("yes_turn_id", required=False),
        _text("case_ref", required=False),
        _unique("drafts", "id"),
        _refers("drafts", "conversation_id", "conversations.id", "CASCADE"),
    )
    _index("drafts", "conversation_id")


def _cases() -> None:
    op.create_table(
        "cases",
        *_number("cases"),
        _text("ref"),
        _text("service"),
        _text("team"),
        _text("tier"),
        _moment("opened_at"),
        _text("conversation_id"),
        _text("status"),
        _text("about", required=False),
        _text("verification"),
        _json("flags"),
        sa.Column("valid_notice", sa.Boolean()),
        _json("fields"),
        _moment("due_at", required=False),
        _text("parent_ref", required=False),
        _unique("cases", "ref"),
        _refers("cases", "parent_ref", "cases.ref", "SET NULL"),
    )
    _index("cases", "opened_at")
    _index("cases", "status", "opened_at")
    _index("cases", "team", "opened_at")
    _index("cases", "service", "opened_at")
    _index("cases", "conversation_id")
    _index("cases", "parent_ref")


def _case_history() -> None:
    op.create_table(
        "case_history",
        _text("case_ref"),
        _count("seq"),
        _moment("at"),
        _text("by"),
        _long("what"),
        _text("status", required=False),
        _text("team", required=False),
        _long("note", required=False),
        _long("told_resident", required=False),
        sa.PrimaryKeyConstraint("case_ref", "seq", name="pk_case_history"),
        _refers("case_history", "case_ref", "cases.ref", "CASCADE"),
    )


def _staff() -> None:
    op.create_table(
        "staff",
        _text("id"),
        _text("name"),
        _text("role"),
        _text("token_hash"),
        _json("teams"),
        _text("phone", required=False),
        _text("availability"),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        _unique("staff", "name"),
        _unique("staff", "token_hash"),
    )


def _events() -> None:
    op.create_table(
        "events",
        *_number("events", "id"),
        _text("conversation_id"),
        _text("kind"),
        _moment("at"),
        sqlite_autoincrement=True,
    )
    _index("events", "at")
