"""Figures that turned out wrong: taken back with a notice, and replaced at new cost.

Nothing that came out is changed. A notice stands where the figures stood, and what comes
instead is another edition: drawn anew, and paid for like any (privacy.md 1.5, step 10).
"""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.reach.batches import Batch, NotReleasable, due_batches
from advocacy.reach.drafts import Drafts
from advocacy.reach.models import ReleasedFigure
from advocacy.reach.notice_rows import FigureNotice, NoticeKind
from advocacy.reach.notices import give_notice, wait_for_others
from advocacy.reach.release import LOCK, release_batch
from advocacy.reach.tables import TABLES, Level
from integrations.clock import now
from integrations.database import hold


class NotThere(Exception):
    """No figures of that table and window stand, or none ever came."""


def withdraw(
    session: Session, table: str, window_start: date, reason: str
) -> FigureNotice:
    """Take back the edition that stands, of all groups; `reason` is read by everybody who
    may see the figures. Raises NotThere.
    """
    wait_for_others(session)
    edition = standing_edition(session, table, window_start)
    if edition is None:
        raise NotThere
    return give_notice(
        session,
        NoticeKind.WITHDRAWN,
        table,
        window_start,
        reason,
        edition=edition,
    )


def replace(
    session: Session, table: str, window_start: date, drafts: Drafts
) -> list[ReleasedFigure]:
    """The next edition of what was taken back. Raises NotThere where nothing was, and what
    `release_batch` raises; then nothing may be committed.
    """
    edition = newest_edition(session, table, window_start)
    if edition is None or not is_withdrawn(session, table, window_start, edition):
        raise NotThere
    if TABLES[table].level is Level.ITEM:
        # Which four items of a month count a person was decided by a lot that is gone.
        raise NotReleasable("figures of an item come once")
    return release_batch(session, Batch(table, window_start, edition + 1), drafts)


def give_up(
    session: Session, table: str, window_start: date, reason: str
) -> FigureNotice:
    """Say that these figures never come, for good. Raises NotThere where none is due."""
    hold(session, LOCK)  # it may be under way
    if Batch(table, window_start) not in due_batches(session, now()):
        raise NotThere
    return give_notice(session, NoticeKind.NOT_RELEASED, table, window_start, reason)


def newest_edition(session: Session, table: str, window_start: date) -> int | None:
    """None where nothing of it ever came out."""
    return session.scalar(
        select(func.max(ReleasedFigure.edition)).where(
            ReleasedFigure.table == table,
            ReleasedFigure.window_start == window_start,
        )
    )


def standing_edition(session: Session, table: str, window_start: date) -> int | None:
    """The newest edition; None if none came out, or it was taken back."""
    edition = newest_edition(session, table, window_start)
    if edition is None or is_withdrawn(session, table, window_start, edition):
        return None
    return edition


def is_withdrawn(
    session: Session, table: str, window_start: date, edition: int
) -> bool:
    """Of every group; a single group's notice leaves the others standing."""
    notice = select(FigureNotice).where(
        FigureNotice.kind == NoticeKind.WITHDRAWN,
        FigureNotice.table == table,
        FigureNotice.window_start == window_start,
        FigureNotice.edition == edition,
        FigureNotice.group.is_(None),
    )
    return bool(session.scalar(select(notice.exists())))
