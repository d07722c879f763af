"""How many messages were not understood; who is on hold; for which team somebody waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from casework.adapters.sql_columns import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of what was before, nothing is known."""
    missed = sa.Column("missed", sa.Integer(), nullable=False, server_default="0")
    op.add_column("conversations", missed)
    op.add_column("handoffs", sa.Column("team", sa.String()))
    op.add_column("handoffs", sa.Column("held_at", UtcDateTime()))


def downgrade() -> None:
    """Takes it away, and all that is in it."""
    op.drop_column("handoffs", "held_at")
    op.drop_column("handoffs", "team")
    op.drop_column("conversations", "missed")
