"""Codes by which a form is continued, and residents who follow a case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER: sa.types.TypeEngine[int] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds what is needed; what is there stays as it is."""
    op.create_table(
        "resumes",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("used_by", sa.String()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name="pk_resumes"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_resumes_conversation_id",
            ondelete="CASCADE",
        ),
    )
    for column in ("conversation_id", "draft_id"):
        op.create_index(f"ix_resumes_{column}", "resumes", [column])
    op.create_table(
        "followers",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("case_ref", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("contact", sa.String()),
        sa.PrimaryKeyConstraint("number", name="pk_followers"),
        sa.UniqueConstraint(
            "case_ref", "conversation_id", name="uq_followers_case_ref_conversation_id"
        ),
        sa.ForeignKeyConstraint(
            ["case_ref"], ["cases.ref"], name="fk_followers_case_ref", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_followers_conversation_id", "followers", ["conversation_id"])
    wrong = sa.Column("wrong_codes", sa.Integer(), nullable=False, server_default="0")
    op.add_column("conversations", wrong)


def downgrade() -> None:
    """Takes it away, and all that is in it."""
    op.drop_column("conversations", "wrong_codes")
    op.drop_table("followers")
    op.drop_table("resumes")
