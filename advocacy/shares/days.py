"""The day a post counts for: one of an item a day (reliability.md 2.1, 6)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy.shares.models import Share

# The index that keeps to it; of several on one day each has its `extra`.
ONE_A_DAY = "uq_share_live"


def breaks_one_a_day(error: IntegrityError) -> bool:
    """Whether that is what the database refused."""
    return ONE_A_DAY in str(error.orig)


def has_its_day(session: Session, share: Share, at: datetime) -> bool:
    """Let a share that leaves at `at` count for that day, by its owner's clock.

    It may have waited beyond midnight. False: that day has its post; nothing is changed.
    """
    day = at.astimezone(ZoneInfo(share.time_zone)).date()
    if day <= share.target_day:
        return True
    try:
        with session.begin_nested():
            share.target_day = day
            session.flush()
    except IntegrityError as error:
        if not breaks_one_a_day(error):
            raise
        return False
    return True
