"""Visits are stored in batches first and counted from there; losses are told."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "visit_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visits", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_batch")),
    )
    op.create_table(
        "counted_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_batch")),
    )
    op.create_index(
        op.f("ix_counted_batch_generation"), "counted_batch", ["generation"]
    )
    op.create_table(
        "visit_loss",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "reason", name=op.f("pk_visit_loss")),
    )


def downgrade() -> None:
    """Take back; visits that are not counted yet go with it."""
    op.drop_table("visit_loss")
    op.drop_table("counted_batch")
    op.drop_table("visit_batch")
