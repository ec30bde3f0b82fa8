"""What a description of the method needs from the database: the versions used."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.reach.models import ReleasedFigure
from advocacy.reach.windows import last_opening


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
