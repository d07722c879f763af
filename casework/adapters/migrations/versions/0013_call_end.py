"""How telephone calls ended, and how long they took."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of calls before nothing is known but that they are over."""
    op.add_column("conversations", sa.Column("call_end", sa.String()))
    op.add_column("conversations", sa.Column("call_seconds", sa.Integer()))


def downgrade() -> None:
    """Takes it away, and all that is in it."""
    op.drop_column("conversations", "call_seconds")
    op.drop_column("conversations", "call_end")
