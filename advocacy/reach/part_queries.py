"""The latest released figures of all parts of the organisation."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from advocacy.reach.models import HeadCount, Metric, ReleasedFigure
from advocacy.reach.queries import (
    Figure,
    editions_that_stand,
    first_day_shown,
    those_that_never_came,
    together,
)
from advocacy.reach.tables import Level, Rhythm
from advocacy.reach.windows import Window, last_opening

PARTS = (Level.DIVISION, Level.UNIT)  # the organisation is in their tables as well


def latest_of_parts(session: Session, moment: datetime) -> list[Figure]:
    """Of each table's last window all groups and their sums, in no order of value.

    A group that is measured no longer is not among them. Two statements.
    """
    since = first_day_shown(moment)
    last = (
        select(ReleasedFigure.table, func.max(ReleasedFigure.window_start))
        .where(
            ReleasedFigure.level.in_(PARTS),
            ReleasedFigure.released_at < last_opening(moment),
            ReleasedFigure.window_start >= since,
        )
        .group_by(ReleasedFigure.table)
    )
    found = editions_that_stand(
        session,
        moment,
        ReleasedFigure.level.in_(PARTS),
        tuple_(ReleasedFigure.table, ReleasedFigure.window_start).in_(last),
    )
    missing = those_that_never_came(
        session,
        moment,
        HeadCount.level.in_(PARTS),
        HeadCount.window_start >= since,
    )
    return _newest(together(found, missing))


def _newest(figures: Iterable[Figure]) -> list[Figure]:
    """An organisation that grows gets other tables for the same: the later one counts."""
    found = list(figures)
    last: dict[tuple[Level, Rhythm, Metric], Window] = {}
    for one in found:
        last[_kind(one)] = max(last.get(_kind(one), one.window), one.window)
    return [one for one in found if one.window == last[_kind(one)]]


def _kind(one: Figure) -> tuple[Level, Rhythm, Metric]:
    return one.table.level, one.table.rhythm, one.metric
