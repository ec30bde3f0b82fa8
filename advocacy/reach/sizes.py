"""What a whole year of an organisation's tables costs one person, by its size.

A figure costs (cap / sigma)². Costs add up, and `ledger.best_guess` says what somebody
makes of them who knows everything about everybody else.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from advocacy.reach.models import Metric
from advocacy.reach.tables import ITEMS_A_MONTH, PLAN, Level, Measure, Size
from advocacy.reach.windows import windows_beginning


@dataclass(frozen=True)
class YearCosts:
    """Of somebody at the cap in every window; nobody pays more."""

    taking_part: Fraction  # what YEARLY_LIMIT is about
    visits: Fraction  # if all others hand over their own numbers
    items: Fraction  # visits to ITEMS_A_MONTH items a month, in the same way


def cost_of(measure: Measure) -> Fraction:
    """What one figure costs somebody who adds as much as one person can."""
    return Fraction(measure.cap, measure.sigma) ** 2


def year_costs(size: Size, year: int) -> YearCosts:
    """The costs of all windows that begin in a year, if it is of this size throughout."""
    first = date(year, 1, 1)
    days = [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]
    costs = dict.fromkeys(Metric, Fraction(0))
    for table in (table for day in days for table, _ in windows_beginning(day, size)):
        for measure in table.measures:
            costs[measure.metric] += cost_of(measure)
    items = [table for table in PLAN[size] if table.level is Level.ITEM]
    return YearCosts(
        taking_part=costs[Metric.SHARERS],
        visits=costs[Metric.CLICKS],
        items=sum(
            (12 * ITEMS_A_MONTH * cost_of(one.measure(Metric.CLICKS)) for one in items),
            Fraction(0),
        ),
    )
