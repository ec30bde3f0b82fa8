"""Released figures in words: names of windows, "about 80", "too few to show"."""

from collections.abc import Sequence

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import gettext as _

from advocacy.reach.chart import Words
from advocacy.reach.display import Shown
from advocacy.reach.models import Metric
from advocacy.reach.queries import ReleasedWindow
from advocacy.reach.tables import Rhythm
from advocacy.reach.windows import Window
from advocacy.web.formats import month, number


def window_name(window: Window, rhythm: Rhythm) -> str:
    """ "October 2026", "4th quarter 2026", "week of 5 October 2026"."""
    match rhythm:
        case Rhythm.MONTH:
            return month(window.start)
        case Rhythm.QUARTER:
            return format_date(window.start, "QQQQ y", locale=get_locale())
        case Rhythm.WEEK:
            day = format_date(window.start, "d MMMM y", locale=get_locale())
            return _("week of %(day)s", day=day)


def short_name(window: Window, rhythm: Rhythm) -> str:
    """ "Oct", "Q4", "5 Oct": as short as the axis of a chart wants it."""
    patterns = {Rhythm.MONTH: "LLL", Rhythm.QUARTER: "QQQ", Rhythm.WEEK: "d MMM"}
    name = format_date(window.start, patterns[rhythm], locale=get_locale())
    return name.rstrip(".")


def rhythm_name(rhythm: Rhythm) -> str:
    """What a row of the table is."""
    names = {
        Rhythm.MONTH: _("Month"),
        Rhythm.QUARTER: _("Quarter"),
        Rhythm.WEEK: _("Week"),
    }
    return names[rhythm]


def rhythm_title(rhythm: Rhythm) -> str:
    """What a row of figures over time is called."""
    names = {
        Rhythm.MONTH: _("Month by month"),
        Rhythm.QUARTER: _("Quarter by quarter"),
        Rhythm.WEEK: _("Week by week"),
    }
    return names[rhythm]


def metric_title(metric: Metric) -> str:
    """What a figure counts."""
    names = {
        Metric.SHARERS: _("Colleagues who shared something"),
        Metric.CLICKS: _("Visits to what they shared"),
    }
    return names[metric]


def about(figure: Shown) -> str:
    """ "80", or why there is no number."""
    return _("too few to show") if figure.value is None else number(figure.value)


def chart_words(metric: Metric, windows: Sequence[ReleasedWindow]) -> Words:
    """Everything a chart says: its name, its finding, and the last figure aloud."""
    last = windows[-1].figures[metric]
    said = "" if last.value is None else _("about %(number)s", number=about(last))
    return Words(
        name=metric.value,
        title=metric_title(metric),
        finding=finding(metric, windows),
        last=said,
        last_margin=f"± {number(last.margin)}",
    )


def finding(metric: Metric, windows: Sequence[ReleasedWindow]) -> str:
    """The chart in one sentence, for who cannot see it."""
    told = [one for one in windows if one.figures[metric].value is not None]
    if not told:
        return _("In every period there were too few to show.")
    first, last = _about_when(metric, told[0]), _about_when(metric, told[-1])
    if len(told) == 1:
        return _("%(figure)s. The table below has the same.", figure=_capital(last))
    return _(
        "From %(first)s to %(last)s. The table below has every figure.",
        first=first,
        last=last,
    )


def _about_when(metric: Metric, one: ReleasedWindow) -> str:
    figure = one.figures[metric]
    return _(
        "about %(number)s in %(window)s, give or take %(margin)s",
        number=about(figure),
        window=window_name(one.window, one.table.rhythm),
        margin=number(figure.margin),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
