"""What may be asked for: higher than what holds, and not so high that nothing is left."""

from dataclasses import dataclass

from advocacy.reach.models import Metric
from advocacy.reach.tables import HEADS_STEP, TABLES, Table

MOST_TIMES_SIGMA = 10


@dataclass(frozen=True)
class Wish:
    """Higher numbers for one figure; what is None stays. The floor is the table's."""

    table: str
    metric: str
    floor: int | None = None
    sigma: int | None = None


@dataclass(frozen=True)
class Bounds:
    """The highest numbers that leave anything to show."""

    floor: int  # as many colleagues as there are, to the next ten
    sigma: int
    margin_fits: bool  # the bound of sigma is not what the largest figure could be


class WishRefused(Exception):
    """It cannot be proposed.

    `problems` are codes by field: "unknown" or "waiting" of the table, "missing",
    "not_raised" or "too_high" of the floor and of sigma, the last with its `bounds`.
    """

    def __init__(self, problems: dict[str, str], bounds: Bounds | None = None) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems
        self.bounds = bounds


def bounds(table: str, metric: str, people: int) -> Bounds:
    """For an organisation of so many. To the next ten, as heads are shown: nobody counts
    them by trying.

    A margin (2 sigma) of more than everybody together can add up to shows nothing ever.
    """
    floor = -(-people // HEADS_STEP) * HEADS_STEP
    measure = TABLES[table].measure(metric)
    all_that_can_be = measure.cap * floor // 2
    most = MOST_TIMES_SIGMA * measure.sigma
    return Bounds(floor, min(most, all_that_can_be), most <= all_that_can_be)


def has(table: Table, metric: str) -> bool:
    """Whether the table has such a figure."""
    return metric in {measure.metric for measure in table.measures}


def raises_nothing(table: Table, wish: Wish) -> dict[str, str]:
    """What of the wish is not above `table`, as it would be in force without it."""
    sigma = table.measure(Metric(wish.metric)).sigma
    said = {"floor": (wish.floor, table.floor), "sigma": (wish.sigma, sigma)}
    return {
        field: "not_raised"
        for field, (wanted, standing) in said.items()
        if wanted is not None and wanted <= standing
    }


def problems(table: Table, wish: Wish, most: Bounds) -> dict[str, str]:
    """All that keeps the wish from being proposed, as codes by field."""
    if wish.floor is None and wish.sigma is None:
        return {"floor": "missing", "sigma": "missing"}
    said = {"floor": (wish.floor, most.floor), "sigma": (wish.sigma, most.sigma)}
    high = {
        field: "too_high"
        for field, (wanted, bound) in said.items()
        if wanted is not None and wanted > bound
    }
    return high | raises_nothing(table, wish)
