"""Links end, and their counts of days are put together after a while."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply: a link ends 24 months after the last share it was given to."""
    op.create_index(op.f("ix_share_link_code"), "share", ["link_code"])
    # With a default, as processes of the release before may make links meanwhile.
    end = sa.text("now() + interval '731 days'")
    op.add_column(
        "link",
        sa.Column(
            "expires_at", sa.DateTime(timezone=True), nullable=False, server_default=end
        ),
    )
    op.execute(
        "UPDATE link SET expires_at = interval '731 days' + greatest(created_at,"
        " (SELECT max(created_at) FROM share WHERE share.link_code = link.code))"
    )
    op.create_index(op.f("ix_link_expires_at"), "link", ["expires_at"])
    op.create_index(op.f("ix_click_day_day"), "click_day", ["day"])
    op.create_table(
        "click_total",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("visits", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code"],
            ["link.code"],
            name=op.f("fk_click_total_code_link"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("code", "outcome", name=op.f("pk_click_total")),
    )


def downgrade() -> None:
    """Take back; what was put together is of no day any more, and goes."""
    op.drop_table("click_total")
    op.drop_index(op.f("ix_click_day_day"), table_name="click_day")
    op.drop_index(op.f("ix_link_expires_at"), table_name="link")
    op.drop_column("link", "expires_at")
    op.drop_index(op.f("ix_share_link_code"), table_name="share")
