"""What was left out of the counts, and why, in the order of the page."""

from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from advocacy.links.models import Outcome


class LeftOut(NamedTuple):
    """One reason not to count a visit."""

    name: LazyString
    why: LazyString


LEFT_OUT: dict[Outcome, LeftOut] = {
    Outcome.AGAIN: LeftOut(
        _("The same visitor again"),
        _("Whoever presses a link twice on one day counts once that day."),
    ),
    Outcome.BOT: LeftOut(
        _("Programs"),
        _("Search engines and other programs, by the name they give themselves."),
    ),
    Outcome.LINKEDIN: LeftOut(
        _("LinkedIn’s own program"),
        _("LinkedIn looks at what a post links to, to draw its preview."),
    ),
    Outcome.PREFETCH: LeftOut(
        _("Loaded ahead"),
        _(
            "A browser asked for the page just in case. If somebody pressed then, that counted."
        ),
    ),
    Outcome.SCANNER: LeftOut(
        _("Scanners"),
        _(
            "Mail filters open every link to look for harm. We know some by their network,"
            " others by opening several of our links within seconds."
        ),
    ),
}
