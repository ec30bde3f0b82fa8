"""What the method promises and what it does not, in numbers worked out from the tables.

Each is how often somebody guesses right at best, a coin being 0.5 (privacy.md 1.5).
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from advocacy.reach.ledger import best_guess
from advocacy.reach.models import Metric
from advocacy.reach.sizes import cost_of, year_costs
from advocacy.reach.tables import PLAN, SIZES, Size


@dataclass(frozen=True)
class YearPromise:
    """Of an organisation that has this size for a whole year.

    `taking_part` is for whoever knows all about all others. The other two are no
    promises: all others hand over their numbers, and one is at the cap every time;
    `with_items` is None where there are no figures of items.
    """

    size: Size
    cost: Fraction
    taking_part: float
    visits: float
    with_items: float | None


@lru_cache(8)
def year_promises(year: int) -> tuple[YearPromise, ...]:
    """One for each size, smallest first."""
    return tuple(_promise(size, year) for _, size in SIZES)


def _promise(size: Size, year: int) -> YearPromise:
    costs = year_costs(size, year)
    together = costs.visits + costs.items
    return YearPromise(
        size=size,
        cost=costs.taking_part,
        taking_part=best_guess(costs.taking_part),
        visits=best_guess(costs.visits),
        with_items=best_guess(together) if costs.items else None,
    )


def one_figure_of_visits(draws: int = 1) -> float:
    """The worst of all published: one figure, and all others hand over their numbers.

    A figure that was taken back was drawn `MOST_EDITIONS` times in all.
    """
    costs = [
        cost_of(measure)
        for tables in PLAN.values()
        for table in tables
        if table.published
        for measure in table.measures
        if measure.metric is Metric.CLICKS
    ]
    return best_guess(draws * max(costs))
