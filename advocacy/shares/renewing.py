"""A due share is one of the moments at which its owner's token is renewed (2.8)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from advocacy.accounts.models import Account
from advocacy.accounts.renewal import BEFORE_END
from advocacy.accounts.renewing import Renewal, renew
from advocacy.outside import Outside
from advocacy.shares.models import Share
from advocacy.shares.schedule import ACCESS_MARGIN, MAX_LATENESS
from integrations.clock import now
from integrations.database import transaction


def renewed_for(share_id: int, outside: Outside) -> bool:
    """See to the token that a share needs; False: it waits until one can be had.

    It waits no longer than for anything else; then its owner is told.
    """
    at = now()
    with transaction() as session:
        found = session.execute(_ending(at, [share_id])).one_or_none()
    if found is None:
        return True
    became = renew(found.account_id, outside)
    over = found.expires_at <= at + ACCESS_MARGIN
    late = at > found.due_at + MAX_LATENESS
    return became in {Renewal.DONE, Renewal.REFUSED} or late or not over


def waiting_for_tokens(session: Session, share_ids: Sequence[int]) -> set[int]:
    """Those of the shares whose owner's token is to be renewed first."""
    return {row.share_id for row in session.execute(_ending(now(), share_ids))}


def _ending(
    at: datetime, share_ids: Sequence[int]
) -> Select[int, int, datetime, datetime]:
    mine = and_(Share.person_id == Account.person_id, Share.network == Account.network)
    return (
        select(
            Share.id.label("share_id"),
            Account.id.label("account_id"),
            Account.expires_at,
            Share.due_at,
        )
        .join(Share, mine)
        .where(
            Share.id.in_(share_ids),
            Account.refresh_expires_at > at,
            Account.expires_at <= at + BEFORE_END,
            Account.refused_at.is_(None),
        )
    )
