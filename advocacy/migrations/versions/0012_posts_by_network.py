"""A post's id is one of a kind on its own network, not on all of them."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.drop_constraint("uq_share_post_id", "share", type_="unique")
    op.create_unique_constraint(
        "uq_share_network_post_id", "share", ["network", "post_id"]
    )


def downgrade() -> None:
    """Take back; it stops where two networks gave the same id."""
    op.drop_constraint("uq_share_network_post_id", "share", type_="unique")
    op.create_unique_constraint("uq_share_post_id", "share", ["post_id"])
