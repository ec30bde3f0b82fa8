"""My shares: the one page that lists them, for their owner alone."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from advocacy.consent.models import Purpose
from advocacy.consent.queries import is_on
from advocacy.links.queries import band, seen_by_linkedin, visits_of
from advocacy.people.access import requires, signed_in_person
from advocacy.people.roles import Permission
from advocacy.shares.deleting import deletable_shares
from advocacy.shares.figure_asking import own_figures
from advocacy.shares.models import LEAVING, Share, ShareState
from advocacy.shares.pausing import paused_networks
from advocacy.shares.queries import shares_of
from advocacy.shares.rows import Circumstances, Group, Row
from advocacy.shares.taking_off import removable
from advocacy.shares.used_up import networks_used_up
from advocacy.shares.wording import row
from advocacy.web.formats import number
from advocacy.web.runtime import runtime
from integrations.clock import now
from integrations.database import transaction

ORDER = list(Group)


@requires(Permission.OWN_DATA)
def mine() -> ResponseReturnValue:
    """Everything one shared, planned or took along, by what it asks for."""
    person, at = signed_in_person(), now()
    exact = request.args.get("visits") == "exact"
    with transaction() as session:
        shares = shares_of(session, person.id)
        waited_for, outside = _waited_for(shares), runtime().outside
        around = Circumstances(
            runtime().settings.hold_seconds,
            paused_networks(session, waited_for),
            networks_used_up(session, person.id, waited_for, outside.networks, at),
            removable(session, person.id),
            deletable_shares(session, person.id),
            seen_by_linkedin(session, person.id) if _doubtful(shares) else frozenset(),
        )
        counted = is_on(session, person.id, Purpose.COUNT_MY_CLICKS)
        visits = visits_of(session, person.id) if counted else {}
        figures = own_figures(session, person.id, at, exact=exact)
    groups = _groups([row(share, at, around) for share in shares])
    return render_template(
        "shares/mine.html",
        groups=groups,
        under_way=[
            group for group, rows in groups if any(one.under_way for one in rows)
        ],
        paused=bool(around.paused),
        counted=counted and bool(visits),
        visits=visits,
        visits_in_words=visits_in_words,
        figures=figures,
        exact=exact,
    )


def _waited_for(shares: Sequence[Share]) -> set[str]:
    """The networks that something is to leave for by itself."""
    return {one.network for one in shares if one.state in LEAVING}


def _doubtful(shares: Sequence[Share]) -> bool:
    """Whether a hint that something did arrive would help its owner."""
    return any(one.state is ShareState.UNCERTAIN for one in shares)


def visits_in_words(visits: int, exact: bool) -> str:  # noqa: FBT001 – called by a page
    """A band, or the number itself where it was asked for (privacy.md 1.6)."""
    if exact:
        return ngettext(
            "%(count)s visit", "%(count)s visits", visits, count=number(visits)
        )
    low, high = band(visits)
    if high == 0:
        return _("No visits yet")
    if high is None:
        return _("%(low)s or more visits", low=low)
    return _("%(low)s to %(high)s visits", low=low, high=high)


def _place(one: Row) -> tuple[int, bool, float]:
    """Holds before what has left; plans by their time; the rest newest first."""
    leaves = max(one.share.due_at, one.share.next_at)
    soonest = leaves.timestamp() if one.group is Group.PLANNED else 0
    return ORDER.index(one.group), one.box != "hold", soonest


def _groups(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    rows.sort(key=_place)
    return [
        (group.value, list(members))
        for group, members in groupby(rows, key=attrgetter("group"))
    ]
