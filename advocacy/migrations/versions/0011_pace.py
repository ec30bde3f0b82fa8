"""How far the posts that were let go have used up the seconds."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "pace",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("spent_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pace"),
        sa.CheckConstraint("id = 1", name="ck_pace_only_one"),
    )
    op.execute("INSERT INTO pace (id, spent_until) VALUES (1, now())")


def downgrade() -> None:
    """Take back."""
    op.drop_table("pace")
