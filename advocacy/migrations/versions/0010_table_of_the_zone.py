"""Which table of its time zone a share's due time was worked out with."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    # Of those that are planned nobody knows: they are worked out again at the next start.
    op.add_column(
        "share", sa.Column("zone_table", sa.Text(), nullable=False, server_default="")
    )
    op.alter_column("share", "zone_table", server_default=None)


def downgrade() -> None:
    """Take back."""
    op.drop_column("share", "zone_table")
