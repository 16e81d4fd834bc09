"""What is left of an erased record"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tombstones, the form of checkpoints, and closed cases that had nothing left to erase"""
    op.create_table(
        "tombstones",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("erased_on", sa.Date(), nullable=False),
        sa.Column("proof", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_tombstones")),
    )
    with op.batch_alter_table("checkpoints", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("format", sa.SmallInteger(), server_default="1", nullable=False)
        )
    # Until now these had no day any more. The next round looks at each and notes the right one.
    op.execute("UPDATE cases SET erase_on = filed_on WHERE status = 'closed' AND erase_on IS NULL")
