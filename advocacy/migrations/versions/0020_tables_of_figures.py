"""Figures of units and items beside those of the organisation, and raised parameters."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, INTEGER, TEXT

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ONLY_ADDED = ("quarter_size", "release_group", "figure_notice", "parameter_change")
FIGURE = ["window_start", "table", "group", "metric"]
ENTRY = ["year", "table", "metric", "window_start"]
FIRST_TABLES = "'organisation-small', 'organisation', 'organisation-large'"


def upgrade() -> None:
    """Apply. Figures that are there are of the organisation, and the first edition."""
    _widen_head_counts()
    _widen_figures()
    _widen_ledger()
    _create_what_decides()
    _create_items()
    _create_notices()
    _create_parameters()
    for table in ONLY_ADDED:
        op.execute(
            f"CREATE TRIGGER only_add BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def _widen_head_counts() -> None:
    # With defaults, as processes of the release before may open windows meanwhile.
    op.add_column("head_count", _text("level", "organisation"))
    op.add_column("head_count", _text("name", ""))
    op.add_column(
        "head_count",
        sa.Column("part_keys", ARRAY(TEXT), nullable=False, server_default="{}"),
    )
    _change_key(["table", "window_start", "group"])


def _widen_figures() -> None:
    op.add_column("released_figure", _number("edition"))
    op.add_column("released_figure", _text("level", "organisation"))
    op.add_column("released_figure", _text("name", ""))
    op.add_column("released_figure", sa.Column("shown", sa.Integer(), nullable=True))
    op.add_column("released_figure", _number("parts"))
    _change_unique("released_figure", FIGURE, [*FIGURE, "edition"])


def _widen_ledger() -> None:
    op.add_column("ledger_entry", _number("edition"))
    op.add_column("ledger_entry", sa.Column("cap", sa.Integer(), nullable=True))
    _change_unique("ledger_entry", ENTRY, [*ENTRY, "edition"])


def _create_what_decides() -> None:
    op.create_table(
        "quarter_size",
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("start", name=op.f("pk_quarter_size")),
    )
    op.create_table(
        "release_group",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("unit_ids", ARRAY(INTEGER), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_release_group")),
    )


def _create_items() -> None:
    op.create_table(
        "item_window",
        sa.Column("item_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("leads_item_id", sa.Integer(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("window_start", sa.Date(), nullable=False),
        sa.Column("window_end", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "window_end > window_start", name=op.f("ck_item_window_forward")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_item_window_item_id_item")
        ),
        sa.ForeignKeyConstraint(
            ["leads_item_id"],
            ["item.id"],
            name=op.f("fk_item_window_leads_item_id_item"),
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_window")),
    )
    for columns in (["destination", "window_end"], ["leads_item_id"]):
        op.create_index(
            op.f(f"ix_item_window_{'_'.join(columns)}"), "item_window", columns
        )
    op.create_table(
        "item_use",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "used BETWEEN 1 AND 4", name=op.f("ck_item_use_four_a_month")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_item_use_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("month", "person_id", name=op.f("pk_item_use")),
    )
    op.create_index(op.f("ix_item_use_person_id"), "item_use", ["person_id"])


def _create_notices() -> None:
    op.create_table(
        "figure_notice",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("table", sa.Text(), nullable=False),
        sa.Column("window_start", sa.Date(), nullable=False),
        sa.Column("group", sa.Text(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_hashes("figure_notice"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_notice")),
    )


def _create_parameters() -> None:
    op.create_table(
        "parameter_proposal",
        *_parameter("parameter_proposal"),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (outcome IS NULL)",
            name=op.f("ck_parameter_proposal_closed_with_an_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"],
            ["person.id"],
            name=op.f("fk_parameter_proposal_proposed_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parameter_proposal")),
    )
    op.create_index(
        op.f("ix_parameter_proposal_proposed_by"), "parameter_proposal", ["proposed_by"]
    )
    op.create_index(
        "uq_parameter_proposal_open",
        "parameter_proposal",
        ["year", "table", "metric"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "parameter_change",
        *_parameter("parameter_change"),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        *_hashes("parameter_change"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parameter_change")),
    )


def _parameter(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("table", sa.Text(), nullable=False),
        sa.Column("metric", sa.String(length=32), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=True),
        sa.Column("sigma", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "floor IS NOT NULL OR sigma IS NOT NULL",
            name=op.f(f"ck_{table}_says_something"),
        ),
    ]


def _hashes(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("own_hash", sa.Text(), nullable=False),
        sa.UniqueConstraint("own_hash", name=op.f(f"uq_{table}_own_hash")),
    ]


def _text(name: str, default: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default="1")


def _change_key(columns: list[str]) -> None:
    op.drop_constraint("pk_head_count", "head_count")
    op.create_primary_key(op.f("pk_head_count"), "head_count", columns)


def _change_unique(table: str, before: list[str], after: list[str]) -> None:
    op.drop_constraint(f"uq_{table}_{'_'.join(before)}", table)
    op.create_unique_constraint(op.f(f"uq_{table}_{'_'.join(after)}"), table, after)


def downgrade() -> None:
    """Take back. Windows of units and items that are under way are forgotten."""
    _refuse_to_lose_what_was_published()
    for table in (
        *("parameter_change", "parameter_proposal", "figure_notice", "item_use"),
        *("item_window", "release_group", "quarter_size"),
    ):
        op.drop_table(table)
    _change_unique("ledger_entry", [*ENTRY, "edition"], ENTRY)
    for column in ("edition", "cap"):
        op.drop_column("ledger_entry", column)
    _change_unique("released_figure", [*FIGURE, "edition"], FIGURE)
    for column in ("edition", "level", "name", "shown", "parts"):
        op.drop_column("released_figure", column)
    op.execute(
        f'DELETE FROM head_count WHERE "table" NOT IN ({FIRST_TABLES})'  # noqa: S608
    )
    _change_key(["window_start", "group"])
    for column in ("level", "name", "part_keys"):
        op.drop_column("head_count", column)


def _refuse_to_lose_what_was_published() -> None:
    published = " OR ".join(
        f"EXISTS (SELECT FROM {rows})"
        for rows in (
            "released_figure WHERE method_version > 1",
            "figure_notice",
            "parameter_change",
        )
    )
    if op.get_bind().scalar(sa.text(f"SELECT {published}")):
        raise RuntimeError(
            "Figures, notices or parameters were published that the release before"
            " cannot hold. They are never deleted: restore a backup from before instead."
        )
