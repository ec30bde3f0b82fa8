"""What pages of figures show, put together from released figures and from nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from advocacy.reach.chart import draw
from advocacy.reach.chart_frame import Point
from advocacy.reach.queries import Figure
from advocacy.reach.sentences import chart_words, notice, sentence
from advocacy.reach.series import Series, by_rhythm, series_in, year_of_window
from advocacy.reach.tables import Rhythm
from advocacy.reach.windows import Window
from advocacy.reach.words import (
    about,
    group_name,
    is_put_together,
    metric_title,
    rhythm_in_years,
    rhythm_name,
    rhythm_title,
    short_name,
    window_name,
)
from advocacy.reach.years import Years, side_by_side
from advocacy.web.formats import number

MOST_POINTS = 24  # of the long chart; those before are in the years side by side


@dataclass(frozen=True)
class Row:
    """One line of the table behind a chart."""

    window: str
    about: str
    margin: int
    heads: int
    notice: str


@dataclass(frozen=True)
class Block:
    """One metric over time, in all the forms it is shown in."""

    key: str
    title: str
    when: str  # "September 2025 to October 2026"
    figures: list[Figure]  # latest first
    chart: Markup
    has_gaps: bool  # in the chart
    rows: list[Row]  # latest first
    years: Years | None


@dataclass(frozen=True)
class Section:
    """All there is in windows of one length."""

    rhythm: str  # "month"
    title: str
    in_years: str  # "Months of each year"
    row_name: str
    window: str  # the latest
    sentences: list[str]  # of the latest figures
    latest: list[Figure]
    blocks: list[Block]


def sections(figures: Iterable[Figure]) -> list[Section]:
    """The figures of one group, weeks before months before quarters."""
    return [
        _section(found) for _rhythm, found in by_rhythm(series_in(figures)) if found
    ]


def in_order(figures: Iterable[Figure]) -> list[Figure]:
    """The same, as they stand in the tables of the page."""
    return [
        one
        for section in sections(figures)
        for block in section.blocks
        for one in block.figures
    ]


def _section(found: Sequence[Series]) -> Section:
    newest = max(one.last.window for one in found)
    latest = [one.last for one in found if one.last.window == newest]
    rhythm = found[0].rhythm
    return Section(
        rhythm=rhythm.value,
        title=rhythm_title(rhythm),
        in_years=rhythm_in_years(rhythm),
        row_name=rhythm_name(rhythm),
        window=window_name(newest, rhythm),
        sentences=[sentence(one) for one in latest],
        latest=latest,
        blocks=[_block(one) for one in found],
    )


def _block(series: Series) -> Block:
    rhythm = series.rhythm
    drawn = [_point(*one, rhythm) for one in series.windows[-MOST_POINTS:]]
    names = [window_name(one.window, rhythm) for one in series.figures]
    return Block(
        key=series.key,
        title=metric_title(series.metric),
        when=names[0] if len(names) == 1 else f"{names[0]} – {names[-1]}",
        figures=list(reversed(series.figures)),
        chart=draw(drawn, chart_words(Series(series.figures[-MOST_POINTS:])), number),
        has_gaps=any(one.value is None for one in drawn),
        rows=[_row(one) for one in reversed(series.figures)],
        years=side_by_side(series),
    )


def _point(window: Window, figure: Figure | None, rhythm: Rhythm) -> Point:
    """Without a figure the line is broken, as where there are too few to show."""
    name, year = short_name(window, rhythm), str(year_of_window(window, rhythm))
    if figure is None:
        return Point(name, None, 0, year)
    return Point(name, figure.value, figure.margin, year)


def _row(figure: Figure) -> Row:
    return Row(
        window=window_name(figure.window, figure.table.rhythm),
        about=about(figure),
        margin=figure.margin,
        heads=figure.heads,
        notice=notice(figure),
    )


@dataclass(frozen=True)
class OwnPart:
    """One group that one's own unit is in, as it was measured last."""

    key: str
    name: str
    heads: int
    is_put_together: bool
    latest: list[Figure]
    sentences: list[str]


def own_parts(figures: Sequence[Figure]) -> list[OwnPart]:
    """The smallest group first, and only groups of the latest windows: figures of those
    before are on the groups' own pages.
    """
    newest = {
        (one.last.table.rhythm, one.last.metric): one.last.window
        for one in sorted(series_in(figures), key=lambda one: one.last.window)
    }
    latest: dict[str, list[Figure]] = {}
    for one in figures:
        if one.window == newest[one.table.rhythm, one.metric]:
            latest.setdefault(one.group, []).append(one)
    parts = [
        OwnPart(
            key=key,
            name=group_name(found[-1].name),
            heads=found[-1].heads,
            is_put_together=is_put_together(found[-1].name),
            latest=found,
            sentences=[sentence(one) for one in found],
        )
        for key, found in latest.items()
    ]
    return sorted(parts, key=lambda one: (one.heads, one.name.casefold(), one.key))
