"""What its owner said of a post in doubt can be taken back, and the doubt is as it was."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BEFORE = "ARRAY['published', 'removed']"
AFTER = "ARRAY['published', 'removed', 'uncertain']"


def upgrade() -> None:
    """Apply."""
    # With a default, as processes of the release before may store shares meanwhile.
    op.add_column(
        "share", sa.Column("doubt", sa.Text(), nullable=False, server_default="")
    )
    op.execute(_moves(AFTER))


def downgrade() -> None:
    """Take back. What was said stays said."""
    op.execute(_moves(BEFORE))
    op.drop_column("share", "doubt")


def _moves(from_unverified: str) -> str:
    return f"""
        CREATE OR REPLACE FUNCTION refuse_move() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.state <> ALL (CASE OLD.state
                WHEN 'copied' THEN ARRAY['told', 'cancelled']
                WHEN 'told' THEN ARRAY['cancelled']
                WHEN 'scheduled' THEN ARRAY[
                    'published', 'published_unverified', 'preparing', 'missed',
                    'failed', 'cancelled', 'needs_reconnect', 'uncertain']
                WHEN 'preparing' THEN ARRAY[
                    'published', 'published_unverified', 'ready', 'scheduled',
                    'failed', 'cancelled', 'needs_reconnect', 'uncertain']
                WHEN 'ready' THEN ARRAY[
                    'published', 'published_unverified', 'sending', 'scheduled',
                    'failed', 'cancelled', 'needs_reconnect', 'uncertain']
                WHEN 'sending' THEN ARRAY[
                    'published', 'published_unverified', 'scheduled',
                    'failed', 'cancelled', 'needs_reconnect', 'uncertain']
                WHEN 'uncertain' THEN ARRAY[
                    'published', 'published_unverified', 'sending', 'scheduled',
                    'cancelled']
                WHEN 'needs_reconnect' THEN ARRAY[
                    'published', 'published_unverified', 'scheduled', 'missed',
                    'cancelled', 'uncertain']
                WHEN 'missed' THEN ARRAY[
                    'published', 'published_unverified', 'scheduled', 'cancelled']
                WHEN 'failed' THEN ARRAY['published', 'published_unverified']
                WHEN 'cancelled' THEN ARRAY['published', 'published_unverified']
                WHEN 'published' THEN ARRAY['removed']
                WHEN 'published_unverified' THEN {from_unverified}
                ELSE ARRAY[]::text[]
            END) THEN
                RAISE EXCEPTION 'a % share cannot become %', OLD.state, NEW.state;
            END IF;
            RETURN NEW;
        END $$
        """
