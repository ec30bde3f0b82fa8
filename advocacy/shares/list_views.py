"""My shares: the one page that lists them, for their owner alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from advocacy.accounts.queries import usable_account
from advocacy.consent.models import Purpose
from advocacy.consent.queries import is_on
from advocacy.hooks import Holdup
from advocacy.links.queries import seen_by_linkedin, visits_of
from advocacy.people.access import requires, signed_in_person
from advocacy.people.roles import Permission
from advocacy.shares.as_seen import last_attempts
from advocacy.shares.deleting import deletable_shares
from advocacy.shares.figure_asking import own_figures
from advocacy.shares.figure_words import visits_in_words
from advocacy.shares.holdups import holdups
from advocacy.shares.models import LEAVING, Share, ShareState
from advocacy.shares.queries import earlier_doubts, shares_of, tried_at
from advocacy.shares.rows import Circumstances, Group, Row
from advocacy.shares.said_again import without_repeated_offers
from advocacy.shares.taking_back import answers_to_take_back
from advocacy.shares.taking_off import removable
from advocacy.shares.wording import row
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
        # First of all: what is armed meanwhile, no press on this page is about.
        attempts = last_attempts(session, person.id)
        shares = shares_of(session, person.id)
        around = _circumstances(session, person.id, shares, at)
        around = replace(around, attempts=attempts)
        counted = is_on(session, person.id, Purpose.COUNT_MY_CLICKS)
        visits = visits_of(session, person.id) if counted else {}
        figures = own_figures(session, person.id, at, exact=exact)
    rows = without_repeated_offers([row(share, at, around) for share in shares])
    groups = _groups(rows)
    return render_template(
        "shares/mine.html",
        groups=groups,
        under_way=[
            group for group, rows in groups if any(one.under_way for one in rows)
        ],
        holdup=_pause(around),
        counted=counted and bool(visits),
        visits=visits,
        visits_in_words=visits_in_words,
        figures=figures,
        exact=exact,
    )


def _circumstances(
    session: Session, person_id: int, shares: Sequence[Share], at: datetime
) -> Circumstances:
    names = _waited_for(shares)
    return Circumstances(
        runtime().settings.hold_seconds,
        held_up=holdups(session, person_id, names, runtime().outside.networks, at),
        cut=frozenset(
            name for name in names if not usable_account(session, person_id, name, at)
        ),
        removable=removable(session, person_id),
        deletable=deletable_shares(session, person_id),
        only_said=answers_to_take_back(session, person_id),
        seen=seen_by_linkedin(session, person_id) if _doubtful(shares) else frozenset(),
        doubted=earlier_doubts(session, person_id),
        tried=tried_at(session, person_id) if _doubtful(shares) else {},
    )


def _pause(around: Circumstances) -> Holdup | None:
    """Said above the list; a day that is used up is said in its rows."""
    return next((one for one in around.held_up.values() if one.paused), None)


def _waited_for(shares: Sequence[Share]) -> set[str]:
    """The networks that something is to leave for by itself, a connection given."""
    waits = {*LEAVING, ShareState.NEEDS_RECONNECT}
    return {one.network for one in shares if one.state in waits}


def _doubtful(shares: Sequence[Share]) -> bool:
    """Whether there is something to ask its owner."""
    return any(one.state is ShareState.UNCERTAIN for one in shares)


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
