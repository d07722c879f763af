"""Conversations that wait for a person, or have one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER: sa.types.TypeEngine[int] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the table; what is there stays as it is."""
    op.create_table(
        "handoffs",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("about", sa.String()),
        sa.Column("agent", sa.String()),
        sa.Column("taken_at", _MOMENT),
        sa.Column("seen_at", _MOMENT),
        sa.Column("ended_at", _MOMENT),
        sa.Column("tried", sa.JSON(), nullable=False),
        sa.Column("call", sa.String()),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_handoffs"),
        sa.UniqueConstraint("id", name="uq_handoffs_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_handoffs_conversation_id",
            ondelete="CASCADE",
        ),
    )
    for columns in (("conversation_id",), ("state", "created_at"), ("agent", "state")):
        op.create_index(f"ix_handoffs_{'_'.join(columns)}", "handoffs", list(columns))
    # One open handoff for each conversation.
    open_states = sa.text("state IN ('waiting', 'ringing', 'taken')")
    op.create_index(
        "uq_handoffs_open",
        "handoffs",
        ["conversation_id"],
        unique=True,
        sqlite_where=open_states,
        postgresql_where=open_states,
    )


def downgrade() -> None:
    """Takes it away, and all that is in it."""
    op.drop_table("handoffs")
