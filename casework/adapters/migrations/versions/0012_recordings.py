"""Recordings of talks with agents, and what callers said to being recorded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from casework.adapters.sql_columns import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_NUMBER: sa.types.TypeEngine[int] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """No talk before was recorded, and nobody was told that it would be."""
    op.create_table(
        "recordings",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("handoff_id", sa.String(), nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sid", sa.String()),
        sa.Column("why", sa.String()),
        sa.Column("wanted", sa.String()),
        sa.Column("over_at", UtcDateTime()),
        sa.Column("seconds", sa.Integer()),
        sa.Column("delete_at", UtcDateTime()),
        sa.Column("deleted_at", UtcDateTime()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime()),
        sa.Column("heard", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_recordings"),
        sa.UniqueConstraint("id", name="uq_recordings_id"),
        sa.UniqueConstraint("call", name="uq_recordings_call"),
    )
    op.create_index("ix_recordings_conversation_id", "recordings", ["conversation_id"])
    op.create_index("ix_recordings_state_delete_at", "recordings", ["state", "delete_at"])
    op.add_column("conversations", sa.Column("may_record", sa.Boolean()))


def downgrade() -> None:
    """Takes it away. Recordings that the carrier holds stay there: delete them first."""
    op.drop_column("conversations", "may_record")
    op.drop_table("recordings")
