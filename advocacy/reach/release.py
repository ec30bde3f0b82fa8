"""Releasing a window's figures: the only place that ever sees an exact sum.

Once, for good, at an hour that depends on nothing but the calendar. The exact sum lives
in one expression; it is not stored, returned, compared or logged.
"""

import secrets
from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.reach import chain
from advocacy.reach.collect import capped_amounts
from advocacy.reach.gaussian import Coin, discrete_gaussian
from advocacy.reach.ledger import book
from advocacy.reach.models import HeadCount, ReleasedFigure
from advocacy.reach.tables import METHOD_VERSION, ORGANISATION, TABLES, Measure, Table
from advocacy.reach.windows import Window
from integrations.clock import now

LOCK = 0x52454C45415345  # held by whoever releases, so that nobody does it twice


class NotReleasable(Exception):
    """The window was never opened, has not ended, or was released before."""


def release_window(
    session: Session, window_start: date, randomness: Coin = secrets
) -> list[ReleasedFigure]:
    """Release the figures of the window that began then; the only time that is possible.

    Raises NotReleasable, or BudgetSpent when the year's limit would be passed. Then
    nothing may be committed.
    """
    session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    opened = session.get(HeadCount, (window_start, ORGANISATION))
    if opened is None:
        raise NotReleasable("no head-count was taken when it began")
    window = Window(opened.window_start, opened.window_end)
    if now() < window.released_from:
        raise NotReleasable("it has not ended")
    if _is_released(session, window):
        raise NotReleasable("it was released before, and for good")
    table = TABLES[opened.table]
    for measure in table.measures:
        book(session, table, measure, window)
    return [
        _store(session, opened, table, measure, noisy)
        for measure in table.measures
        for noisy in [
            noisy_sum(capped_amounts(session, window, measure), measure, randomness)
        ]
    ]


def noisy_sum(amounts: Iterable[int], measure: Measure, randomness: Coin) -> int:
    """The sum with one draw of noise, which it gets also when there is nothing in it."""
    return sum(amounts) + discrete_gaussian(measure.sigma, randomness)


def _is_released(session: Session, window: Window) -> bool:
    figures = select(ReleasedFigure.id).where(
        ReleasedFigure.window_start == window.start,
        ReleasedFigure.group == ORGANISATION,
    )
    return session.scalar(select(figures.exists())) or False


def _store(
    session: Session, opened: HeadCount, table: Table, measure: Measure, noisy: int
) -> ReleasedFigure:
    figure = ReleasedFigure(
        window_start=opened.window_start,
        window_end=opened.window_end,
        table=table.name,
        group=opened.group,
        metric=measure.metric,
        noisy=noisy,
        margin=measure.margin,
        heads=opened.heads,
        method_version=METHOD_VERSION,
        released_at=now(),
        previous_hash=chain.head(session),
    )
    figure.own_hash = chain.seal(figure)
    session.add(figure)
    session.flush()
    return figure
