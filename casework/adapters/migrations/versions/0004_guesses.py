"""What residents were offered when the assistant was not sure, and what they chose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NUMBER: sa.types.TypeEngine[int] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds what is needed; what is there stays as it is."""
    op.create_table(
        "guesses",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("offered", sa.JSON(), nullable=False),
        sa.Column("chosen", sa.String()),
        sa.Column("dealt", sa.String()),
        sa.PrimaryKeyConstraint("number", name="pk_guesses"),
        sa.UniqueConstraint("id", name="uq_guesses_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_guesses_conversation_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_guesses_at", "guesses", ["at"])
    op.create_index("ix_guesses_chosen_at", "guesses", ["chosen", "at"])
    op.create_index("ix_guesses_conversation_id", "guesses", ["conversation_id"])
    op.add_column("conversations", sa.Column("kept_words", sa.JSON(none_as_null=True)))


def downgrade() -> None:
    """Takes it away, and all that is in it."""
    op.drop_column("conversations", "kept_words")
    op.drop_table("guesses")
