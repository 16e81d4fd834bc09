"""What companies are asked about cases"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What companies are asked, and what they answer"""
    op.create_table(
        "company_requests",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case_ref", sa.String(length=26), nullable=False),
        sa.Column("organisation_id", sa.String(length=26), nullable=False),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_ref"], ["cases.ref"], name=op.f("fk_company_requests_case_ref_cases")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_company_requests_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_requests")),
    )
    with op.batch_alter_table("company_requests", schema=None) as batch_op:
        batch_op.create_index("ix_company_requests_case_ref", ["case_ref"])
        batch_op.create_index("ix_company_requests_organisation_id", ["organisation_id"])
