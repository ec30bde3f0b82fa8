"""What the reach page shows, put together from released figures and from nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from advocacy.reach.chart import draw
from advocacy.reach.chart_frame import Point
from advocacy.reach.display import Shown
from advocacy.reach.models import Metric
from advocacy.reach.queries import ReleasedWindow
from advocacy.reach.tables import Table
from advocacy.reach.words import (
    about,
    chart_words,
    metric_title,
    short_name,
    window_name,
)
from advocacy.web.formats import number


@dataclass(frozen=True)
class Row:
    """One line of the table behind a chart."""

    window: str
    figure: Shown
    heads: int


@dataclass(frozen=True)
class Series:
    """One metric over time."""

    metric: Metric
    title: str
    last: Shown
    chart: Markup
    rows: list[Row]  # latest first


@dataclass(frozen=True)
class ReachPage:
    """Everything on the page."""

    window: str
    first_window: str
    table: Table
    heads: int
    method_version: int
    series: list[Series]


def reach_page(windows: Sequence[ReleasedWindow]) -> ReachPage:
    """The page for at least one released window, oldest first."""
    last = windows[-1]
    return ReachPage(
        window=window_name(last.window, last.table.rhythm),
        first_window=window_name(windows[0].window, windows[0].table.rhythm),
        table=last.table,
        heads=last.heads,
        method_version=last.method_version,
        series=[_series(metric, windows) for metric in Metric],
    )


def _series(metric: Metric, windows: Sequence[ReleasedWindow]) -> Series:
    points = [
        Point(
            short_name(one.window, one.table.rhythm),
            figure.value,
            figure.margin,
            str(one.window.start.year),
        )
        for one in windows
        for figure in [one.figures[metric]]
    ]
    rows = [
        Row(window_name(one.window, one.table.rhythm), one.figures[metric], one.heads)
        for one in reversed(windows)
    ]
    return Series(
        metric=metric,
        title=metric_title(metric),
        last=windows[-1].figures[metric],
        chart=draw(points, chart_words(metric, windows), number),
        rows=rows,
    )


def csv_rows(windows: Sequence[ReleasedWindow], header: list[str]) -> list[list[str]]:
    """The page's two tables as lines of one file: the same windows, the same values."""
    rows = [header]
    for metric in Metric:
        for one in reversed(windows):
            figure = one.figures[metric]
            rows.append(
                [
                    metric_title(metric),
                    window_name(one.window, one.table.rhythm),
                    about(figure) if figure.value is None else str(figure.value),
                    str(figure.margin),
                    str(one.heads),
                ]
            )
    return rows
