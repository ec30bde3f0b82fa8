"""The calendar years of a series side by side: small charts on one scale, and a table."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from advocacy.reach.chart import Words, draw_small
from advocacy.reach.chart_frame import Point
from advocacy.reach.queries import Figure
from advocacy.reach.sentences import finding
from advocacy.reach.series import Series, place_in_year
from advocacy.reach.tables import Rhythm
from advocacy.reach.words import about, metric_title
from advocacy.web.formats import number

PLACES = {Rhythm.WEEK: 53, Rhythm.MONTH: 12, Rhythm.QUARTER: 4}


@dataclass(frozen=True)
class YearRow:
    """One week, month or quarter: what each year says of it, with its margin; empty where
    there is none.
    """

    name: str
    cells: list[str]


@dataclass(frozen=True)
class Years:
    """At least two years of one series."""

    title: str
    years: list[int]
    charts: list[Markup]
    has_gaps: bool  # in any of them
    rows: list[YearRow]


def side_by_side(series: Series) -> Years | None:
    """None when there is only one year yet."""
    years = series.years
    if len(years) < 2:
        return None
    places = PLACES[series.rhythm]
    found = [{place_in_year(one): one for one in figures} for _, figures in years]
    if not any(places in one for one in found):
        places = max(place for one in found for place in one)
    spots = range(1, places + 1)
    points = [[_point(series.rhythm, n, one.get(n)) for n in spots] for one in found]
    together = [point for one in points for point in one]
    return Years(
        title=metric_title(series.metric),
        years=[year for year, _ in years],
        charts=[
            draw_small(drawn, _words(series, year, figures), number, together)
            for (year, figures), drawn in zip(years, points, strict=True)
        ],
        has_gaps=any(point.value is None for point in together),
        rows=[
            YearRow(
                _place_name(series.rhythm, n),
                [_cell(one.get(n)) for one in found],
            )
            for n in spots
        ],
    )


def _point(rhythm: Rhythm, place: int, figure: Figure | None) -> Point:
    short = _place_name(rhythm, place, short=True)
    if figure is None:
        return Point(short, None, 0)
    return Point(short, figure.value, figure.margin)


def _words(series: Series, year: int, figures: tuple[Figure, ...]) -> Words:
    return Words(
        name=f"{series.key}-{year}",
        title=f"{metric_title(series.metric)}, {year}",
        finding=finding(Series(figures)),
        last="",
        last_margin="",
    )


def _cell(figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return "" if figure is None else about(figure)
    return f"{about(figure)} ± {number(figure.margin)}"


def _place_name(rhythm: Rhythm, place: int, *, short: bool = False) -> str:
    """ "October", "4th quarter", "week 41"; of no year."""
    if rhythm is Rhythm.WEEK:
        return str(place) if short else _("week %(number)s", number=place)
    if rhythm is Rhythm.MONTH:
        day, pattern = date(2000, place, 1), "LLL" if short else "LLLL"
    else:
        day, pattern = date(2000, 3 * place - 2, 1), "QQQ" if short else "QQQQ"
    return format_date(day, pattern, locale=get_locale()).rstrip(".")
