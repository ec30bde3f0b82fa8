"""Who is a colleague on a window's first day, and in which unit: kept while it is needed."""

from datetime import date

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from advocacy.links.retention import DAYS_KEPT
from advocacy.people.models import Person, Unit
from advocacy.reach.batches import still_to_come
from advocacy.reach.models import HeadCount, HeadSnapshot
from advocacy.reach.unit_tree import NO_UNIT, UnitHeads

KEPT_OF_A_TABLE = 2  # the window under way and the one before


def works_here_on(day: date) -> ColumnElement[bool]:
    """Whether somebody may use the service then, whether or not they ever did."""
    left = or_(Person.left_on.is_(None), Person.left_on > day)
    return (Person.joined_on <= day) & left


def heads_on(session: Session, day: date) -> int:
    """How many may use the service then."""
    counted = select(func.count()).select_from(Person).where(works_here_on(day))
    return session.scalar(counted) or 0


def take_snapshot(session: Session, day: date) -> None:
    """Write down who is where; once a day, whatever windows begin on it."""
    taken = select(HeadSnapshot).where(HeadSnapshot.window_start == day)
    if session.scalar(select(taken.exists())):
        return
    here = select(literal(day), Person.id, Person.unit_id).where(works_here_on(day))
    columns = ["window_start", "person_id", "unit_id"]
    session.execute(insert(HeadSnapshot).from_select(columns, here))


def units_on(session: Session, day: date) -> list[UnitHeads]:
    """All units with their own colleagues of that day's snapshot."""
    unit = func.coalesce(HeadSnapshot.unit_id, NO_UNIT)
    counted = session.execute(
        select(unit.label("unit"), func.count().label("number"))
        .where(HeadSnapshot.window_start == day)
        .group_by(HeadSnapshot.unit_id)
    )
    heads = {row.unit: row.number for row in counted}
    units = [
        UnitHeads(one.id, one.parent_id, one.name, heads.pop(one.id, 0))
        for one in session.scalars(select(Unit).order_by(Unit.id))
    ]
    # Who is in no unit; and in one that is gone, should there ever be one.
    return units + [UnitHeads(id_, None, "", heads[id_]) for id_ in sorted(heads)]


def forget_snapshots(session: Session, today: date) -> None:
    """Names are kept of the latest two windows of a table, and of those whose figures are
    still to come: as long as there are visits to make figures from.
    """
    needed = _latest(session) | {
        start for start, end in _unreleased(session) if end > today - DAYS_KEPT
    }
    session.execute(
        delete(HeadSnapshot).where(HeadSnapshot.window_start.not_in(needed))
    )


def _latest(session: Session) -> set[date]:
    newest_first = func.dense_rank().over(
        partition_by=HeadCount.table, order_by=HeadCount.window_start.desc()
    )
    ranked = select(HeadCount.window_start, newest_first.label("place")).subquery()
    kept = select(ranked.c.window_start).where(ranked.c.place <= KEPT_OF_A_TABLE)
    return set(session.scalars(kept))


def _unreleased(session: Session) -> list[Row[date, date]]:
    still: Select[date, date] = select(
        HeadCount.window_start, HeadCount.window_end
    ).where(still_to_come())
    return list(session.execute(still.distinct()))
