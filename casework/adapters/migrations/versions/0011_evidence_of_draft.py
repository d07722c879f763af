"""Which form a photo or a document was sent for, while it has no case yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of what was sent before, it is not known: it goes to the conversation's next case."""
    op.add_column("evidence", sa.Column("draft_id", sa.String()))


def downgrade() -> None:
    """Takes it away."""
    op.drop_column("evidence", "draft_id")
