"""Released figures in words: names of windows, metrics and groups."""

from babel.dates import format_date
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from advocacy.reach.group_names import NAMED
from advocacy.reach.models import Metric
from advocacy.reach.queries import Figure
from advocacy.reach.tables import ITEM_DAYS, Rhythm
from advocacy.reach.windows import Window
from advocacy.web.formats import month, number


def window_name(window: Window, rhythm: Rhythm) -> str:
    """ "October 2026", "4th quarter 2026", "week of 5 October 2026"; of an item
    "28 days from 3 September 2026".
    """
    match rhythm:
        case Rhythm.MONTH:
            return month(window.start)
        case Rhythm.QUARTER:
            return format_date(window.start, "QQQQ y", locale=get_locale())
        case Rhythm.WEEK:
            return _("week of %(day)s", day=_long_day(window))
        case Rhythm.ONCE:
            days = (window.end - window.start).days
            return _("%(days)s days from %(day)s", days=days, day=_long_day(window))


def during(window: Window, rhythm: Rhythm) -> str:
    """The same inside a sentence: "in October 2026", "in the week of 5 October 2026"."""
    match rhythm:
        case Rhythm.MONTH:
            return _("in %(month)s", month=month(window.start))
        case Rhythm.QUARTER:
            name = window_name(window, rhythm)
            return _("in the %(quarter)s", quarter=name)
        case Rhythm.WEEK:
            return _("in the week of %(day)s", day=_long_day(window))
        case Rhythm.ONCE:
            raise ValueError("the figures of an item go by its title")


def _long_day(window: Window) -> str:
    return format_date(window.start, "d MMMM y", locale=get_locale())


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
        Rhythm.ONCE: _("Once, %(days)s days", days=ITEM_DAYS),
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


def rhythm_in_years(rhythm: Rhythm) -> str:
    """What its years side by side are called, which may be on a page with others."""
    names = {
        Rhythm.MONTH: _("Months of each year"),
        Rhythm.QUARTER: _("Quarters of each year"),
        Rhythm.WEEK: _("Weeks of each year"),
    }
    return names[rhythm]


def metric_title(metric: Metric) -> str:
    """What a figure counts."""
    names = {
        Metric.SHARERS: _("Colleagues who shared something"),
        Metric.CLICKS: _("Visits to what they shared"),
        Metric.SHARES: _("Colleagues who shared it"),
        Metric.IMPRESSIONS: _("Times shown on LinkedIn"),
    }
    return names[metric]


def group_name(name: str) -> str:
    """What a group that is not the whole organisation is called: "Customer and Grid
    planning together"; figures of before have a list with commas, and keep it.
    """
    units = name.split("\n")
    if len(units) > NAMED:
        others = int(units[NAMED])
        return ngettext(
            "%(units)s and one other unit together",
            "%(units)s and %(many)s other units together",
            others,
            many=number(others),
            units=", ".join(units[:NAMED]),
        )
    if len(units) > 1:
        *first, last = units
        return _("%(units)s and %(last)s together", units=", ".join(first), last=last)
    return name or _("Colleagues without a unit")


def is_put_together(name: str) -> bool:
    """Whether a group's name says that it is several units."""
    return "\n" in name


def about(figure: Figure) -> str:
    """ "80", or why there is no number; the one place that says a figure on a page."""
    if not figure.stands:
        return _("not published")
    if not figure.counted:
        return _("no link")
    return _("too few to show") if figure.value is None else number(figure.value)
