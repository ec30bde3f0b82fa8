"""Deleting what went out although its owner had said to delete it then (reliability.md 2.7)."""

from datetime import timedelta

import structlog
from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from advocacy.errors import TooLate
from advocacy.outside import Outside
from advocacy.shares.deleting import CannotTakeDown, take_down
from advocacy.shares.models import Share, ShareState
from integrations.database import transaction
from integrations.errors import ProviderError, Refused

log = structlog.get_logger()

# Afterwards its owner is told that it is there, and can delete it with a press.
TRIED_FOR = timedelta(minutes=5)
BATCH = 50


def posts_to_delete(session: Session) -> list[int]:
    """Posts that are there and should not be."""
    return list(session.scalars(_unwanted().limit(BATCH)))


def _unwanted() -> Select[int]:
    return select(Share.id).where(
        Share.state == ShareState.PUBLISHED,
        Share.take_off_again,
        Share.posted_at > func.clock_timestamp() - TRIED_FOR,
    )


def delete_late(share_id: int, outside: Outside) -> None:
    """Delete it; what could not be done now is tried again by the next sweep."""
    with transaction() as session:
        wanted = session.scalar(_unwanted().where(Share.id == share_id))
    if wanted is None:
        return
    try:
        take_down(share_id, outside)
    except (CannotTakeDown, Refused):
        with transaction() as session:
            _give_up(session, share_id)
    except (ProviderError, TooLate):
        log.warning("not_deleted_yet", share=share_id)


def _give_up(session: Session, share_id: int) -> None:
    given_up = update(Share).where(Share.id == share_id)
    session.execute(given_up.values(take_off_again=False))
    log.warning("not_deleted", share=share_id)
