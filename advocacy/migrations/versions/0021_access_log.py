"""What administrators did, for thirteen months, and how switches stood, for good."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

REFUSE_EARLY = """
    CREATE FUNCTION refuse_early_delete() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.at > now() - interval '13 months' THEN
            RAISE EXCEPTION 'rows of % are kept for 13 months', TG_TABLE_NAME;
        END IF;
        RETURN OLD;
    END $$
"""


def upgrade() -> None:
    """Apply."""
    _create(
        "access_entry",
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("details", JSONB(), nullable=False),
    )
    op.create_index(op.f("ix_access_entry_at"), "access_entry", ["at"])
    _create(
        "switch_state",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
    )
    op.execute(REFUSE_EARLY)
    op.execute(
        "CREATE TRIGGER kept BEFORE DELETE ON access_entry"
        " FOR EACH ROW EXECUTE FUNCTION refuse_early_delete()"
    )
    _refuse("UPDATE OR TRUNCATE", "access_entry")
    _refuse("UPDATE OR DELETE OR TRUNCATE", "switch_state")


def _create(table: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _refuse(what: str, table: str) -> None:
    op.execute(
        f"CREATE TRIGGER only_add BEFORE {what} ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("switch_state")
    op.drop_table("access_entry")
    op.execute("DROP FUNCTION refuse_early_delete()")
