"""The database is marked with each heartbeat, not only with an orderly stop."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("installation", sa.Column("mark", sa.Text(), nullable=True))
    op.execute("UPDATE installation SET mark = coalesce('stopped-' || stop_mark, '')")
    op.alter_column("installation", "mark", nullable=False)
    op.drop_column("installation", "stop_mark")


def downgrade() -> None:
    """Take back."""
    op.add_column("installation", sa.Column("stop_mark", sa.Text(), nullable=True))
    op.execute(
        "UPDATE installation SET stop_mark = substr(mark, 9)"
        " WHERE starts_with(mark, 'stopped-')"
    )
    op.drop_column("installation", "mark")
