"""How many of a resident's messages were not understood."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is known of conversations before."""
    missed = sa.Column("missed", sa.Integer(), nullable=False, server_default="0")
    op.add_column("conversations", missed)


def downgrade() -> None:
    """Takes the numbers away."""
    op.drop_column("conversations", "missed")
