"""The token that only deletes a post which was on the wire at a withdrawal."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "last_token",
        sa.Column("share_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("token_locked", sa.LargeBinary(), nullable=False),
        sa.Column("token_key_id", sa.Text(), nullable=False),
        sa.Column("refresh_locked", sa.LargeBinary(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("share_id", name="pk_last_token"),
        sa.ForeignKeyConstraint(
            ["share_id"],
            ["share.id"],
            name="fk_last_token_share_id_share",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("last_token")
