"""Each share keeps for whose profile it was confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply: of what was confirmed before, the account that is connected now is taken.

    Where none is, its owner is asked when one is connected.
    """
    op.add_column("share", sa.Column("member_hash", sa.Text(), nullable=True))
    op.execute(
        "UPDATE share SET member_hash = encode(sha256(convert_to("
        "  account.network || ':' || account.person_id || ':' || account.member_id,"
        "  'UTF8')), 'hex')"
        " FROM account WHERE account.person_id = share.person_id"
        "  AND account.network = share.network AND share.way = 'account'"
    )


def downgrade() -> None:
    """Take back."""
    op.drop_column("share", "member_hash")
