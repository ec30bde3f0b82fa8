"""Tokens that are renewed, the notice before one ends, and the network's own figures."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENTS = ("refresh_expires_at", "renew_after", "end_noted_at")


def upgrade() -> None:
    """Apply."""
    for name in MOMENTS:
        op.add_column(
            "account", sa.Column(name, sa.DateTime(timezone=True), nullable=True)
        )
    op.add_column(
        "account",
        sa.Column("token_version", sa.Integer(), server_default="1", nullable=False),
    )
    op.create_table(
        "share_figures",
        sa.Column("share_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("share_id", name="pk_share_figures"),
        sa.ForeignKeyConstraint(
            ["share_id"],
            ["share.id"],
            name="fk_share_figures_share_id_share",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("share_figures")
    op.drop_column("account", "token_version")
    for name in MOMENTS:
        op.drop_column("account", name)
