"""What handlers write for each other about a case"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of sealed papers"""
    op.create_table(
        "case_papers",
        sa.Column("id", sa.String(26), primary_key=True),
        sa.Column("case_ref", sa.String(26), sa.ForeignKey("cases.ref"), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("author_id", sa.String(26), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_case_papers_case_ref", "case_papers", ["case_ref"])
