"""Until when a case is held"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until when a case is held, in the clear, so that lists and reminders find it"""
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held_until", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_cases_held_until"), ["held_until"], unique=False)
    # The day itself is sealed. The next round looks at each that was ever held, and notes it.
    op.execute(
        "UPDATE cases SET held_until = filed_on"
        " WHERE ref IN (SELECT case_ref FROM log_entries WHERE action = 'held')"
    )
