"""What is released together: one table's figures of one window."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from advocacy.links.retention import DAYS_KEPT
from advocacy.reach.models import HeadCount, Metric, ReleasedFigure
from advocacy.reach.notice_rows import FigureNotice, NoticeKind
from advocacy.reach.tables import TABLES
from advocacy.reach.windows import Window


class NotReleasable(Exception):
    """The window was never opened, has not ended, or was released before."""


@dataclass(frozen=True)
class Batch:
    """One table of one window; an edition more for each time it is replaced."""

    table: str
    window_start: date
    edition: int = 1


def are_days_gone(batch: Batch, today: date) -> bool:
    """Whether visits of its first days were put together since, so that a sum of them
    would miss some (privacy.md 6: days are kept 100 days).
    """
    counts = any(one.metric is Metric.CLICKS for one in TABLES[batch.table].measures)
    return counts and batch.window_start < today - DAYS_KEPT


def due_batches(session: Session, moment: datetime) -> list[Batch]:
    """First editions whose hour has come and that are still to come, oldest first."""
    rows = session.execute(
        select(HeadCount.window_end, HeadCount.window_start, HeadCount.table)
        .where(still_to_come())
        .distinct()
        .order_by(HeadCount.window_end, HeadCount.window_start, HeadCount.table)
    )
    return [
        Batch(table, start)
        for end, start, table in rows
        if Window(start, end).released_from <= moment
    ]


def still_to_come() -> ColumnElement[bool]:
    """Whether the figures of a HeadCount's window neither came out nor were given up."""
    came_out = select(ReleasedFigure.id).where(
        ReleasedFigure.table == HeadCount.table,
        ReleasedFigure.window_start == HeadCount.window_start,
    )
    given_up = select(FigureNotice.id).where(
        FigureNotice.kind == NoticeKind.NOT_RELEASED,
        FigureNotice.group.is_(None),
        FigureNotice.table == HeadCount.table,
        FigureNotice.window_start == HeadCount.window_start,
    )
    return ~came_out.exists() & ~given_up.exists()


def opened(session: Session, batch: Batch) -> Sequence[HeadCount]:
    """The batch's groups, and the totals over them; by key."""
    rows = select(HeadCount).where(
        HeadCount.table == batch.table, HeadCount.window_start == batch.window_start
    )
    return session.scalars(rows.order_by(HeadCount.group)).all()
