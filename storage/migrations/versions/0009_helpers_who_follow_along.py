"""Helpers who follow along"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Receipts of helpers who follow a case along"""
    op.create_table(
        "case_helpers",
        sa.Column("lookup", sa.String(length=64), nullable=False),
        sa.Column("case_ref", sa.String(length=26), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("recipient", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_ref"], ["cases.ref"], name=op.f("fk_case_helpers_case_ref_cases")
        ),
        sa.PrimaryKeyConstraint("lookup", name=op.f("pk_case_helpers")),
    )
    with op.batch_alter_table("case_helpers", schema=None) as batch_op:
        batch_op.create_index("ix_case_helpers_case_ref", ["case_ref"])
