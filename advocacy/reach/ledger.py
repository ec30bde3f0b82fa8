"""What figures on taking part have cost one person this year, and the end of it.

The cost of a figure is 1 / sigma²; costs add up, whatever figures they are of, and with
them what somebody who reads all of them can find out at best (privacy.md 1.5).
"""

from fractions import Fraction
from statistics import NormalDist

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.reach.models import LedgerEntry, Metric
from advocacy.reach.tables import YEARLY_LIMIT, Measure, Table
from advocacy.reach.windows import Window


class BudgetSpent(Exception):
    """One release more would break the yearly promise, so there is none."""


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


def book(session: Session, table: Table, measure: Measure, window: Window) -> None:
    """Write the cost down before the figure exists. Raises BudgetSpent.

    Figures of visits are booked too, but only taking part has a limit.
    """
    year = window.start.year
    if measure.metric is Metric.SHARERS:
        after = spent(session, year) + cost(measure.sigma)
        if after > YEARLY_LIMIT:
            raise BudgetSpent
    session.add(
        LedgerEntry(
            year=year,
            table=table.name,
            metric=measure.metric,
            window_start=window.start,
            sigma=measure.sigma,
        )
    )
    session.flush()


def best_guess(costs: Fraction) -> float:
    """How often somebody guesses right at best who knows about all the others.

    They read every figure that was paid from `costs`, and want to know of one colleague
    whether they took part. 0.5 is a coin.
    """
    return NormalDist().cdf(float(costs) ** 0.5 / 2)
