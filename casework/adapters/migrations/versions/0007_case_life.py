"""Who works a case, what it duplicates, and what was applied."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds what is needed; what is there stays as it is."""
    for table in ("cases", "case_history"):
        op.add_column(table, sa.Column("assignee", sa.String()))
        op.add_column(table, sa.Column("duplicate_of", sa.String()))
    op.add_column("case_history", sa.Column("changes", sa.JSON(none_as_null=True)))
    op.create_index("ix_cases_assignee_opened_at", "cases", ["assignee", "opened_at"])
    op.create_index("ix_cases_duplicate_of", "cases", ["duplicate_of"])


def downgrade() -> None:
    """Takes it away, and all that is in it."""
    op.drop_index("ix_cases_duplicate_of", "cases")
    op.drop_index("ix_cases_assignee_opened_at", "cases")
    op.drop_column("case_history", "changes")
    for table in ("case_history", "cases"):
        op.drop_column(table, "duplicate_of")
        op.drop_column(table, "assignee")
