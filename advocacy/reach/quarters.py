"""The organisation's size: noted once for each calendar quarter, and good for all of it."""

from datetime import date

from sqlalchemy.orm import Session

from advocacy.reach.group_rows import QuarterSize
from advocacy.reach.snapshots import heads_on
from advocacy.reach.tables import Size, size_for
from advocacy.reach.windows import quarter_of


def size_on(session: Session, day: date) -> Size | None:
    """The size in the quarter of that day; None if it was not noted."""
    quarter = session.get(QuarterSize, quarter_of(day).start)
    return Size(quarter.size) if quarter else None


def size_to_note(session: Session, day: date) -> Size | None:
    """The same, counted and noted if it is not yet; None below the first size."""
    known = size_on(session, day)
    if known is not None:
        return known
    start = quarter_of(day).start
    heads = heads_on(session, start)
    size = size_for(heads)
    if size is not None:
        session.add(QuarterSize(start=start, size=size, heads=heads))
        session.flush()
    return size
