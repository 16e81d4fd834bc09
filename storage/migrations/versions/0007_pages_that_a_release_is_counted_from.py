"""Pages that a release is counted from"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Pages that a release is counted from; what was kept before is gathered with the rest"""
    op.create_table(
        "report_pages",
        sa.Column("organisation_id", sa.String(length=26), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reports_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_report_pages_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "quarter", "number", name=op.f("pk_report_pages")
        ),
    )
    with op.batch_alter_table("case_organisations", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_gathered", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.create_index(
            "ix_case_organisations_apart", ["is_gathered", "organisation_id", "quarter"]
        )
