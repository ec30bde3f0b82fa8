"""What has been released, and when the next figures come. No query here sees more."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.reach.display import Shown, shown
from advocacy.reach.models import HeadCount, Metric, ReleasedFigure
from advocacy.reach.tables import ORGANISATION, TABLES, Table
from advocacy.reach.windows import Window

MOST_WINDOWS = 24


@dataclass(frozen=True)
class ReleasedWindow:
    """One window's figures as they are shown."""

    window: Window
    table: Table
    heads: int
    method_version: int
    figures: dict[Metric, Shown]


def released_windows(session: Session) -> list[ReleasedWindow]:
    """The latest windows, oldest first."""
    rows = session.scalars(
        select(ReleasedFigure)
        .where(ReleasedFigure.group == ORGANISATION)
        .order_by(ReleasedFigure.window_start.desc(), ReleasedFigure.id)
        .limit(MOST_WINDOWS * len(Metric))
    )
    windows: dict[date, ReleasedWindow] = {}
    for row in rows:
        one = windows.setdefault(
            row.window_start,
            ReleasedWindow(
                window=Window(row.window_start, row.window_end),
                table=TABLES[row.table],
                heads=row.heads,
                method_version=row.method_version,
                figures={},
            ),
        )
        one.figures[row.metric] = shown(row.metric, row.noisy, row.margin)
    return sorted(windows.values(), key=lambda one: one.window)


def unreleased_windows(session: Session, moment: datetime) -> list[Window]:
    """Windows whose figures are due and were not released, oldest first."""
    return [w for w in _unreleased(session) if w.released_from <= moment]


def coming_window(session: Session, moment: datetime) -> Window | None:
    """The window under way, or just over, whose figures come next."""
    coming = [w for w in _unreleased(session) if w.released_from > moment]
    return coming[0] if coming else None


def _unreleased(session: Session) -> list[Window]:
    released = select(ReleasedFigure.id).where(
        ReleasedFigure.window_start == HeadCount.window_start,
        ReleasedFigure.group == HeadCount.group,
    )
    rows = session.execute(
        select(HeadCount.window_start, HeadCount.window_end)
        .where(HeadCount.group == ORGANISATION, ~released.exists())
        .order_by(HeadCount.window_start)
    )
    return [Window(start, end) for start, end in rows]
