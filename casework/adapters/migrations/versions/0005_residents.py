"""Residents' records, and who was verified how."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER: sa.types.TypeEngine[int] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds what is needed; what is there stays as it is."""
    op.create_table(
        "residents",
        sa.Column("account_ref", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("claim_ref", sa.String()),
        sa.Column("date_of_birth", sa.String()),
        sa.Column("phone", sa.String()),
        sa.Column("email", sa.String()),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("bill_code", sa.String()),
        sa.Column("permit_ref", sa.String()),
        sa.Column("registration", sa.String()),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("account_ref", name="pk_residents"),
    )
    op.create_index("ix_residents_claim_ref", "residents", ["claim_ref"])
    op.create_index("ix_residents_phone", "residents", ["phone"])
    op.create_table(
        "identity_attempts",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("caller", sa.String()),
        sa.PrimaryKeyConstraint("number", name="pk_identity_attempts"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_identity_attempts_conversation_id",
            ondelete="CASCADE",
        ),
    )
    for columns in (("account", "at"), ("caller", "at"), ("conversation_id",)):
        name = f"ix_identity_attempts_{'_'.join(columns)}"
        op.create_index(name, "identity_attempts", list(columns))
    op.add_column("conversations", sa.Column("identity", sa.JSON(none_as_null=True)))
    op.add_column("cases", sa.Column("account_ref", sa.String()))
    op.add_column("cases", sa.Column("verified_how", sa.String()))
    op.create_index("ix_cases_account_ref", "cases", ["account_ref"])


def downgrade() -> None:
    """Takes it away, and all that is in it."""
    op.drop_index("ix_cases_account_ref", "cases")
    op.drop_column("cases", "verified_how")
    op.drop_column("cases", "account_ref")
    op.drop_column("conversations", "identity")
    op.drop_table("identity_attempts")
    op.drop_table("residents")
