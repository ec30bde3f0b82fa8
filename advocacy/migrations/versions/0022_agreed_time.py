"""From when on a post is late that waited for the network's next day."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("share", sa.Column("agreed_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE share SET agreed_at = next_at WHERE reason = 'rate_limit'")


def downgrade() -> None:
    """Take back."""
    op.drop_column("share", "agreed_at")
