"""Videos in which nobody speaks: an editor says so, and then they need no captions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    # Of the videos that are there, nobody has said it.
    op.add_column(
        "media",
        sa.Column(
            "nobody_speaks", sa.Boolean(), nullable=False, server_default=sa.false()
        ),
    )
    op.alter_column("media", "nobody_speaks", server_default=None)


def downgrade() -> None:
    """Take back."""
    op.drop_column("media", "nobody_speaks")
