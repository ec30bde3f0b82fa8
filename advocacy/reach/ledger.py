"""What figures on taking part have cost one person this year, and the end of it.

The cost of a figure is 1 / sigma²; costs add up, whatever figures they are of, and with
them what somebody who reads all of them can find out at best (privacy.md 1.5).
"""

from datetime import date
from fractions import Fraction
from statistics import NormalDist

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.reach.models import LedgerEntry, Metric
from advocacy.reach.quarters import size_on
from advocacy.reach.tables import (
    MOST_EDITIONS,
    PLAN,
    YEARLY_LIMIT,
    Measure,
    Table,
)
from advocacy.reach.windows import Window, whole_window

# What there was before quarters had a size: tables of the whole organisation.
BEFORE_SIZES = {tables[0].name for tables in PLAN.values()}


class NotBooked(Exception):
    """There is no release; whoever began one commits nothing."""


class BudgetSpent(NotBooked):
    """One release more would break the yearly promise."""


class NotPlanned(NotBooked):
    """The figure is not one of its quarter's, or was paid before."""


def cost(sigma: int) -> Fraction:
    """What one figure costs."""
    return Fraction(1, sigma * sigma)


def spent(session: Session, year: int) -> Fraction:
    """What the figures on taking part have cost so far, of windows that began then."""
    sigmas = session.scalars(
        select(LedgerEntry.sigma).where(
            LedgerEntry.year == year, LedgerEntry.metric == Metric.SHARERS
        )
    )
    return sum((cost(sigma) for sigma in sigmas), Fraction(0))


def book(  # noqa: PLR0913 (each is one part of what is booked)
    session: Session,
    table: Table,
    measure: Measure,
    window: Window,
    edition: int = 1,
    *,
    forgotten: Fraction = Fraction(0),
) -> None:
    """Write the cost down before the figure exists. Raises NotPlanned, BudgetSpent.

    Replacing a figure, which makes its next `edition`, is paid like any. Figures of
    visits are booked too, but only taking part has a limit. `forgotten` is what the
    ledger does not know of that year (`unbooked.py`).
    """
    _check_plan(session, table, measure, window, edition)
    year = window.start.year
    if measure.metric is Metric.SHARERS:
        after = spent(session, year) + forgotten + cost(measure.sigma)
        if after > YEARLY_LIMIT:
            raise BudgetSpent("the year would cost more than it may")
    session.add(
        LedgerEntry(
            year=year,
            table=table.name,
            metric=measure.metric,
            window_start=window.start,
            edition=edition,
            sigma=measure.sigma,
            cap=measure.cap,
        )
    )
    session.flush()


def _check_plan(
    session: Session, table: Table, measure: Measure, window: Window, edition: int
) -> None:
    """Whole windows of one table never share a day, so one more than planned is one of
    those that were paid, or none at all.
    """
    if window != whole_window(table.rhythm, window.start):
        raise NotPlanned("it is not one of the table's windows")
    if not _in_the_quarter(session, table, window.start):
        raise NotPlanned("the table is for organisations of another size")
    if edition > MOST_EDITIONS:
        raise NotPlanned("a figure is replaced once at most")
    booked = select(func.max(LedgerEntry.edition)).where(
        LedgerEntry.table == table.name,
        LedgerEntry.metric == measure.metric,
        LedgerEntry.window_start == window.start,
    )
    if edition != (session.scalar(booked) or 0) + 1:
        raise NotPlanned("it was paid before, or it replaces what never was")


def _in_the_quarter(session: Session, table: Table, start: date) -> bool:
    """Whether the quarter has this table. Quarters had no size before there were tables
    of units: their windows keep the table they were opened with.
    """
    size = size_on(session, start)
    if size is None:
        return table.name in BEFORE_SIZES
    return table.name in {one.name for one in PLAN[size]}


def best_guess(costs: Fraction) -> float:
    """How often somebody guesses right at best who knows about all the others.

    They read every figure that was paid from `costs`, and want to know of one colleague
    whether they took part. 0.5 is a coin.
    """
    return NormalDist().cdf(float(costs) ** 0.5 / 2)
