"""How useful the figures are: simulated years, beside the promise of privacy.md 1.5."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import mean, median, quantiles

from advocacy.reach.models import Metric
from advocacy.reach.tables import TABLES, Size, Table
from advocacy.reach.windows import Window
from tests.attacks.guessing import released
from tests.attacks.lengths import Lengths
from tests.attacks.world import amounts, figures_of_a_year, people

S, C = Metric.SHARERS, Metric.CLICKS


@dataclass(frozen=True)
class Promise:
    """A line of the table in privacy.md 1.5; in per cent, None where it says nothing."""

    staff: int
    table: str
    metric: Metric
    heads: int  # of the group
    error: int | None = None
    error_90: int | None = None
    cut_off: int | None = None
    true: int | None = None

    @property
    def name(self) -> str:
        return f"{self.table} of {self.heads:,}, {self.metric.value}"


PROMISES = (
    Promise(50, "organisation-small", S, 50, 22, 50, 0, 11),
    Promise(50, "organisation-small", C, 50, 26, 76, 34, 242),
    Promise(500, "organisation", S, 500, 6, 14, 0, 78),
    Promise(500, "unit", S, 100, 17, 43, 0, 22),
    Promise(500, "organisation", C, 500, 7, 18, 17, 886),
    Promise(500, "unit-clicks", C, 250, 10, 28, 33, 1_315),
    Promise(1_000, "organisation", S, 1_000),
    Promise(1_000, "organisation", C, 1_000),
    Promise(5_000, "organisation-large", S, 5_000, 4, 6, 0, 322),
    Promise(5_000, "division", S, 500, 7, 16, 0, 79),
    Promise(5_000, "organisation-large", C, 5_000, 1, 3, 18, 2_068),
    Promise(5_000, "division", C, 500, 11, 28, 21, 877),
    Promise(5_000, "unit-large", S, 100),
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
    far_off: bool  # by more than half of the promised median, which is rounded

    def as_row(self) -> dict[str, object]:
        """For a file that pages read."""
        return asdict(self)


def useful_figures(lengths: Lengths) -> list[Useful]:
    """Each line of the promise, measured through the release's own drawing and showing."""
    return [_measured(promise, lengths) for promise in PROMISES]


@dataclass
class Cells:
    """What windows gave: true sum, capped sum, and what was shown."""

    true: list[int]
    capped: list[int]
    shown: list[int | None]

    def errors(self) -> list[float]:
        """Of the shown ones."""
        return [
            abs(value - capped) / capped
            for value, capped in zip(self.shown, self.capped, strict=True)
            if value is not None and capped
        ]


def _measured(promise: Promise, lengths: Lengths) -> Useful:
    coin = lengths.coin("utility", promise.name)
    table = TABLES[promise.table]
    measure = table.measure(promise.metric)
    windows = [one for size in Size for one in _windows(size, table)]
    cells = Cells([], [], [])
    for _ in range(lengths.useful_years):
        persons = people(coin.random, promise.heads)
        for ours in amounts(promise.metric, persons, windows).values():
            cells.true.append(sum(ours))
            cells.capped.append(sum(min(one, measure.cap) for one in ours))
            cells.shown.append(released(ours, table, measure, coin)[1])
    return _told(promise, cells)


def _windows(size: Size, table: Table) -> list[Window]:
    return [window for one, window in figures_of_a_year(size) if one is table]


def _told(promise: Promise, cells: Cells) -> Useful:
    middle, nine = middle_and_nine(cells.errors())
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
        shown=percent(sum(one is not None for one in cells.shown), len(cells.shown)),
        promise=_words(promise),
        far_off=promise.error is not None
        and (middle is None or abs(middle - promise.error) > promise.error / 2 + 0.5),
    )


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
