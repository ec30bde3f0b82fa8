"""Opening windows: which tables a quarter has, and what groups each of their windows.

All of it follows from numbers of colleagues and from the calendar, and stays for the
whole window, so nothing anybody does decides what is published.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from advocacy.reach.group_rows import ReleaseGroup
from advocacy.reach.groups import Group, totals_over
from advocacy.reach.models import HeadCount
from advocacy.reach.opening_items import forget_uses, open_items
from advocacy.reach.parameters import in_force
from advocacy.reach.partition import partition
from advocacy.reach.quarters import size_to_note
from advocacy.reach.snapshots import (
    forget_snapshots,
    heads_on,
    take_snapshot,
    units_on,
)
from advocacy.reach.tables import (
    ORGANISATION,
    PLAN,
    Level,
    Rhythm,
    Table,
)
from advocacy.reach.windows import Window, quarter_of, window_of
from integrations.database import hold

LOCK = 0x4845414453  # held while a window is opened, and while people change units
# A table's first window begins with the service: of an earlier start nobody could have
# been asked, and the figure would be nothing but noise.
FIRST_OPENED_WITHIN = timedelta(days=3)


def open_due(session: Session, today: date) -> None:
    """Open the windows that `today` lies in, and those of items that are new.

    Run every day: on a window's first day it does its work, later it makes up for days
    missed. What is open stays as it is.
    """
    hold(session, LOCK)
    for table, window in _under_way(session, today):
        if _begins_now(session, table, window, today):
            _open(session, in_force(session, table, window.start.year), window)
    open_items(session, today)
    forget_snapshots(session, today)
    forget_uses(session, today)


def _under_way(session: Session, today: date) -> Iterator[tuple[Table, Window]]:
    """Each table with its window; a week belongs to the quarter of its Monday."""
    monday = window_of(Rhythm.WEEK, today).start
    for quarter in dict.fromkeys((quarter_of(monday), quarter_of(today))):
        size = size_to_note(session, quarter.start)
        for table in PLAN[size] if size else ():
            if not table.published or table.rhythm is Rhythm.ONCE:
                continue
            window = window_of(table.rhythm, today)
            if quarter_of(window.start) == quarter:
                yield table, window


def _begins_now(session: Session, table: Table, window: Window, today: date) -> bool:
    begun = select(func.max(HeadCount.window_start)).where(
        HeadCount.table == table.name, HeadCount.window_start <= window.start
    )
    latest = session.scalar(begun)
    if latest is None:
        return today - window.start <= FIRST_OPENED_WITHIN
    return latest < window.start


def _open(session: Session, table: Table, window: Window) -> None:
    if heads_on(session, window.start) < table.floor:
        return
    take_snapshot(session, window.start)
    units = units_on(session, window.start)
    groups = partition(session, table, window, units)
    session.add_all(_head_count(table, window, group) for group in groups)
    session.add_all(
        _head_count(table, window, total.group, total.parts)
        for total in totals_over(units, groups)
    )
    _note_units(session, groups)
    session.flush()


def _head_count(
    table: Table, window: Window, group: Group, parts: tuple[str, ...] = ()
) -> HeadCount:
    return HeadCount(
        table=table.name,
        window_start=window.start,
        window_end=window.end,
        group=group.key,
        level=Level.ORGANISATION if group.key == ORGANISATION else table.level,
        name=group.name,
        part_keys=list(parts),
        heads=group.heads,
    )


def _note_units(session: Session, groups: tuple[Group, ...]) -> None:
    made_of = [
        {"key": group.key, "unit_ids": sorted(group.unit_ids)}
        for group in groups
        if group.key != ORGANISATION
    ]
    if made_of:
        session.execute(insert(ReleaseGroup).on_conflict_do_nothing(), made_of)
