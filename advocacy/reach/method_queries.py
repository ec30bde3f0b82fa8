"""What a description of the method needs from the database: versions, and the size now."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.reach.group_rows import QuarterSize
from advocacy.reach.models import ReleasedFigure
from advocacy.reach.tables import Size
from advocacy.reach.windows import last_opening, quarter_of


def versions_used(session: Session, moment: datetime) -> dict[int, date]:
    """Every version of which figures can be read, and the first day one of them is about."""
    first = func.min(ReleasedFigure.window_start)
    version = ReleasedFigure.method_version
    rows = session.execute(
        select(version, first)
        .where(ReleasedFigure.released_at < last_opening(moment))
        .group_by(version)
    )
    return {row[0]: row[1] for row in rows}


def size_on(session: Session, day: date) -> Size | None:
    """The organisation's size in the quarter of that day; None if it was not noted."""
    quarter = session.get(QuarterSize, quarter_of(day).start)
    return Size(quarter.size) if quarter else None
