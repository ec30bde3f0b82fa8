"""What was opened, as tests say it."""

from sqlalchemy import select

from advocacy.reach.models import HeadCount


def opened(session, table, start=None):
    """Of one table: key, name, heads and number of parts of each group and total."""
    rows = select(HeadCount).where(HeadCount.table == table)
    if start:
        rows = rows.where(HeadCount.window_start == start)
    return {
        (row.name, row.heads, len(row.part_keys))
        for row in session.scalars(rows.order_by(HeadCount.group))
    }


def starts(session, table):
    rows = select(HeadCount.window_start).where(HeadCount.table == table).distinct()
    return sorted(session.scalars(rows))
