"""Somebody may ask for one more post about the same story on the same day."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

DAY = ["person_id", "item_id", "network", "target_day"]
LIVE = sa.text(
    "state IN ('scheduled','preparing','ready','sending','uncertain','published',"
    "'published_unverified','needs_reconnect')"
)


def upgrade() -> None:
    """Apply: all there are were the only one, or the first."""
    # With a default, as processes of the release before may store shares meanwhile.
    op.add_column(
        "share", sa.Column("extra", sa.Integer(), nullable=False, server_default="0")
    )
    op.drop_index("uq_share_live", table_name="share")
    op.create_index(
        "uq_share_live", "share", [*DAY, "extra"], unique=True, postgresql_where=LIVE
    )


def downgrade() -> None:
    """Take back. Refused by the database where somebody has asked for more."""
    op.drop_index("uq_share_live", table_name="share")
    op.create_index("uq_share_live", "share", DAY, unique=True, postgresql_where=LIVE)
    op.drop_column("share", "extra")
