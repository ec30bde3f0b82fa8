"""Figures as sentences: "About 80 of 620 colleagues shared something in October 2026"."""

from flask_babel import gettext as _

from advocacy.reach.chart import Words
from advocacy.reach.models import Metric
from advocacy.reach.queries import Figure
from advocacy.reach.series import Series
from advocacy.reach.words import about, during, metric_title, window_name
from advocacy.web.formats import begun, number


def sentence(figure: Figure) -> str:
    """The whole figure in words, or why there is none."""
    when = during(figure.window, figure.table.rhythm)
    if not figure.stands:
        return _(
            "There is no figure %(when)s. %(reason)s", when=when, reason=_why(figure)
        )
    if figure.value is None:
        return begun(
            _(
                "%(when)s there were too few visits to show, fewer than the margin of"
                " %(margin)s.",
                when=when,
                margin=number(figure.margin),
            )
        )
    said = {
        "number": about(figure),
        "heads": number(figure.heads),
        "when": when,
        "margin": number(figure.margin),
    }
    if figure.metric is Metric.SHARERS:
        return _(
            "About %(number)s of %(heads)s colleagues shared something %(when)s, give or"
            " take %(margin)s.",
            **said,
        )
    return _(
        "About %(number)s visits to what they shared were counted %(when)s, at most"
        " %(cap)s for each colleague, give or take %(margin)s.",
        **said,
        cap=number(figure.table.measure(figure.metric).cap),
    )


def item_sentences(shares: Figure, visits: Figure) -> list[str]:
    """Both figures of an item; below a minimum there is one sentence for both."""
    if not shares.stands:
        return [_("There are no figures. %(reason)s", reason=_why(shares))]
    if shares.value is None:
        return [_("Too few colleagues shared it to show a number.")]
    shared = _(
        "About %(number)s of %(heads)s colleagues shared it, give or take %(margin)s.",
        number=about(shares),
        heads=number(shares.heads),
        margin=number(shares.margin),
    )
    if not visits.counted:
        return [shared, _("It has no link, so no visits are counted.")]
    if visits.value is None:
        return [shared, _("Their posts brought too few visits to show a number.")]
    visited = _(
        "Their posts brought about %(number)s visits, give or take %(margin)s.",
        number=about(visits),
        margin=number(visits.margin),
    )
    return [shared, visited]


def of_so_many(figure: Figure) -> str:
    """ "about 80 of 620", "about 890", or why there is no number."""
    if figure.value is None:
        return about(figure)
    if figure.metric in {Metric.SHARERS, Metric.SHARES}:
        return _(
            "about %(number)s of %(heads)s",
            number=about(figure),
            heads=number(figure.heads),
        )
    return _("about %(number)s", number=about(figure))


def notice(figure: Figure) -> str:
    """What stands beside a figure about which something had to be said; mostly nothing."""
    if not figure.reason:
        return ""
    if figure.stands:
        return _("An earlier figure was withdrawn. %(reason)s", reason=_why(figure))
    return _why(figure)


def _why(figure: Figure) -> str:
    return _("The reason given: “%(reason)s”", reason=figure.reason)


def chart_words(series: Series) -> Words:
    """Everything a chart says: its name, its finding, and the last figure aloud."""
    last = series.last
    said = "" if last.value is None else _("about %(number)s", number=about(last))
    return Words(
        name=series.key,
        title=metric_title(series.metric),
        finding=finding(series),
        last=said,
        last_margin=f"± {number(last.margin)}",
    )


def finding(series: Series) -> str:
    """The chart in one sentence, for who cannot see it."""
    told = [one for one in series.figures if one.value is not None]
    if not told and not all(one.stands for one in series.figures):
        return _("Of no period there is a number to show.")
    if not told:
        return _("In every period there were too few to show.")
    first, last = _about_when(told[0]), _about_when(told[-1])
    if len(told) == 1:
        return _("%(figure)s. The table below has the same.", figure=begun(last))
    return _(
        "From %(first)s to %(last)s. The table below has every figure.",
        first=first,
        last=last,
    )


def _about_when(one: Figure) -> str:
    return _(
        "about %(number)s in %(window)s, give or take %(margin)s",
        number=about(one),
        window=window_name(one.window, one.table.rhythm),
        margin=number(one.margin),
    )
