"""A person's time zone is one that they chose, or none."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply: nobody could choose one before, so what stands there is nobody's choice."""
    op.alter_column("person", "time_zone", existing_type=sa.Text(), nullable=True)
    op.execute("UPDATE person SET time_zone = NULL")


def downgrade() -> None:
    """Take back."""
    op.execute(
        "UPDATE person SET time_zone = 'Europe/Amsterdam' WHERE time_zone IS NULL"
    )
    op.alter_column("person", "time_zone", existing_type=sa.Text(), nullable=False)
