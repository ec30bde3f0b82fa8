"""The groups of one table for one window: those of earlier this year, where they last."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from advocacy.reach.group_rows import ReleaseGroup
from advocacy.reach.groups import Group, UnitHeads, divisions_of, groups_of
from advocacy.reach.models import HeadCount
from advocacy.reach.tables import ORGANISATION, TABLES, Level, Table
from advocacy.reach.windows import Window


def partition(
    session: Session, table: Table, window: Window, units: Sequence[UnitHeads]
) -> tuple[Group, ...]:
    """Everybody, in groups of at least the table's floor; none below it.

    Groups go on for a calendar year. Where two tables measure units in the same window,
    the groups of the one are made of whole groups of the other.
    """
    everybody = frozenset(unit.id for unit in units)
    if table.level is Level.ORGANISATION:
        heads = sum(unit.heads for unit in units)
        whole = Group(ORGANISATION, everybody, "", heads)
        return (whole,) if heads >= table.floor else ()
    before = _groups(session, everybody, _earlier_this_year(table, window))
    finer = _groups(session, everybody, _beside(table, window))
    make = divisions_of if table.level is Level.DIVISION else groups_of
    return make(units, table.floor, [*before, *finer])


def unit_groups(
    session: Session, keys: Iterable[str], everybody: frozenset[int] = frozenset()
) -> dict[str, frozenset[int]]:
    """The units of each group by its key; of the whole organisation, `everybody`."""
    keys = set(keys)
    rows = session.scalars(select(ReleaseGroup).where(ReleaseGroup.key.in_(keys)))
    found = {row.key: frozenset(row.unit_ids) for row in rows}
    return found | ({ORGANISATION: everybody} if ORGANISATION in keys else {})


def _groups(
    session: Session, everybody: frozenset[int], which: ColumnElement[bool]
) -> list[frozenset[int]]:
    no_total = func.cardinality(HeadCount.part_keys) == 0
    keys = session.scalars(select(HeadCount.group).where(which, no_total))
    return list(unit_groups(session, keys, everybody).values())


def _earlier_this_year(table: Table, window: Window) -> ColumnElement[bool]:
    latest = select(func.max(HeadCount.window_start)).where(
        HeadCount.table == table.name,
        HeadCount.window_start >= window.start.replace(month=1, day=1),
        HeadCount.window_start < window.start,
    )
    of_it = HeadCount.window_start == latest.scalar_subquery()
    return (HeadCount.table == table.name) & of_it


def _beside(table: Table, window: Window) -> ColumnElement[bool]:
    """Of tables with a lower floor, which are opened before."""
    finer = [
        one.name
        for one in TABLES.values()
        if (one.level, one.rhythm) == (table.level, table.rhythm)
        and one.floor < TABLES[table.name].floor
    ]
    return HeadCount.table.in_(finer) & (HeadCount.window_start == window.start)
