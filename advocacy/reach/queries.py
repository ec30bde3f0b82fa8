"""What has been released, and when the next figures come. No query here sees more.

Whatever a job did and when, what is read here changes at one hour of the day
(`windows.last_opening`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from advocacy.reach.display import heads_shown, shown
from advocacy.reach.models import HeadCount, Metric, ReleasedFigure
from advocacy.reach.notice_rows import FigureNotice, NoticeKind
from advocacy.reach.tables import FIRST_METHOD, ORGANISATION, TABLES, Table
from advocacy.reach.windows import Window, last_opening

YEARS = 3  # calendar years on a page, this one included


@dataclass(frozen=True)
class Figure:
    """One figure as everybody who may see it reads it."""

    window: Window
    table: Table
    group: str
    name: str  # of the group; empty for the organisation and for who has no unit
    metric: Metric
    value: int | None  # none: too few to show, or none stands
    margin: int
    heads: int  # to the nearest ten
    stands: bool = True  # else it was withdrawn, or never came
    reason: str = ""  # of the latest notice about it
    adds_up: bool = False  # whether it is the sum of figures of parts
    counted: bool = True  # else there was nothing to count: visits without a link


def figures(
    session: Session, moment: datetime, groups: Collection[str]
) -> list[Figure]:
    """Those of some groups in this calendar year and those before it, oldest first.

    Of each the newest edition that stands; if none does, why. Two statements.
    """
    since = first_day_shown(moment)
    found = editions_that_stand(
        session,
        moment,
        ReleasedFigure.group.in_(groups),
        ReleasedFigure.window_start >= since,
    )
    missing = those_that_never_came(
        session, moment, HeadCount.group.in_(groups), HeadCount.window_start >= since
    )
    return together(found, missing)


def first_day_shown(moment: datetime) -> date:
    """What began before it is on no page."""
    return date(moment.year - YEARS + 1, 1, 1)


def together(found: Iterable[Figure], missing: Iterable[Figure]) -> list[Figure]:
    """What came out and what never did, oldest first; what came out after all, once."""
    came = list(found)
    there = {(one.window.start, one.table.name, one.group) for one in came}
    never = (
        one
        for one in missing
        if (one.window.start, one.table.name, one.group) not in there
    )
    return sorted([*came, *never], key=lambda one: (one.window, one.group))


def editions_that_stand(
    session: Session, moment: datetime, *which: ColumnElement[bool]
) -> list[Figure]:
    """Of each figure that can be read the newest edition that stands, or else the newest."""
    latest: dict[tuple[Any, ...], Figure] = {}
    for row, reason in session.execute(_editions(moment).where(*which)):
        key = (row.window_start, row.table, row.group, row.metric)
        before = latest.get(key)
        if reason is not None and before is not None and before.stands:
            latest[key] = replace(before, reason=reason)
            continue
        said = before.reason if before else ""
        latest[key] = _figure(row, stands=reason is None, reason=reason or said)
    return list(latest.values())


def _editions(moment: datetime) -> Select[ReleasedFigure, str]:
    """Each edition, oldest first, with the notice that withdrew it."""
    withdrawn = and_(
        FigureNotice.kind == NoticeKind.WITHDRAWN,
        FigureNotice.table == ReleasedFigure.table,
        FigureNotice.window_start == ReleasedFigure.window_start,
        FigureNotice.edition == ReleasedFigure.edition,
        or_(
            FigureNotice.group.is_(None),
            FigureNotice.group == ReleasedFigure.group,
        ),
        FigureNotice.at < last_opening(moment),
    )
    return (
        select(ReleasedFigure, FigureNotice.reason)
        .outerjoin(FigureNotice, withdrawn)
        .where(ReleasedFigure.released_at < last_opening(moment))
        .order_by(
            ReleasedFigure.window_start,
            ReleasedFigure.edition,
            ReleasedFigure.id,
            FigureNotice.id,
        )
    )


def _figure(row: ReleasedFigure, *, stands: bool, reason: str) -> Figure:
    value = row.shown
    if row.method_version == FIRST_METHOD:
        value = shown(row.metric, row.noisy, row.margin).value
    return Figure(
        window=Window(row.window_start, row.window_end),
        table=TABLES[row.table],
        group=row.group,
        name=row.name,
        metric=row.metric,
        value=value if stands else None,
        margin=row.margin,
        heads=heads_shown(row.heads),
        stands=stands,
        reason=reason,
        adds_up=row.parts > 1,
    )


def those_that_never_came(
    session: Session, moment: datetime, *which: ColumnElement[bool]
) -> Iterable[Figure]:
    """What would have been released, was not, and never will be."""
    about = and_(
        FigureNotice.kind == NoticeKind.NOT_RELEASED,
        FigureNotice.table == HeadCount.table,
        FigureNotice.window_start == HeadCount.window_start,
        or_(FigureNotice.group.is_(None), FigureNotice.group == HeadCount.group),
        FigureNotice.at < last_opening(moment),
    )
    rows = session.execute(
        select(HeadCount, FigureNotice.reason).join(FigureNotice, about).where(*which)
    )
    for row, reason in rows:
        table = TABLES[row.table]
        for measure in table.measures:
            yield Figure(
                window=Window(row.window_start, row.window_end),
                table=table,
                group=row.group,
                name=row.name,
                metric=measure.metric,
                value=None,
                margin=measure.margin,
                heads=heads_shown(row.heads),
                stands=False,
                reason=reason,
            )


_OF_THE_WHOLE = HeadCount.group == ORGANISATION


def coming_on(
    session: Session, moment: datetime, which: ColumnElement[bool] = _OF_THE_WHOLE
) -> date | None:
    """The day on which the next of some figures can be read, or None.

    By the calendar and by which windows are open alone, whether or not any came out.
    """
    today = last_opening(moment).date()
    ends = select(func.min(HeadCount.window_end)).where(
        which,
        HeadCount.window_start <= today,
        HeadCount.window_end > today,
    )
    return session.scalar(ends)
