"""Repeating what rows still ask for: lost workers, lost messages, lost time (2.4).

Every statement is safe to run twice and at once with others: it takes rows that nobody
holds, by their state, never by a moving window of time.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

import structlog
from sqlalchemy import ColumnElement, Update, func, select, update
from sqlalchemy.orm import Session

from advocacy.shares.arming import let_go, put_back
from advocacy.shares.lateness import agreed_time
from advocacy.shares.models import (
    IN_HAND,
    PublishAttempt,
    Share,
    ShareState,
)
from advocacy.shares.obstacles import MOST_CRASHES
from advocacy.shares.pace import room, spend
from advocacy.shares.pausing import may_leave
from advocacy.shares.reasons import Reason
from advocacy.shares.schedule import MAX_LATENESS
from content.items import Item

log = structlog.get_logger()

BATCH = 200
# A worker that was told about a share and did not take it is told again after this.
WAKE_AGAIN = 15
# As long as a network knows a post again (linkedin.md 2.7).
BODY_KEPT = timedelta(minutes=10)
# In hand at so many crashes in a row: it, or what was posted beside it, is the cause.
SUSPECT = 3


@dataclass(frozen=True)
class Swept:
    """How many shares each rule moved."""

    put_back: int
    uncertain: int
    missed: int
    poisoned: int
    expired: int


def sweep(session: Session) -> Swept:
    """Apply every rule once, to at most a batch of rows each."""
    swept = Swept(
        put_back=_lost_before_sending(session),
        uncertain=_lost_while_sending(session),
        missed=_too_late(session),
        poisoned=_poison(session),
        expired=_expired_items(session),
    )
    _forget_old_bodies(session)
    for name, count in asdict(swept).items():
        if count:
            log.warning("swept", code=name, count=count)
    return swept


def due_shares(
    session: Session,
    limit: int = BATCH,
    *,
    suspects: bool = False,
    per_second: int = 0,
) -> list[int]:
    """Shares to take in hand, the oldest first; marked, so not given out again at once.

    Either those that were in hand at several crashes, or all others. No more leave than
    `per_second`, however many workers there are; 0 is no limit. One indexed query on
    (state, next_at).
    """
    if per_second:
        limit = min(limit, room(session, per_second))
    suspect = Share.crash_count >= SUSPECT
    chosen = _batch(*_due(), suspect if suspects else ~suspect, limit=limit)
    told = update(Share).where(chosen)
    due = _changed(session, told.values(woken_at=func.clock_timestamp()))
    if per_second:
        spend(session, len(due), per_second)
    return due


def count_crash(session: Session, share_ids: Sequence[int]) -> None:
    """They were being taken in hand when something broke."""
    scheduled = Share.id.in_(share_ids), Share.state == ShareState.SCHEDULED
    broken = update(Share).where(*scheduled)
    _changed(session, broken.values(crash_count=Share.crash_count + 1))


def count_due(session: Session, most: int = BATCH) -> int:
    """How many of them there are, counted up to `most`; it runs every second."""
    due = select(Share.id).where(*_due()).limit(most).subquery()
    return session.scalars(select(func.count()).select_from(due)).one()


def _due() -> tuple[ColumnElement[bool], ...]:
    told_before = func.clock_timestamp() - func.make_interval(
        0, 0, 0, 0, 0, 0, WAKE_AGAIN
    )
    return (
        Share.state == ShareState.SCHEDULED,
        Share.next_at <= func.clock_timestamp(),
        func.coalesce(Share.woken_at < told_before, True),
        may_leave(Share.network),
    )


def release_worker(session: Session, worker: str) -> int:
    """Put back what a stopping worker holds and has not sent (2.12)."""
    mine = Share.lease_owner.startswith(f"{worker}/", autoescape=True)
    held = update(Share).where(mine, Share.state.in_(IN_HAND))
    values = {"crash_count": Share.crash_count - 1, "next_at": func.clock_timestamp()}
    return len(_changed(session, held.values(**put_back(), **values)))


def release_dead(session: Session, host: str, is_alive: Callable[[int], bool]) -> int:
    """Put back what workers of this host held that are no longer there.

    Their leases would keep it up to ten minutes. `is_alive` is asked about process ids.
    Should two hosts have one name, a living worker loses its share before it is armed
    and finds that out; nothing is sent twice.
    """
    here = Share.lease_owner.startswith(f"{host}:", autoescape=True)
    owners = select(Share.lease_owner).where(here, Share.state.in_(IN_HAND)).distinct()
    dead = [owner for owner in session.scalars(owners) if _is_dead(owner, is_alive)]
    held = update(Share).where(Share.lease_owner.in_(dead), Share.state.in_(IN_HAND))
    values = put_back() | {"next_at": func.clock_timestamp()}
    return len(_changed(session, held.values(**values)))


def _is_dead(owner: str | None, is_alive: Callable[[int], bool]) -> bool:
    process = (owner or "").split(":")[1]
    return not (process.isdigit() and is_alive(int(process)))


def _lost_before_sending(session: Session) -> int:
    chosen = _batch(Share.state.in_(IN_HAND), _lease_over())
    back = update(Share).where(chosen)
    values = {"next_at": func.clock_timestamp()}
    return len(_changed(session, back.values(**put_back(), **values)))


def _lost_while_sending(session: Session) -> int:
    """Whether it was posted nobody here knows; the person is asked."""
    chosen = _batch(Share.state == ShareState.SENDING, _lease_over())
    doubt = let_go() | {
        "state": ShareState.UNCERTAIN,
        "reason": Reason.WORKER_LOST,
        "crash_count": 0,
    }
    ids = _changed(session, update(Share).where(chosen).values(**doubt))
    session.execute(
        update(PublishAttempt)
        .where(PublishAttempt.share_id.in_(ids), PublishAttempt.outcome.is_(None))
        .values(outcome=ShareState.UNCERTAIN.value, closed_at=func.clock_timestamp())
    )
    return len(ids)


def _too_late(session: Session) -> int:
    late = agreed_time < func.clock_timestamp() - MAX_LATENESS
    return _end(session, ShareState.MISSED, Reason.LATE, late)


def _poison(session: Session) -> int:
    crashed = Share.crash_count > MOST_CRASHES
    return _end(session, ShareState.FAILED, Reason.POISON, crashed)


def _expired_items(session: Session) -> int:
    """An item that is over takes its planned posts along; their owners see why."""
    over = select(Item.id).where(Item.expires_at <= func.clock_timestamp())
    gone = Share.item_id.in_(over)
    return _end(session, ShareState.CANCELLED, Reason.ITEM_EXPIRED, gone)


def _forget_old_bodies(session: Session) -> None:
    """What was kept to ask about a doubt serves nothing when nobody may ask any more."""
    lately = func.clock_timestamp() - BODY_KEPT
    young = select(PublishAttempt.id).where(
        PublishAttempt.share_id == Share.id, PublishAttempt.armed_at > lately
    )
    doubted = (Share.state == ShareState.UNCERTAIN, Share.body.is_not(None))
    old = update(Share).where(_batch(*doubted, ~young.exists()))
    # For its owner nothing changes by it.
    values = {"body": None, "body_sha256": None, "changed_at": Share.changed_at}
    _changed(session, old.values(**values))


def _end(
    session: Session, state: ShareState, reason: Reason, rule: ColumnElement[bool]
) -> int:
    chosen = _batch(Share.state == ShareState.SCHEDULED, rule)
    ended = update(Share).where(chosen)
    return len(_changed(session, ended.values(state=state, reason=reason)))


def _lease_over() -> ColumnElement[bool]:
    return Share.lease_until < func.clock_timestamp()


def _batch(*rules: ColumnElement[bool], limit: int = BATCH) -> ColumnElement[bool]:
    """Rows that nobody else is changing at this moment, and no more than `limit`."""
    rows = select(Share.id).where(*rules).order_by(Share.next_at).limit(limit)
    # As an array: PostgreSQL may look into `IN (SELECT …)` again for each row, and then
    # finds others that are not locked yet.
    ids = func.array(rows.with_for_update(skip_locked=True).scalar_subquery())
    return Share.id == func.any(ids)


def _changed(session: Session, change: Update) -> list[int]:
    change = change.execution_options(synchronize_session=False)
    return list(session.scalars(change.returning(Share.id)))
