"""What the running service notes about itself, and which attempts only asked again."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "call_budget",
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("spent", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("network", "who", "day", name="pk_call_budget"),
    )
    op.create_table(
        "heartbeat",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "host", "process", name="pk_heartbeat"),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stop_mark", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_installation"),
        sa.CheckConstraint("id = 1", name="ck_installation_only_one"),
    )
    op.create_table(
        "publishing_stop",
        sa.Column("cause", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("cause", name="pk_publishing_stop"),
    )
    for table, column in (("publish_attempt", "is_probe"), ("share", "take_off_again")):
        op.add_column(
            table,
            sa.Column(column, sa.Boolean(), server_default=sa.false(), nullable=False),
        )


def downgrade() -> None:
    """Take back."""
    op.drop_column("share", "take_off_again")
    op.drop_column("publish_attempt", "is_probe")
    for table in ("publishing_stop", "installation", "heartbeat", "call_budget"):
        op.drop_table(table)
