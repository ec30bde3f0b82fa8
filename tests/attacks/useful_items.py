"""How useful the figures of items are: how many are shown, how far off, how well ranked."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median

from advocacy.reach.display import item_shown
from advocacy.reach.tables import CLICKS_SHOWN_FROM
from tests.advocacy.reach.conftest import SeededCoin
from tests.attacks.as_promised import PARTS, differ, more_than, of_other_noise
from tests.attacks.item_figures import SHARES, VISITS, released_item
from tests.attacks.item_year import ItemYear, items_of
from tests.attacks.lengths import Lengths
from tests.attacks.utility import AGAIN, DRAWS, middle_and_nine, percent, with_number
from tests.attacks.world import ITEMS_A_MONTH, people


@dataclass(frozen=True)
class ItemPromise:
    """A line of privacy.md 1.5 on items; in per cent but `order`, None where it says
    nothing.
    """

    shares_shown: int
    enough_shares: int
    shares_error: int | None
    visits_error: int
    visits_error_90: int
    best_right: int | None = None
    order: float | None = None
    true: int | None = None


PROMISED = {
    500: ItemPromise(66, 30, 11, 25, 71, true=15),
    1_000: ItemPromise(86, 67, 6, 18, 54),
    5_000: ItemPromise(99, 97, 1, 4, 16, 82, 0.96),
}
SIGMA_SHARES, SIGMA_VISITS = 3, 30  # privacy.md 1.5
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
    more: bool  # than promised, in an error
    far_off: bool  # not of the promised noise

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
    of_shares, of_visits = errors_of(items)
    shares, _ = middle_and_nine(of_shares)
    visits, visits_90 = middle_and_nine(of_visits)
    shown = [one.figures for one in items]
    promise = PROMISED[heads]
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
        more=any(
            more_than(errors, promised, part)
            for errors, promised, part in (
                (of_shares, promise.shares_error, PARTS[0]),
                (of_visits, promise.visits_error, PARTS[0]),
                (of_visits, promise.visits_error_90, PARTS[1]),
            )
        ),
        far_off=_of_other_noise(items, coin),
    )


Shown = tuple[int | None, int | None]


def _sums(item: ItemYear) -> tuple[int, int]:
    """Of shares and of visits, after the caps."""
    visits = sum(min(one, VISITS.cap) for one in item.counted.values())
    return len(item.counted) * SHARES.cap, visits


def errors_of(items: Sequence[ItemYear]) -> tuple[list[float], list[float]]:
    """Of the shares and of the visits that are shown."""
    return _errors(
        items, [[(one.figures.shares_shown, one.figures.visits_shown)] for one in items]
    )


def _errors(
    items: Sequence[ItemYear], shown: Sequence[Sequence[Shown]]
) -> tuple[list[float], list[float]]:
    found: tuple[list[float], list[float]] = ([], [])
    for item, several in zip(items, shown, strict=True):
        for both in several:
            for errors, value, true in zip(found, both, _sums(item), strict=True):
                if value is not None and true:
                    errors.append(abs(value - true) / true)
    return found


def _of_other_noise(items: Sequence[ItemYear], coin: SeededCoin) -> bool:
    """Than that of privacy.md 1.5: in the errors, or in how many are shown."""
    expected = [
        [_as_promised(*_sums(one), coin) for _ in range(AGAIN)] for one in items
    ]
    measured = [[_released(one, coin) for _ in range(DRAWS)] for one in items]
    ours, theirs = _errors(items, measured), _errors(items, expected)
    return any(
        of_other_noise(ours[n], theirs[n])
        or differ(
            *with_number([[one[n] for one in several] for several in measured]),
            *with_number([[one[n] for one in several] for several in expected]),
        )
        for n in (0, 1)
    )


def _released(item: ItemYear, coin: SeededCoin) -> Shown:
    visits = list(item.counted.values())
    figures = released_item([1] * len(visits), visits, coin)
    return figures.shares_shown, figures.visits_shown


def _as_promised(shares: int, visits: int, coin: SeededCoin) -> Shown:
    noise = coin.random.gauss
    return item_shown(
        shares + round(noise(0, SIGMA_SHARES)), visits + round(noise(0, SIGMA_VISITS))
    )


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
