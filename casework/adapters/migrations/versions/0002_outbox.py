"""Messages to residents, opt-outs from texts, and links by which a conversation goes on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER: sa.types.TypeEngine[int] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds them; what is there stays as it is."""
    _outbox()
    op.create_table(
        "opt_outs",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_opt_outs"),
    )
    _continuations()
    # Silent conversations are looked for again and again.
    _index("conversations", "channel", "mode", "last_at")


def downgrade() -> None:
    """Takes them away, and all that is in them."""
    op.drop_index("ix_conversations_channel_mode_last_at", "conversations")
    for table in ("continuations", "opt_outs", "outbox"):
        op.drop_table(table)


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("medium", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.Column("key", sa.String()),
        sa.Column("conversation_id", sa.String()),
        sa.Column("case_ref", sa.String()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.String()),
        sa.Column("problem", sa.String()),
        sa.PrimaryKeyConstraint("number", name="pk_outbox"),
        sa.UniqueConstraint("id", name="uq_outbox_id"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    _index("outbox", "state", "due_at")
    _index("outbox", "created_at")
    _index("outbox", "to")
    _index("outbox", "conversation_id")
    _index("outbox", "case_ref")


def _continuations() -> None:
    op.create_table(
        "continuations",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("used_by", sa.String()),
        sa.PrimaryKeyConstraint("code_hash", name="pk_continuations"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_continuations_conversation_id",
            ondelete="CASCADE",
        ),
    )
    _index("continuations", "conversation_id")
