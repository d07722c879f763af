"""Evidence that residents send, and links for sending it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER: sa.types.TypeEngine[int] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds what is needed; what is there stays as it is."""
    op.create_table(
        "evidence",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("case_ref", sa.String()),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("original_sha256", sa.String(), nullable=False),
        sa.Column("stored_name", sa.String(), nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("scan", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_evidence"),
        sa.UniqueConstraint("id", name="uq_evidence_id"),
        sa.UniqueConstraint("stored_name", name="uq_evidence_stored_name"),
    )
    for column in ("conversation_id", "case_ref"):
        op.create_index(f"ix_evidence_{column}", "evidence", [column])
    op.create_table(
        "upload_links",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("case_ref", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("done_at", _MOMENT),
        sa.PrimaryKeyConstraint("code_hash", name="pk_upload_links"),
    )
    op.create_index("ix_upload_links_case_ref", "upload_links", ["case_ref"])
    op.create_table(
        "pictures_to_fetch",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("arrived_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pictures_to_fetch"),
    )
    op.create_index("ix_pictures_to_fetch_due_at", "pictures_to_fetch", ["due_at"])
    op.add_column("messages", sa.Column("upload", sa.JSON(none_as_null=True)))


def downgrade() -> None:
    """Takes it away, and all that is in it; the files stay."""
    op.drop_column("messages", "upload")
    op.drop_table("pictures_to_fetch")
    op.drop_table("upload_links")
    op.drop_table("evidence")
