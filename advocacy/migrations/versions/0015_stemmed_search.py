"""The library is searched by Dutch and English stems."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STEMMED = (
    "((to_tsvector('dutch', search_text) || to_tsvector('english', search_text))"
    " || to_tsvector('simple', search_text))"
)


def upgrade() -> None:
    """Apply; the library is read and written meanwhile."""
    _replace("ix_item_search", "ix_item_stemmed_search", STEMMED)


def downgrade() -> None:
    """Take back."""
    _replace(
        "ix_item_stemmed_search", "ix_item_search", "to_tsvector('simple', search_text)"
    )


def _replace(old: str, new: str, vector: str) -> None:
    with op.get_context().autocommit_block():
        # One that was broken off stays behind, unfit for use.
        op.drop_index(new, if_exists=True, postgresql_concurrently=True)
        op.create_index(
            new,
            "item",
            [sa.literal_column(vector)],
            postgresql_using="gin",
            postgresql_concurrently=True,
        )
        op.drop_index(old, if_exists=True, postgresql_concurrently=True)
