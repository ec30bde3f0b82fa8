"""When nothing is posted: stopped until an administrator says so, or for a network's sake."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    SQLColumnExpression,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from advocacy.shares.models import PublishingPause, Share, ShareState
from advocacy.shares.outcomes import VERSION_PAUSE
from advocacy.shares.reasons import Reason
from advocacy.shares.service_rows import PublishingStop, StopCause


@dataclass(frozen=True)
class MayLeave:
    """How many shares may leave for a network, and during which pause."""

    count: int
    # The pause that one of them may try to end; any other stops it until it is armed.
    pause_until: datetime | None = None


def may_leave_now(
    session: Session, network: str, at: datetime, wanted: int
) -> MayLeave:
    """After a pause one share tries, and the others wait for it.

    A pause that is over stays until something gets through (`forget_pause`).
    """
    pause = session.get(PublishingPause, network, with_for_update=True)
    if pause is None:
        return MayLeave(wanted)
    if pause.until > at:
        return MayLeave(0)
    pause.until = at + VERSION_PAUSE
    return MayLeave(min(wanted, 1), pause.until)


def forget_pause(session: Session, network: str) -> None:
    """The network takes our calls again: what waited for that is due now."""
    session.execute(delete(PublishingPause).where(PublishingPause.network == network))
    _wait_no_longer(session, Share.network == network)


def may_leave(network: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Whether anything may leave for a share's network now; part of a query over shares."""
    waiting = select(PublishingPause.network).where(
        PublishingPause.until > func.clock_timestamp()
    )
    return ~select(PublishingStop.cause).exists() & network.not_in(waiting)


def overtaken(
    database: Session | Connection, network: str, but_for: datetime | None
) -> bool:
    """Whether a stop or a pause came since a share was let through; `but_for` is the
    pause that it tries to end.
    """
    paused = select(PublishingPause.network).where(
        PublishingPause.network == network,
        PublishingPause.until > func.clock_timestamp(),
        PublishingPause.until.is_distinct_from(but_for),
    )
    stopped = select(PublishingStop.cause)
    return bool(database.scalar(select(or_(stopped.exists(), paused.exists()))))


def paused_networks(session: Session, networks: Iterable[str]) -> frozenset[str]:
    """Those of the networks for which nothing leaves now; why is nobody's business here."""
    return frozenset(
        one for one in networks if not session.scalar(select(may_leave(literal(one))))
    )


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
    _wait_no_longer(session)


def _wait_no_longer(session: Session, *rules: ColumnElement[bool]) -> None:
    waiting = select(Share.id).where(
        Share.state == ShareState.SCHEDULED, Share.reason == Reason.VERSION, *rules
    )
    # Whoever holds one of them is about to take it in hand, and may wait for our pause.
    ids = func.array(waiting.with_for_update(skip_locked=True).scalar_subquery())
    at_once = func.greatest(Share.due_at, func.clock_timestamp())
    session.execute(
        update(Share)
        .where(Share.id == func.any(ids))
        .values(next_at=at_once, woken_at=None)
        .execution_options(synchronize_session=False)
    )


def stops(session: Session) -> Sequence[PublishingStop]:
    """What waits for an administrator."""
    return session.scalars(select(PublishingStop).order_by(PublishingStop.since)).all()


def pauses(session: Session) -> Sequence[PublishingPause]:
    """Networks that wait by themselves, until something gets through."""
    return session.scalars(
        select(PublishingPause).order_by(PublishingPause.network)
    ).all()
