"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LIVE = (
    "state IN ('scheduled','preparing','ready','sending','uncertain','published',"
    "'published_unverified','needs_reconnect')"
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "consent_event",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("own_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_event")),
        sa.UniqueConstraint("own_hash", name=op.f("uq_consent_event_own_hash")),
        sa.UniqueConstraint("record_id", name=op.f("uq_consent_event_record_id")),
    )
    op.create_index(
        op.f("ix_consent_event_subject_id"),
        "consent_event",
        ["subject_id"],
        unique=False,
    )
    op.create_table(
        "consent_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("details", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_text")),
        sa.UniqueConstraint(
            "purpose",
            "version",
            "language",
            name=op.f("uq_consent_text_purpose_version_language"),
        ),
    )
    op.create_table(
        "failed_sign_in",
        sa.Column("subject_hash", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject_hash", name=op.f("pk_failed_sign_in")),
    )
    op.create_table(
        "head_count",
        sa.Column("window_start", sa.Date(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("window_end", sa.Date(), nullable=False),
        sa.Column("table", sa.Text(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "window_end > window_start", name=op.f("ck_head_count_forward")
        ),
        sa.PrimaryKeyConstraint("window_start", "group", name=op.f("pk_head_count")),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("link_address", sa.Text(), nullable=True),
        sa.Column("link_title", sa.Text(), nullable=False),
        sa.Column("link_description", sa.Text(), nullable=False),
        sa.Column("disclosure_en", sa.Text(), nullable=False),
        sa.Column("disclosure_nl", sa.Text(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("read_only", sa.Boolean(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "expires_at IS NULL OR offered_at IS NULL OR expires_at > offered_at",
            name=op.f("ck_item_expires_after_offer"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
    )
    op.create_index(
        "ix_item_search",
        "item",
        [sa.literal_column("to_tsvector('simple', search_text)")],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index(
        op.f("ix_item_state_pinned_offered_at_id"),
        "item",
        ["state", "pinned", "offered_at", "id"],
        unique=False,
    )
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("table", sa.Text(), nullable=False),
        sa.Column("metric", sa.String(length=32), nullable=False),
        sa.Column("window_start", sa.Date(), nullable=False),
        sa.Column("sigma", sa.Integer(), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "sigma > 0", name=op.f("ck_ledger_entry_noise_is_never_none")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint(
            "year",
            "table",
            "metric",
            "window_start",
            name=op.f("uq_ledger_entry_year_table_metric_window_start"),
        ),
    )
    op.create_table(
        "publishing_pause",
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("network", name=op.f("pk_publishing_pause")),
    )
    op.create_table(
        "released_figure",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("window_start", sa.Date(), nullable=False),
        sa.Column("window_end", sa.Date(), nullable=False),
        sa.Column("table", sa.Text(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("metric", sa.String(length=32), nullable=False),
        sa.Column("noisy", sa.Integer(), nullable=False),
        sa.Column("margin", sa.Integer(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("method_version", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("own_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_released_figure")),
        sa.UniqueConstraint("own_hash", name=op.f("uq_released_figure_own_hash")),
        sa.UniqueConstraint(
            "window_start",
            "table",
            "group",
            "metric",
            name=op.f("uq_released_figure_window_start_table_group_metric"),
        ),
    )
    op.create_table(
        "topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("name_nl", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("slug", name=op.f("uq_topic_slug")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["unit.id"],
            name=op.f("fk_unit_parent_id_unit"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("name", name=op.f("uq_unit_name")),
    )
    op.create_table(
        "item_topic",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
            name=op.f("fk_item_topic_item_id_item"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["topic.id"],
            name=op.f("fk_item_topic_topic_id_topic"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", "topic_id", name=op.f("pk_item_topic")),
    )
    op.create_table(
        "media",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("stored_name", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("has_sound", sa.Boolean(), nullable=False),
        sa.Column("poster_name", sa.Text(), nullable=True),
        sa.Column("copy_640", sa.Text(), nullable=True),
        sa.Column("copy_1280", sa.Text(), nullable=True),
        sa.Column("captions_name", sa.Text(), nullable=True),
        sa.Column("captions_language", sa.Text(), nullable=True),
        sa.Column("transcript", sa.Text(), nullable=False),
        sa.Column("original_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_media_not_empty")),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
            name=op.f("fk_media_item_id_item"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
        sa.UniqueConstraint("public_id", name=op.f("uq_media_public_id")),
    )
    op.create_index(op.f("ix_media_item_id"), "media", ["item_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("role_names", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("theme", sa.Text(), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
            name=op.f("fk_person_unit_id_unit"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("subject_id", name=op.f("uq_person_subject_id")),
    )
    op.create_index(op.f("ix_person_unit_id"), "person", ["unit_id"], unique=False)
    op.create_table(
        "wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("angle", sa.String(length=32), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
            name=op.f("fk_wording_item_id_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording")),
    )
    op.create_index(op.f("ix_wording_item_id"), "wording", ["item_id"], unique=False)
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("member_name", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("token_locked", sa.LargeBinary(), nullable=False),
        sa.Column("token_key_id", sa.Text(), nullable=False),
        sa.Column("refresh_locked", sa.LargeBinary(), nullable=True),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "length(token_locked) > 0", name=op.f("ck_account_token_not_empty")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_account_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint(
            "network",
            "client_id",
            "member_id",
            name=op.f("uq_account_network_client_id_member_id"),
        ),
        sa.UniqueConstraint(
            "person_id", "network", name=op.f("uq_account_person_id_network")
        ),
    )
    op.create_table(
        "connecting_round",
        sa.Column("state_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sign_in_hash", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("come_back_to", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("member_name", sa.Text(), nullable=True),
        sa.Column("grant_locked", sa.LargeBinary(), nullable=True),
        sa.Column("grant_key_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_connecting_round_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_connecting_round")),
    )
    op.create_index(
        op.f("ix_connecting_round_person_id"),
        "connecting_round",
        ["person_id"],
        unique=False,
    )
    op.create_table(
        "consent",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["consent_event.id"],
            name=op.f("fk_consent_event_id_consent_event"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_consent_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "purpose", name=op.f("pk_consent")),
    )
    op.create_table(
        "head_snapshot",
        sa.Column("window_start", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_head_snapshot_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "window_start", "person_id", name=op.f("pk_head_snapshot")
        ),
    )
    op.create_table(
        "link",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("personal", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "target ~ '^https?://[^\\s[:cntrl:]]+$'", name=op.f("ck_link_web_only")
        ),
        sa.CheckConstraint("length(code) >= 11", name=op.f("ck_link_64_random_bits")),
        sa.CheckConstraint(
            "personal OR person_id IS NULL", name=op.f("ck_link_common_is_nobodys")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_link_item_id_item")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_link_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_link")),
    )
    op.create_index(op.f("ix_link_item_id"), "link", ["item_id"], unique=False)
    op.create_index(op.f("ix_link_person_id"), "link", ["person_id"], unique=False)
    op.create_index(
        "uq_link_common",
        "link",
        ["item_id", sa.literal_column("md5(target)")],
        unique=True,
        postgresql_where="NOT personal",
    )
    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_sign_in_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in")),
    )
    op.create_index(
        op.f("ix_sign_in_person_id"), "sign_in", ["person_id"], unique=False
    )
    op.create_table(
        "click_day",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code"],
            ["link.code"],
            name=op.f("fk_click_day_code_link"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("code", "day", "outcome", name=op.f("pk_click_day")),
    )
    op.create_table(
        "share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("visibility", sa.String(length=32), nullable=False),
        sa.Column("link_code", sa.Text(), nullable=True),
        sa.Column("media_id", sa.Integer(), nullable=True),
        sa.Column("confirmation", sa.Text(), nullable=False),
        sa.Column("wall_time", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("target_day", sa.Date(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("crash_count", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("woken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consent_epoch", sa.Integer(), nullable=False),
        sa.Column("content_epoch", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("body_sha256", sa.Text(), nullable=True),
        sa.Column("stop_requested", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("post_id", sa.Text(), nullable=True),
        sa.Column("post_address", sa.Text(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_share_text_not_empty")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_share_item_id_item")
        ),
        sa.ForeignKeyConstraint(
            ["link_code"],
            ["link.code"],
            name=op.f("fk_share_link_code_link"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["media_id"],
            ["media.id"],
            name=op.f("fk_share_media_id_media"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_share_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
        sa.UniqueConstraint("post_id", name=op.f("uq_share_post_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_share_public_id")),
    )
    op.create_index(
        op.f("ix_share_person_id_created_at"),
        "share",
        ["person_id", "created_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_share_state_next_at"), "share", ["state", "next_at"], unique=False
    )
    op.create_index(
        "uq_share_live",
        "share",
        ["person_id", "item_id", "network", "target_day"],
        unique=True,
        postgresql_where=LIVE,
    )
    op.create_table(
        "publish_attempt",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("armed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.Column("consent_epoch", sa.Integer(), nullable=False),
        sa.Column("content_epoch", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["share_id"],
            ["share.id"],
            name=op.f("fk_publish_attempt_share_id_share"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publish_attempt")),
    )
    op.create_index(
        "uq_publish_attempt_open",
        "publish_attempt",
        ["share_id"],
        unique=True,
        postgresql_where="outcome IS NULL",
    )
    op.create_index(
        "uq_publish_attempt_share_id_n",
        "publish_attempt",
        ["share_id", "n"],
        unique=True,
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index("uq_publish_attempt_share_id_n", table_name="publish_attempt")
    op.drop_index(
        "uq_publish_attempt_open",
        table_name="publish_attempt",
        postgresql_where="outcome IS NULL",
    )
    op.drop_table("publish_attempt")
    op.drop_index(
        "uq_share_live",
        table_name="share",
        postgresql_where=LIVE,
    )
    op.drop_index(op.f("ix_share_state_next_at"), table_name="share")
    op.drop_index(op.f("ix_share_person_id_created_at"), table_name="share")
    op.drop_table("share")
    op.drop_table("click_day")
    op.drop_index(op.f("ix_sign_in_person_id"), table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_index("uq_link_common", table_name="link", postgresql_where="NOT personal")
    op.drop_index(op.f("ix_link_person_id"), table_name="link")
    op.drop_index(op.f("ix_link_item_id"), table_name="link")
    op.drop_table("link")
    op.drop_table("head_snapshot")
    op.drop_table("consent")
    op.drop_index(op.f("ix_connecting_round_person_id"), table_name="connecting_round")
    op.drop_table("connecting_round")
    op.drop_table("account")
    op.drop_index(op.f("ix_wording_item_id"), table_name="wording")
    op.drop_table("wording")
    op.drop_index(op.f("ix_person_unit_id"), table_name="person")
    op.drop_table("person")
    op.drop_index(op.f("ix_media_item_id"), table_name="media")
    op.drop_table("media")
    op.drop_table("item_topic")
    op.drop_table("unit")
    op.drop_table("topic")
    op.drop_table("released_figure")
    op.drop_table("publishing_pause")
    op.drop_table("ledger_entry")
    op.drop_index(op.f("ix_item_state_pinned_offered_at_id"), table_name="item")
    op.drop_index("ix_item_search", table_name="item", postgresql_using="gin")
    op.drop_table("item")
    op.drop_table("head_count")
    op.drop_table("failed_sign_in")
    op.drop_table("consent_text")
    op.drop_index(op.f("ix_consent_event_subject_id"), table_name="consent_event")
    op.drop_table("consent_event")
