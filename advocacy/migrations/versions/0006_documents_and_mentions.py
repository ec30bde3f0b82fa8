"""Documents beside pictures and videos, and the organisations people may mention."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("media", sa.Column("pages", sa.Integer(), nullable=True))
    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("network_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mention"),
    )
    op.create_index(
        "uq_mention_network_name",
        "mention",
        ["network", sa.text("lower(name)")],
        unique=True,
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("mention")
    op.drop_column("media", "pages")
