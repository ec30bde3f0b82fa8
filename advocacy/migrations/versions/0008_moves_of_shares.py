"""A share's state changes only as the table of moves says, bulk changes included."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        """
        CREATE FUNCTION refuse_move() RETURNS trigger LANGUAGE plpgsql AS $$
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
                WHEN 'published_unverified' THEN ARRAY['published', 'removed']
                ELSE ARRAY[]::text[]
            END) THEN
                RAISE EXCEPTION 'a % share cannot become %', OLD.state, NEW.state;
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER only_moves BEFORE UPDATE OF state ON share FOR EACH ROW"
        " WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION refuse_move()"
    )


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TRIGGER only_moves ON share")
    op.execute("DROP FUNCTION refuse_move()")
