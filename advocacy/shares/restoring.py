"""A database that was put back from a copy posts nothing twice (reliability.md 2.11).

What was posted after the copy was made is `scheduled` in it once more. So each beat marks
the database at random, and the same mark is on the disk, which is in no copy of the
database. A worker that starts asks whether the database carries the mark that it was left
with, and either was left in an orderly way or lived until just now.

The disk is written before the row is stored: a worker that is killed between the two
leaves the new mark and the one before, of which the database may carry either. Once the
row is stored, the one before is forgotten (`forget_earlier_mark`): it is a copy's. What
remains is a copy that is younger than the last beat.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from secrets import token_hex

import structlog
from sqlalchemy import and_, func, or_, select, text, update
from sqlalchemy.orm import Session

from advocacy.shares.arming import put_back
from advocacy.shares.claiming import database_time
from advocacy.shares.installation_file import STOPPED, InstallationFile, Kept
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
    trusted = _continues(row, kept, at, forgiving=forgiving)
    if not trusted:
        _wait_for_release(session)
    # A copy's mark stays unknown to the disk, should we be killed before ours is stored.
    was = (row.mark if row else None,) if trusted else ()
    if row is None:
        row = Installation(id=1, name=token_hex(16), mark="", beat_at=at)
        session.add(row)
    row.name = kept.name if kept else row.name
    file.forget_unfinished()
    _mark(row, file, at, was)
    return trusted


def beat(session: Session, file: InstallationFile, host: str, process: str) -> None:
    """Once a minute: this database lives, and so does this worker.

    A database that was put back under a running worker carries another name or mark.
    """
    # Or a worker that checks in meanwhile finds the new file beside the old row.
    _one_at_a_time(session)
    at = database_time(session)
    alive = Heartbeat(kind=ALIVE, host=host, process=process, at=at)
    session.merge(alive)
    row = session.get(Installation, 1, with_for_update=True)
    if row is None:
        return
    kept = file.read() or Kept(row.name, (row.mark,))
    ours = row.name == kept.name and row.mark in kept.marks
    if not ours:
        _wait_for_release(session)
    row.name = kept.name
    _mark(row, file, at, (row.mark,) if ours else ())


def forget_earlier_mark(session: Session, file: InstallationFile) -> None:
    """The newest mark is stored: nothing but a copy can carry the one before."""
    _one_at_a_time(session)
    row, kept = session.get(Installation, 1), file.read()
    if row is not None and kept is not None and row.mark in kept.marks:
        file.write(replace(kept, marks=(row.mark,)))


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
    kept = file.read()
    if kept is None or row.mark not in kept.marks:
        return False  # put back since the last beat: whoever starts next finds out
    _mark(row, file, at, (row.mark,), STOPPED)
    return True


def _mark(
    row: Installation,
    file: InstallationFile,
    at: datetime,
    was: tuple[str | None, ...],
    kind: str = "",
) -> None:
    """First the disk and then the row, which is stored when the caller commits."""
    mark = f"{kind}{token_hex(16)}"
    file.write(Kept(row.name, (mark, *was)))
    row.mark, row.beat_at = mark, at


def _continues(
    row: Installation | None, kept: Kept | None, at: datetime, *, forgiving: bool
) -> bool:
    if row is None:  # the first start of all, or killed in it
        return kept is None or None in kept.marks
    if kept is None or row.name != kept.name or row.mark not in kept.marks:
        return False
    # Killed while it stopped, or while it began after a stop: nobody posted meanwhile.
    stopped = f"{kept.marks[0]}".startswith(STOPPED) or row.mark.startswith(STOPPED)
    # The disk may have been put back together with the database; its age tells.
    return stopped or forgiving or at - row.beat_at <= LONGEST_SILENCE


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
    # The disk forgets the mark before; after a power cut the row must not have it again.
    session.execute(text("SET LOCAL synchronous_commit = on"))


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
