"""Where people can turn besides us"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Where people can turn besides us, country by country"""
    op.create_table(
        "referrals",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("country", sa.String(length=64), nullable=False),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
    )
    with op.batch_alter_table("referrals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referrals_country"), ["country"], unique=False)
