"""One asks for more, another confirms: who may, what is refused, what happens meanwhile."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from advocacy.errors import NotAllowed, NotFound, TooLate
from advocacy.people.roles import Role
from advocacy.reach import chain
from advocacy.reach.parameter_operations import (
    LOCK,
    confirm,
    propose,
    refuse_proposal,
)
from advocacy.reach.parameter_rows import Outcome, ParameterChange
from advocacy.reach.parameters import changes, open_proposals
from advocacy.reach.wishes import WishRefused
from integrations.clock import clock_at
from integrations.database import hold, transaction
from tests.advocacy.reach.two_keys import BOTH, MIDSUMMER, numbers, somebody, wish
from tests.advocacy.reach.world import World

pytestmark = pytest.mark.usefixtures("in_june", "four_hundred")


@pytest.mark.parametrize(
    ("wanted", "problems"),
    [
        (wish(), {"floor": "missing", "sigma": "missing"}),
        (wish(floor=100), {"floor": "not_raised"}),
        (wish(floor=99, sigma=6), {"floor": "not_raised"}),
        (wish(floor=-1), {"floor": "not_raised"}),
        (wish(sigma=5), {"sigma": "not_raised"}),
        (wish(sigma=0, floor=0), {"floor": "not_raised", "sigma": "not_raised"}),
        (wish(floor=411), {"floor": "too_high"}),
        (wish(sigma=51), {"sigma": "too_high"}),
        (wish(floor=150, metric="clicks"), {"table": "unknown"}),
        (wish(floor=150, table="team"), {"table": "unknown"}),
        (
            wish(floor=150, table="impressions", metric="impressions"),
            {"table": "unknown"},
        ),
    ],
)
def test_what_raises_nothing_or_too_much_is_refused(
    session, administrator, wanted, problems
):
    with pytest.raises(WishRefused) as refused:
        propose(session, administrator, wanted)
    assert refused.value.problems == problems
    assert open_proposals(session) == []


@pytest.mark.parametrize("wanted", [wish(floor=410), wish(sigma=50), wish(101, 6)])
def test_the_bounds_themselves_can_be_proposed(session, administrator, wanted):
    assert propose(session, administrator, wanted).year == 2027


def test_who_proposed_it_cannot_confirm_it_whatever_their_roles(session, auditor):
    both = somebody(session, "Bo", *BOTH)
    proposal = propose(session, both, wish(floor=150))
    with pytest.raises(NotAllowed):
        confirm(session, both, proposal.id)
    assert numbers(session, 2027) == (100, [5])
    confirm(session, auditor, proposal.id)
    assert numbers(session, 2027) == (150, [5])


def test_the_keys_are_the_roles_of_the_two(session, administrator, auditor):
    with pytest.raises(NotAllowed):
        propose(session, auditor, wish(floor=150))
    proposal = propose(session, administrator, wish(floor=150))
    second = somebody(session, "Ans", Role.ADMINISTRATOR, Role.COMMUNICATIONS)
    for decide in (confirm, refuse_proposal):
        with pytest.raises(NotAllowed):
            decide(session, second, proposal.id)
    assert open_proposals(session) == [proposal]


def test_a_proposal_of_somebody_who_is_gone_needs_a_new_one(
    session, administrator, auditor
):
    proposal = propose(session, administrator, wish(floor=150))
    session.delete(administrator)
    session.flush()
    session.expire(proposal)
    with pytest.raises(NotAllowed):
        confirm(session, auditor, proposal.id)
    refuse_proposal(session, auditor, proposal.id)
    assert open_proposals(session) == []


def test_what_was_refused_changes_nothing_and_can_be_proposed_again(
    session, administrator, auditor
):
    first = propose(session, administrator, wish(floor=150))
    with pytest.raises(WishRefused) as waiting:
        propose(session, administrator, wish(floor=200))
    assert waiting.value.problems == {"table": "waiting"}
    refuse_proposal(session, auditor, first.id)
    assert first.outcome is Outcome.REFUSED
    assert numbers(session, 2030) == (100, [5])
    assert list(changes(session)) == []
    confirm(session, auditor, propose(session, administrator, wish(floor=200)).id)
    assert numbers(session, 2027) == (200, [5])


def test_nothing_is_decided_twice(session, administrator, auditor):
    proposal = propose(session, administrator, wish(floor=150))
    confirm(session, auditor, proposal.id)
    for decide in (confirm, refuse_proposal):
        with pytest.raises(TooLate):
            decide(session, auditor, proposal.id)
        with pytest.raises(NotFound):
            decide(session, auditor, proposal.id + 1)
    assert len(changes(session)) == 1


def test_a_proposal_that_waits_over_new_year_counts_a_year_later(
    session, administrator, auditor
):
    with clock_at(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)):
        proposal = propose(session, administrator, wish(floor=150))
    assert proposal.year == 2027
    with clock_at(datetime(2027, 1, 1, tzinfo=UTC)):
        confirm(session, auditor, proposal.id)
    assert proposal.year == 2028
    assert numbers(session, 2027) == (100, [5])
    assert numbers(session, 2028) == (150, [5])


def test_a_floor_that_was_overtaken_meanwhile_is_not_confirmed(
    session, administrator, auditor
):
    """Both figures of a table share its floor, so two proposals can wait for it."""
    low = propose(session, administrator, wish(30, table="organisation"))
    high = propose(
        session, administrator, wish(40, table="organisation", metric="clicks")
    )
    confirm(session, auditor, high.id)
    with pytest.raises(TooLate):
        confirm(session, auditor, low.id)
    assert numbers(session, 2027, "organisation") == (40, [6, 80])


def test_only_what_is_above_next_years_numbers_raises_them(
    session, administrator, auditor
):
    confirm(session, auditor, propose(session, administrator, wish(floor=150)).id)
    with pytest.raises(WishRefused):
        propose(session, administrator, wish(floor=150))
    with pytest.raises(WishRefused):
        propose(session, administrator, wish(floor=120))
    assert propose(session, administrator, wish(floor=151)).floor == 151


def test_two_auditors_at_the_same_moment_decide_once(database_url):
    with transaction() as session:
        World(session).colleagues(200)
        first, second = (somebody(session, name, Role.AUDITOR) for name in ("A", "B"))
        ada = somebody(session, "Ada", Role.ADMINISTRATOR)
        number = propose(session, ada, wish(floor=150)).id

    def decide(person):
        with clock_at(MIDSUMMER), transaction() as session:
            confirm(session, person, number)

    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with ThreadPoolExecutor() as pool:
        with transaction() as session:
            hold(session, LOCK)
            both = [pool.submit(decide, person) for person in (first, second)]
            while session.scalar(waiting) < 2:
                time.sleep(0.01)
        ended = [type(one.exception()) for one in both]
    assert sorted(ended, key=str) == sorted([type(None), TooLate], key=str)
    with transaction() as session:
        assert len(changes(session)) == 1
        assert chain.is_whole(session, ParameterChange)
