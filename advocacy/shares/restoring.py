"""A database that was put back from a copy posts nothing twice (reliability.md 2.11).

What was posted after the copy was made is `scheduled` in it once more. So a worker that
starts asks whether the database lived until now: its heartbeat is young, or the last
worker stopped in an orderly way and left the same random mark in the database and on the
disk. A copy holds an older mark or none.
"""

from datetime import datetime, timedelta
from secrets import token_hex

import structlog
from sqlalchemy import and_, func, or_, select, text, update
from sqlalchemy.orm import Session

from advocacy.shares.arming import put_back
from advocacy.shares.claiming import database_time
from advocacy.shares.installation_file import InstallationFile, Kept
from advocacy.shares.models import IN_HAND, Share, ShareState
from advocacy.shares.pausing import stop_publishing
from advocacy.shares.reasons import Reason
from advocacy.shares.service_rows import Heartbeat, Installation, StopCause

log = structlog.get_logger()

# A database whose last heartbeat is older may be a copy.
LONGEST_SILENCE = timedelta(minutes=10)
# A worker that was seen at work within this time is still there.
PRESENT = timedelta(minutes=3)
ALIVE = "process"
# The file is written just before the row is stored: between two beats it may be ahead.
AHEAD = timedelta(minutes=2)


class StrangeFolder(Exception):
    """Others are at work with this database, and their data folder is not ours."""


def check_in(
    session: Session, file: InstallationFile, *, forgiving: bool = False
) -> bool:
    """Before a worker takes anything in hand: whether this is the database we left.

    If not, publishing is stopped and all that was due meanwhile is in doubt. The
    demonstration is `forgiving`: it has no copies, and is often left in any way at all.

    Raises StrangeFolder, with nothing changed: one host with a wrong setting must not
    stop the others.
    """
    _one_at_a_time(session)
    at, kept = database_time(session), file.read()
    row = session.get(Installation, 1)
    ours = row is None or (kept is not None and kept.name == row.name)
    if not ours and _anybody_at_work(session, at):
        raise StrangeFolder
    trusted = (
        row is None if kept is None else _continues(row, kept, at, forgiving=forgiving)
    )
    if not trusted:
        _wait_for_release(session)
    name = kept.name if kept else token_hex(16)
    if row is None:
        row = Installation(id=1, name=name, beat_at=at)
        session.add(row)
    row.name, row.beat_at, row.stop_mark = name, at, None
    file.write(Kept(name, beat_at=at.isoformat()))
    return trusted


def beat(
    session: Session,
    file: InstallationFile,
    host: str,
    process: str,
    last: datetime | None = None,
) -> datetime:
    """Once a minute: this database lives, and so does this worker.

    Returns when; `last` is what the beat before it returned. A database that was put back
    under a running worker shows another name, or is older than that.
    """
    # Or a worker that checks in meanwhile finds the new file beside the old row.
    _one_at_a_time(session)
    at = database_time(session)
    alive = Heartbeat(kind=ALIVE, host=host, process=process, at=at)
    session.merge(alive)
    row = session.get(Installation, 1, with_for_update=True)
    if row is not None:
        kept = file.read() or Kept(row.name)
        if row.name != kept.name or (last is not None and row.beat_at < last):
            _wait_for_release(session)
        row.name, row.beat_at, row.stop_mark = kept.name, at, None
        file.write(Kept(kept.name, beat_at=at.isoformat()))
    return at


def check_out(
    session: Session, file: InstallationFile, host: str, process: str
) -> bool:
    """An orderly stop; the last worker to go leaves a mark. Whether this was the last."""
    _one_at_a_time(session)
    at = database_time(session)
    mine = session.get(Heartbeat, (ALIVE, host, process))
    if mine is not None:
        session.delete(mine)
        session.flush()
    row = session.get(Installation, 1, with_for_update=True)
    if row is None or _anybody_at_work(session, at):
        return False
    row.beat_at, row.stop_mark = at, token_hex(16)
    file.write(Kept(row.name, row.stop_mark))
    return True


def _continues(
    row: Installation | None, kept: Kept, at: datetime, *, forgiving: bool
) -> bool:
    if row is None or row.name != kept.name:
        return False
    if kept.stop_mark is not None:
        return row.stop_mark == kept.stop_mark
    if kept.beat_at and row.beat_at < datetime.fromisoformat(kept.beat_at) - AHEAD:
        return False  # young, and still older than what this disk saw
    # Without one on the disk a worker began since. One in the row alone is a copy's, or
    # that worker was killed between the two: its age tells.
    return forgiving or at - row.beat_at <= LONGEST_SILENCE


def _wait_for_release(session: Session) -> None:
    stop_publishing(session, StopCause.RESTORED)
    log.error("database_restored", count=_doubt_what_was_due(session))


def _anybody_at_work(session: Session, at: datetime) -> bool:
    others = select(Heartbeat.process).where(
        Heartbeat.kind == ALIVE, Heartbeat.at > at - PRESENT
    )
    return session.scalar(others.limit(1)) is not None


def _one_at_a_time(session: Session) -> None:
    """Two workers that start together agree who is first."""
    key = text("SELECT pg_advisory_xact_lock(hashtext('installation'))")
    session.execute(key)


def _doubt_what_was_due(session: Session) -> int:
    """Everything that could have left since the copy was made: its owner is asked."""
    now = func.clock_timestamp()
    due = or_(
        Share.state.in_(IN_HAND),
        and_(Share.state == ShareState.SCHEDULED, Share.next_at <= now),
        and_(Share.state == ShareState.NEEDS_RECONNECT, Share.due_at <= now),
    )
    doubt = put_back() | {
        "state": ShareState.UNCERTAIN,
        "reason": Reason.RESTORED,
        "crash_count": 0,
    }
    doubted = (
        update(Share)
        .where(due)
        .values(**doubt)
        .returning(Share.id)
        .execution_options(synchronize_session=False)
    )
    return len(session.scalars(doubted).all())
