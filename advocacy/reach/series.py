"""Figures of one thing over time, and the years of them side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from advocacy.reach.models import Metric
from advocacy.reach.queries import Figure
from advocacy.reach.tables import Rhythm
from advocacy.reach.windows import Window, window_of

RHYTHMS = (Rhythm.WEEK, Rhythm.MONTH, Rhythm.QUARTER)
METRICS = (Metric.SHARERS, Metric.CLICKS)


@dataclass(frozen=True)
class Series:
    """One metric of one group in windows of one length; never without a figure.

    An organisation that grows gets other tables, and the series goes on.
    """

    figures: tuple[Figure, ...]  # oldest first

    @property
    def last(self) -> Figure:
        """The latest figure, which also names the group as it is called now."""
        return self.figures[-1]

    @property
    def metric(self) -> Metric:
        """What it counts."""
        return self.last.metric

    @property
    def rhythm(self) -> Rhythm:
        """How long its windows are."""
        return self.last.table.rhythm

    @property
    def key(self) -> str:
        """Unique on a page."""
        return f"{self.last.group}-{self.metric}-{self.rhythm}"

    @property
    def windows(self) -> list[tuple[Window, Figure | None]]:
        """Every window from the first to the last, also those without a figure."""
        found = {one.window: one for one in self.figures}
        window, windows = self.figures[0].window, []
        while window.start <= self.last.window.start:
            windows.append((window, found.get(window)))
            window = window_of(self.rhythm, window.last + timedelta(days=1))
        return windows

    @property
    def years(self) -> list[tuple[int, tuple[Figure, ...]]]:
        """Its figures by calendar year; a week is of the year that has most of it."""
        return [
            (year, tuple(found)) for year, found in groupby(self.figures, key=year_of)
        ]


def series_in(figures: Iterable[Figure]) -> list[Series]:
    """The shortest windows first, then colleagues before visits."""

    def kind(one: Figure) -> tuple[int, int, str]:
        rhythm, metric = one.table.rhythm, one.metric
        return RHYTHMS.index(rhythm), METRICS.index(metric), one.group

    ordered = sorted(figures, key=lambda one: (kind(one), one.window))
    return [Series(tuple(found)) for _, found in groupby(ordered, key=kind)]


def by_rhythm(series: Sequence[Series]) -> list[tuple[Rhythm, list[Series]]]:
    """The same, with what has windows of one length together."""
    return [
        (rhythm, list(found))
        for rhythm, found in groupby(series, key=lambda one: one.rhythm)
    ]


def year_of(figure: Figure) -> int:
    """The year a figure is shown in."""
    return year_of_window(figure.window, figure.table.rhythm)


def year_of_window(window: Window, rhythm: Rhythm) -> int:
    """A week is of the year that has most of it."""
    if rhythm is Rhythm.WEEK:
        return window.start.isocalendar().year
    return window.start.year


def place_in_year(figure: Figure) -> int:
    """Which week, month or quarter of its year it is, from 1."""
    start = figure.window.start
    match figure.table.rhythm:
        case Rhythm.WEEK:
            return start.isocalendar().week
        case Rhythm.MONTH:
            return start.month
        case Rhythm.QUARTER:
            return (start.month + 2) // 3
        case Rhythm.ONCE:
            raise ValueError("what is measured once has no place in a year")
