"""Figures that a company has been shown"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Figures that a company has been shown"""
    op.create_table(
        "figures",
        sa.Column("organisation_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=26), nullable=False),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_figures_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "kind", "name", name=op.f("pk_figures")),
    )
