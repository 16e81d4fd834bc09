"""The lines that tallies are counted from"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The lines that tallies are counted from; tallies without them are counted once more"""
    with op.batch_alter_table("tallies", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lines_sealed", sa.LargeBinary(), nullable=True))
