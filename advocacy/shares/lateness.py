"""How late a post may leave by itself, and whether one that is held once more would be."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_

from advocacy.shares.models import Share, ShareState
from advocacy.shares.schedule import MAX_LATENESS

# A worker takes a post a moment after its time, and then it must not be too late.
TAKEN_WITHIN = timedelta(minutes=1)
_TO_BEGIN_WITH = MAX_LATENESS - TAKEN_WITHIN

# From when on a post is late: whoever waits for the network's next day, from then on.
agreed_time = func.coalesce(Share.agreed_at, Share.due_at)


def agreed(share: Share) -> datetime:
    """`agreed_time` of one share."""
    return share.agreed_at or share.due_at


def leaves_at(share: Share, earliest: datetime) -> datetime:
    """When a post leaves that is held until `earliest`; nothing was tried of it since it
    waits for a connection.
    """
    waits = share.state is ShareState.NEEDS_RECONNECT
    return max(share.due_at if waits else share.next_at, earliest)


def too_late(share: Share, earliest: datetime) -> bool:
    """Whether that is later than it may leave by itself."""
    return leaves_at(share, earliest) > agreed(share) + _TO_BEGIN_WITH


def oldest_due(earliest: datetime) -> datetime:
    """What was due before this is too late at `earliest`."""
    return earliest - _TO_BEGIN_WITH


def held_too_late(earliest: datetime) -> ColumnElement[bool]:
    """`too_late` of what is planned, in a query."""
    by_then = agreed_time < oldest_due(earliest)
    return or_(by_then, Share.next_at > agreed_time + _TO_BEGIN_WITH)
