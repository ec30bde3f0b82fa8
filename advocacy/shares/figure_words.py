"""Figures of one post in words, as its owner reads them (privacy.md 1.6 and 3.3)."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import LazyString, gettext, ngettext
from flask_babel import lazy_gettext as _

from advocacy.links.queries import band
from advocacy.shares.figure_rows import ShareFigures
from advocacy.web.formats import number
from integrations.network import Figure

# In the order of the page. Members reached are those of one post: they do not add up.
NAMES: dict[Figure, LazyString] = {
    Figure.SHOWN: _("Times shown, as reported by LinkedIn"),
    Figure.REACHED: _("Members reached"),
    Figure.REACTIONS: _("Reactions"),
    Figure.COMMENTS: _("Comments"),
    Figure.RESHARES: _("Reshares"),
}


@dataclass(frozen=True)
class ShownFigures:
    """Names with counts, and when they were read."""

    counts: list[tuple[str, str]]
    read_at: datetime


def in_words(figures: ShareFigures, *, exact: bool) -> ShownFigures | None:
    """What LinkedIn said; what it did not say is left out, and never a zero."""
    if figures.read_at is None:
        return None
    counts = [
        (str(name), count_in_words(figures.counts[figure.value], exact=exact))
        for figure, name in NAMES.items()
        if figure.value in figures.counts
    ]
    return ShownFigures(counts, figures.read_at)


def count_in_words(count: int, *, exact: bool) -> str:
    """A band, or the number itself where it was asked for (privacy.md 1.6)."""
    if exact:
        return number(count)
    low, high = band(count)
    if high is None:
        return gettext("%(low)s or more", low=low)
    if low == high:
        return str(low)
    return gettext("%(low)s to %(high)s", low=low, high=high)


def visits_in_words(visits: int, exact: bool) -> str:  # noqa: FBT001 – called by a page
    """The same of visits to a link."""
    if exact:
        return ngettext(
            "%(count)s visit", "%(count)s visits", visits, count=number(visits)
        )
    low, high = band(visits)
    if high == 0:
        return gettext("No visits yet")
    if high is None:
        return gettext("%(low)s or more visits", low=low)
    return gettext("%(low)s to %(high)s visits", low=low, high=high)
