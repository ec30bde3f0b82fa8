"""How useful the figures are: simulated years, beside the promise of privacy.md 1.5."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from statistics import mean, median, quantiles

from advocacy.reach.display import shown_values
from advocacy.reach.models import Metric
from advocacy.reach.tables import TABLES, Measure, Size, Table
from advocacy.reach.windows import Window
from tests.advocacy.reach.conftest import SeededCoin
from tests.attacks.as_promised import PARTS, differ, more_than, of_other_noise
from tests.attacks.guessing import ONE, released
from tests.attacks.lengths import Lengths
from tests.attacks.world import amounts, figures_of_a_year, people

S, C = Metric.SHARERS, Metric.CLICKS
DRAWS = 5  # of each sum, by the release: the more, the less can other noise hide
AGAIN = 10  # of a bell curve as wide as was promised, to compare with


@dataclass(frozen=True)
class Promise:
    """A line of the table in privacy.md 1.5; in per cent, None where it says nothing."""

    staff: int
    table: str
    metric: Metric
    heads: int  # of the group
    sigma: int
    error: int | None = None
    error_90: int | None = None
    cut_off: int | None = None
    true: int | None = None

    @property
    def name(self) -> str:
        return f"{self.table} of {self.heads:,}, {self.metric.value}"


PROMISES = (
    Promise(50, "organisation-small", S, 50, 3, 22, 50, 0, 11),
    Promise(50, "organisation-small", C, 50, 60, 26, 76, 34, 242),
    Promise(500, "organisation", S, 500, 6, 6, 14, 0, 78),
    Promise(500, "unit", S, 100, 5, 17, 43, 0, 22),
    Promise(500, "organisation", C, 500, 80, 7, 18, 17, 886),
    Promise(500, "unit-clicks", C, 250, 120, 10, 28, 33, 1_315),
    Promise(1_000, "organisation", S, 1_000, 6),
    Promise(1_000, "organisation", C, 1_000, 80),
    Promise(5_000, "organisation-large", S, 5_000, 14, 4, 6, 0, 322),
    Promise(5_000, "division", S, 500, 8, 7, 16, 0, 79),
    Promise(5_000, "organisation-large", C, 5_000, 40, 1, 3, 18, 2_068),
    Promise(5_000, "division", C, 500, 120, 11, 28, 21, 877),
    Promise(5_000, "unit-large", S, 100, 6),
)


@dataclass(frozen=True)
class Useful:
    """What came out of all windows of the simulated years, in per cent."""

    staff: int
    what: str
    true: float  # the median, before the cap
    error: float | None  # of what is shown, against the capped sum: the median
    error_90: float | None  # and what nine of ten do not pass
    cut_off: float  # by the cap
    shown: float  # of the cells
    promise: str
    more: bool  # than promised, in the median or the 90th percentile
    far_off: bool  # not of the promised noise, or the median half more than promised

    def as_row(self) -> dict[str, object]:
        """For a file that pages read."""
        return asdict(self)


def useful_figures(lengths: Lengths) -> list[Useful]:
    """Each line of the promise, measured through the release's own drawing and showing."""
    return [_measured(promise, lengths) for promise in PROMISES]


@dataclass
class Cells:
    """What windows gave: the sums, each with what was shown of it, drawn several times."""

    true: list[int] = field(default_factory=list)
    capped: list[int] = field(default_factory=list)
    shown: list[list[int | None]] = field(default_factory=list)
    expected: list[list[int | None]] = field(default_factory=list)  # as promised

    def add(
        self, ours: Sequence[int], promise: Promise, measure: Measure, coin: SeededCoin
    ) -> None:
        """`measure` is the release's own; the bell curve is as wide as privacy.md says."""
        table, capped = (
            TABLES[promise.table],
            sum(min(one, measure.cap) for one in ours),
        )
        bell = replace(measure, sigma=promise.sigma)
        self.true.append(sum(ours))
        self.capped.append(capped)
        self.shown.append(
            [released(ours, table, measure, coin)[1] for _ in range(DRAWS)]
        )
        noisy = (
            capped + round(coin.random.gauss(0, promise.sigma)) for _ in range(AGAIN)
        )
        self.expected.append(
            [shown_values(table, bell, {ONE: one}, {})[ONE] for one in noisy]
        )

    def errors(self, shown: Sequence[Sequence[int | None]]) -> list[float]:
        """Of those that have a number."""
        return [
            abs(value - capped) / capped
            for values, capped in zip(shown, self.capped, strict=True)
            for value in values
            if value is not None and capped
        ]


def _measured(promise: Promise, lengths: Lengths) -> Useful:
    coin = lengths.coin("utility", promise.name)
    table = TABLES[promise.table]
    measure = table.measure(promise.metric)
    windows = [one for size in Size for one in _windows(size, table)]
    cells = Cells()
    for _ in range(lengths.useful_years):
        persons = people(coin.random, promise.heads)
        for ours in amounts(promise.metric, persons, windows).values():
            cells.add(ours, promise, measure, coin)
    return _told(promise, cells)


def _windows(size: Size, table: Table) -> list[Window]:
    return [window for one, window in figures_of_a_year(size) if one is table]


def _told(promise: Promise, cells: Cells) -> Useful:
    errors, expected = cells.errors(cells.shown), cells.errors(cells.expected)
    middle, nine = middle_and_nine(errors)
    shown, all_ = with_number(cells.shown)
    return Useful(
        staff=promise.staff,
        what=promise.name,
        true=median(cells.true),
        error=middle,
        error_90=nine,
        cut_off=mean(
            100 - percent(capped, true)
            for capped, true in zip(cells.capped, cells.true, strict=True)
            if true
        ),
        shown=percent(shown, all_),
        promise=_words(promise),
        more=any(
            more_than(errors, promised, part)
            for promised, part in zip(
                (promise.error, promise.error_90), PARTS, strict=True
            )
        ),
        far_off=of_other_noise(errors, expected)
        or differ(shown, all_, *with_number(cells.expected))
        or _half_more(middle, promise.error),
    )


def with_number(values: Sequence[Sequence[int | None]]) -> tuple[int, int]:
    """How many there are, and of how many."""
    found = [value is not None for several in values for value in several]
    return sum(found), len(found)


def _half_more(middle: float | None, promised: int | None) -> bool:
    """Or less. The promise is rounded, and was measured on other invented colleagues."""
    if promised is None:
        return False
    return middle is None or abs(middle - promised) > promised / 2 + 0.5


def _words(promise: Promise) -> str:
    if promise.error is None:
        return "–"
    cut_off = f"; cap {promise.cut_off} %" if promise.cut_off else ""
    return f"{promise.true:,}: {promise.error} / {promise.error_90} %{cut_off}"


def middle_and_nine(errors: Sequence[float]) -> tuple[float | None, float | None]:
    """The median and the 90th percentile, in per cent."""
    if len(errors) < 2:
        return None, None
    return 100 * median(errors), 100 * quantiles(errors, n=10)[8]


def percent(part: float, whole: float) -> float:
    return 100 * part / whole if whole else 0.0
