"""How long shares are kept (privacy.md 6): a year to look back on, and a month."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from advocacy.shares.models import IN_MOTION, Share

KEPT = timedelta(days=396)  # 13 months
MOST_TOGETHER = 1_000


def forget_old_shares(session: Session, at: datetime, most: int = MOST_TOGETHER) -> int:
    """Delete shares 13 months after they were posted, or should have been.

    With their words, the confirmation of these, their attempts and figures. The post on
    the network stays, and so does its link. Says how many, so that the caller goes on.
    """
    over = func.coalesce(Share.posted_at, Share.due_at) <= at - KEPT
    chosen = (
        select(Share.id).where(over, Share.state.not_in(IN_MOTION)).order_by(Share.id)
    )
    # Whoever holds one at this moment decides something about it: it goes an hour later.
    ids = session.scalars(chosen.limit(most).with_for_update(skip_locked=True)).all()
    session.execute(delete(Share).where(Share.id.in_(ids)))
    return len(ids)
