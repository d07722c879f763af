"""Who is to be rung back when it is their turn, and since when they have been reached."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from casework.adapters.sql_columns import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody before kept a place without staying on the line."""
    op.add_column("handoffs", sa.Column("ring_back", sa.String()))
    op.add_column("handoffs", sa.Column("reached_at", UtcDateTime()))


def downgrade() -> None:
    """Takes it away, and all that is in it."""
    op.drop_column("handoffs", "reached_at")
    op.drop_column("handoffs", "ring_back")
