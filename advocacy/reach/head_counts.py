"""Opening a window: who is a colleague at its start, and which table it gets.

The table follows from the number of colleagues alone and stays for the whole window, so
nothing anybody does decides what is published.
"""

from datetime import date

from sqlalchemy import ColumnElement, delete, func, insert, literal, or_, select
from sqlalchemy.orm import Session

from advocacy.people.models import Person
from advocacy.reach.models import HeadCount, HeadSnapshot
from advocacy.reach.tables import ORGANISATION, table_for
from advocacy.reach.windows import Window, window_of

KEPT_SNAPSHOTS = 2
LOCK = 0x4845414453  # held while a window is opened


def open_window(session: Session, today: date) -> HeadCount | None:
    """Open the window that `today` lies in; None if none may begin.

    Run every day, on the window's first day it does its work; later it makes up for a
    day missed. Windows never overlap, also when the organisation outgrows its table.
    """
    session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    table = table_for(_heads(session, today))
    if table is None:
        return None
    window = window_of(table.rhythm, today)
    heads = _heads(session, window.start)
    if table_for(heads) is not table or _overlaps(session, window):
        return None
    _snapshot(session, window)
    opened = HeadCount(
        window_start=window.start,
        window_end=window.end,
        group=ORGANISATION,
        table=table.name,
        heads=heads,
    )
    session.add(opened)
    session.flush()
    _forget_old_snapshots(session)
    return opened


def _works_here_on(day: date) -> ColumnElement[bool]:
    """Whether somebody may use the service then, whether or not they ever did."""
    left = or_(Person.left_on.is_(None), Person.left_on > day)
    return (Person.joined_on <= day) & left


def _heads(session: Session, day: date) -> int:
    counted = select(func.count()).select_from(Person).where(_works_here_on(day))
    return session.scalar(counted) or 0


def _overlaps(session: Session, window: Window) -> bool:
    """Whether any of its days belongs to a window already: a day is measured once."""
    other = select(HeadCount.window_start).where(
        HeadCount.group == ORGANISATION,
        HeadCount.window_start < window.end,
        HeadCount.window_end > window.start,
    )
    return session.scalar(select(other.exists())) or False


def _snapshot(session: Session, window: Window) -> None:
    here = select(literal(window.start), Person.id, Person.unit_id).where(
        _works_here_on(window.start)
    )
    columns = ["window_start", "person_id", "unit_id"]
    session.execute(insert(HeadSnapshot).from_select(columns, here))


def _forget_old_snapshots(session: Session) -> None:
    """Names are needed for the window under way and the one before it, no longer."""
    starts = select(HeadCount.window_start).distinct()
    kept = starts.order_by(HeadCount.window_start.desc()).limit(KEPT_SNAPSHOTS)
    session.execute(delete(HeadSnapshot).where(HeadSnapshot.window_start.not_in(kept)))
