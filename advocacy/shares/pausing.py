"""When nothing is posted: stopped until an administrator says so, or for a network's sake."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute, Session

from advocacy.shares.models import PublishingPause, Share, ShareState
from advocacy.shares.outcomes import VERSION_PAUSE
from advocacy.shares.reasons import Reason
from advocacy.shares.service_rows import PublishingStop, StopCause


def how_many_may_leave(
    session: Session, network: str, at: datetime, wanted: int
) -> int:
    """How many shares may leave now: after a pause one tries, the others wait for it.

    A pause that is over stays until something gets through (`forget_pause`).
    """
    pause = session.get(PublishingPause, network, with_for_update=True)
    if pause is None:
        return wanted
    if pause.until > at:
        return 0
    pause.until = at + VERSION_PAUSE
    return min(wanted, 1)


def forget_pause(session: Session, network: str) -> None:
    """The network takes our calls again."""
    session.execute(delete(PublishingPause).where(PublishingPause.network == network))


def may_leave(network: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether anything may leave for a share's network now; part of a query over shares."""
    waiting = select(PublishingPause.network).where(
        PublishingPause.until > func.clock_timestamp()
    )
    return ~select(PublishingStop.cause).exists() & network.not_in(waiting)


def stop_publishing(session: Session, cause: StopCause) -> None:
    """Nothing leaves from now on; done twice it is still done."""
    session.execute(
        insert(PublishingStop)
        .values(cause=cause, since=func.clock_timestamp())
        .on_conflict_do_nothing()
    )


def release_publishing(session: Session) -> None:
    """Let posts leave again, whatever stopped them; what waits for a pause is due now."""
    session.execute(delete(PublishingStop))
    session.execute(delete(PublishingPause))
    waiting = Share.state == ShareState.SCHEDULED, Share.reason == Reason.VERSION
    at_once = func.greatest(Share.due_at, func.clock_timestamp())
    due = {"next_at": at_once, "woken_at": None}
    session.execute(update(Share).where(*waiting).values(**due))


def stops(session: Session) -> Sequence[PublishingStop]:
    """What waits for an administrator."""
    return session.scalars(select(PublishingStop).order_by(PublishingStop.since)).all()


def pauses(session: Session) -> Sequence[PublishingPause]:
    """Networks that wait by themselves, until something gets through."""
    return session.scalars(
        select(PublishingPause).order_by(PublishingPause.network)
    ).all()
