"""What figures cost, year by year, and whether all that was stored is as it was."""

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.errors import NotFound
from advocacy.people.access import requires
from advocacy.people.roles import Permission
from advocacy.reach.ledger import best_guess, cost
from advocacy.reach.ledger_queries import bookings, figures_unpaid, ledger_years
from advocacy.reach.method_words import figure_name, in_hundred
from advocacy.reach.models import LedgerEntry, Metric
from advocacy.reach.seal_queries import chain_states
from advocacy.reach.shown_pages import shown_page
from advocacy.reach.tables import TABLES, YEARLY_LIMIT
from advocacy.reach.ways import Way
from advocacy.reach.windows import last_opening, whole_window
from advocacy.reach.words import window_name
from integrations.clock import now
from integrations.database import transaction
from integrations.reader_role import READER


@requires(Permission.READ_REACH)
def ledger() -> ResponseReturnValue:
    """Every year: how much of the limit is spent, and what that is worth."""
    with transaction(READER) as session:
        years = ledger_years(session, now())
    return shown_page(
        "reach/ledger.html",
        years=years,
        limit=YEARLY_LIMIT,
        best_guess=best_guess,
        in_hundred=in_hundred,
    )


@requires(Permission.READ_REACH)
def ledger_year(year: int) -> ResponseReturnValue:
    """Each booking of one year; a year without any has no page."""
    with transaction(READER) as session:
        booked = bookings(session, year, now())
    if not booked:
        raise NotFound
    return shown_page(
        "reach/ledger_year.html",
        back=[Way(url_for("reach.ledger"), _("Ledger"))],
        year=year,
        taking_part=[one for one in booked if one.metric is Metric.SHARERS],
        others=[one for one in booked if one.metric is not Metric.SHARERS],
        limit=YEARLY_LIMIT,
        cost=cost,
        figure=lambda one: figure_name(TABLES[one.table], one.metric),
        period=_period,
    )


@requires(Permission.AUDIT, told_of=False)
def seals() -> ResponseReturnValue:
    """Reads everything again, so it is not a part of the other pages."""
    at = now()
    with transaction(READER) as session:
        chains = chain_states(session, at)
        unpaid = figures_unpaid(session)
    return shown_page(
        "reach/seals.html",
        chains=chains,
        unpaid=unpaid,
        whole=all(one.whole for one in chains) and not unpaid,
        chain_name=_chain_name,
        shown_since=last_opening(at),
    )


def _period(one: LedgerEntry) -> str:
    rhythm = TABLES[one.table].rhythm
    return window_name(whole_window(rhythm, one.window_start), rhythm)


def _chain_name(name: str) -> str:
    return {
        "figures": _("Released figures"),
        "notices": _("Notices about figures"),
        "changes": _("Changes of floors and noise"),
    }[name]
