"""How useful the figures of items are: how many are shown, how far off, how well ranked."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median

from advocacy.reach.tables import CLICKS_SHOWN_FROM
from tests.attacks.item_figures import SHARES, VISITS
from tests.attacks.item_year import ItemYear, items_of
from tests.attacks.lengths import Lengths
from tests.attacks.utility import middle_and_nine, percent
from tests.attacks.world import ITEMS_A_MONTH, people

PROMISED = {500: "66 / 30", 1_000: "86 / 67", 5_000: "99 / 97"}
TOP = 5
IN_A_QUARTER = 3 * ITEMS_A_MONTH
# A year of 5,000 colleagues says as much as ten of 500.
YEARS_FOR = {500: 1.0, 1_000: 0.5, 5_000: 0.1}


@dataclass(frozen=True)
class UsefulItems:
    """Of all items of the simulated years; in per cent but `true` and `order`."""

    staff: int
    true: float  # shares, the median
    shares_shown: float
    enough_shares: float  # for their visits to be shown, were those enough
    visits_shown: float
    shares_error: float | None
    visits_error: float | None
    visits_error_90: float | None
    best_right: (
        float  # how many of a quarter's five best items are among the five shown best
    )
    order: float  # rank correlation of shown visits with all visits in a quarter
    promise: str  # shares shown, and enough of them for visits

    def as_row(self) -> dict[str, object]:
        """For a file that pages read."""
        return asdict(self)


def useful_items(lengths: Lengths) -> list[UsefulItems]:
    """By number of colleagues."""
    return [_of(heads, lengths) for heads in PROMISED]


def _of(heads: int, lengths: Lengths) -> UsefulItems:
    coin = lengths.coin("items", heads)
    items: list[ItemYear] = []
    for _ in range(max(1, round(lengths.useful_years * YEARS_FOR[heads]))):
        items += items_of(people(coin.random, heads), coin)
    quarters = [items[n : n + IN_A_QUARTER] for n in range(0, len(items), IN_A_QUARTER)]
    shares, _ = middle_and_nine(_errors_of_shares(items))
    visits, visits_90 = middle_and_nine(_errors_of_visits(items))
    shown = [one.figures for one in items]
    return UsefulItems(
        staff=heads,
        true=median(len(one.by_person) for one in items),
        shares_shown=percent(
            sum(one.shares_shown is not None for one in shown), len(items)
        ),
        enough_shares=percent(
            sum(one.shares >= CLICKS_SHOWN_FROM for one in shown), len(items)
        ),
        visits_shown=percent(
            sum(one.visits_shown is not None for one in shown), len(items)
        ),
        shares_error=shares,
        visits_error=visits,
        visits_error_90=visits_90,
        best_right=percent(sum(map(_best_right, quarters)), TOP * len(quarters)),
        order=sum(map(_order, quarters)) / len(quarters),
        promise=PROMISED[heads],
    )


def _errors_of_shares(items: Sequence[ItemYear]) -> list[float]:
    return [
        abs(value - len(one.counted) * SHARES.cap) / len(one.counted)
        for one in items
        if (value := one.figures.shares_shown) is not None and one.counted
    ]


def _errors_of_visits(items: Sequence[ItemYear]) -> list[float]:
    return [
        abs(value - capped) / capped
        for one in items
        for capped in [sum(min(each, VISITS.cap) for each in one.counted.values())]
        if (value := one.figures.visits_shown) is not None and capped
    ]


def _all_visits(item: ItemYear) -> int:
    return sum(item.by_person.values())


def _as_shown(item: ItemYear) -> int:
    """What is not shown is less than anything."""
    return -1 if item.figures.visits_shown is None else item.figures.visits_shown


def _best_right(quarter: Sequence[ItemYear]) -> int:
    places = range(len(quarter))
    really = sorted(places, key=lambda n: -_all_visits(quarter[n]))[:TOP]
    shown = sorted(places, key=lambda n: -_as_shown(quarter[n]))[:TOP]
    return len({*really} & {*shown})


def _order(quarter: Sequence[ItemYear]) -> float:
    """Spearman's rank correlation; 0 where all are alike."""
    one = _ranks([_all_visits(item) for item in quarter])
    other = _ranks([_as_shown(item) for item in quarter])
    middle = (len(quarter) - 1) / 2
    both = sum((a - middle) * (b - middle) for a, b in zip(one, other, strict=True))
    spread = sum((a - middle) ** 2 for a in one) * sum((b - middle) ** 2 for b in other)
    return both / spread**0.5 if spread else 0.0


def _ranks(values: Sequence[int]) -> list[float]:
    """From 0; the same for equals."""
    order = sorted(values)
    first = {value: n for n, value in reversed(list(enumerate(order)))}
    return [first[value] + (order.count(value) - 1) / 2 for value in values]
