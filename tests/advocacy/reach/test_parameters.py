"""Floors and noise are only ever raised: by two people, for next year, for all to see."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from advocacy.errors import NotAllowed, NotFound, TooLate
from advocacy.people.models import Person
from advocacy.people.roles import Role
from advocacy.reach import chain
from advocacy.reach.models import Metric
from advocacy.reach.parameter_operations import (
    LOCK,
    Wish,
    WishRefused,
    confirm,
    propose,
    refuse_proposal,
)
from advocacy.reach.parameter_rows import Outcome, ParameterChange
from advocacy.reach.parameters import changes, in_force, open_proposals
from advocacy.reach.tables import TABLES
from integrations.clock import clock_at
from integrations.database import transaction

UNIT = TABLES["unit"]
MIDSUMMER = datetime(2026, 6, 20, 12, tzinfo=UTC)
BOTH = (Role.ADMINISTRATOR, Role.AUDITOR)


@pytest.fixture(autouse=True)
def _in_june():
    with clock_at(MIDSUMMER):
        yield


def somebody(session, name, *roles):
    person = Person(
        name=name,
        email=f"{name.lower()}@veenstroom.example",
        role_names=[role.value for role in roles],
    )
    session.add(person)
    session.flush()
    return person


@pytest.fixture
def administrator(session):
    return somebody(session, "Ada", Role.ADMINISTRATOR)


@pytest.fixture
def auditor(session):
    return somebody(session, "Otto", Role.AUDITOR)


def wish(floor=None, sigma=None, table="unit", metric="sharers"):
    return Wish(table, metric, floor, sigma)


def numbers(session, year, name="unit"):
    table = in_force(session, TABLES[name], year)
    return table.floor, [measure.sigma for measure in table.measures]


def test_without_changes_the_constants_hold(session):
    for table in TABLES.values():
        assert in_force(session, table, 2026) == table


def test_what_two_people_decide_holds_from_the_first_of_january(
    session, administrator, auditor
):
    proposal = propose(session, administrator, wish(floor=150, sigma=8))
    assert numbers(session, 2027) == (100, [5])
    change = confirm(session, auditor, proposal.id)
    assert numbers(session, 2026) == (100, [5])
    assert numbers(session, 2027) == numbers(session, 2040) == (150, [8])
    assert (change.year, change.decided_at) == (2027, MIDSUMMER)
    assert proposal.outcome is Outcome.CONFIRMED
    assert proposal.closed_at == MIDSUMMER
    assert open_proposals(session) == []


def test_a_floor_is_the_tables_and_noise_one_figures(session, administrator, auditor):
    wanted = wish(floor=50, sigma=100, table="organisation", metric="clicks")
    confirm(session, auditor, propose(session, administrator, wanted).id)
    assert numbers(session, 2027, "organisation") == (50, [6, 100])
    assert numbers(session, 2027) == (100, [5])
    margin = in_force(session, TABLES["organisation"], 2027).measure("clicks").margin
    assert margin == 200


@pytest.mark.parametrize(
    ("wanted", "problems"),
    [
        (wish(), {"floor": "missing", "sigma": "missing"}),
        (wish(floor=100), {"floor": "not_raised"}),
        (wish(floor=99, sigma=6), {"floor": "not_raised"}),
        (wish(floor=-1), {"floor": "not_raised"}),
        (wish(sigma=5), {"sigma": "not_raised"}),
        (wish(sigma=0, floor=0), {"floor": "not_raised", "sigma": "not_raised"}),
        (wish(floor=100_001), {"floor": "too_high"}),
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


@pytest.mark.parametrize("wanted", [wish(floor=100_000), wish(sigma=50), wish(101, 6)])
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


def test_a_stored_number_below_the_constant_lowers_nothing(session):
    """Whoever writes to the database by hand breaks the chain and gains nothing."""
    session.add(
        ParameterChange(
            year=2026,
            table="unit",
            metric=Metric.SHARERS,
            floor=3,
            sigma=1,
            previous_hash=chain.BEGINNING,
            own_hash="forged",
        )
    )
    session.flush()
    assert numbers(session, 2027) == (100, [5])
    assert not chain.is_whole(session, ParameterChange)


def test_changes_are_a_chain(session, administrator, auditor):
    for floor in (110, 120, 130):
        confirm(session, auditor, propose(session, administrator, wish(floor)).id)
    assert chain.is_whole(session, ParameterChange)
    assert [one.floor for one in changes(session)] == [110, 120, 130]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(
            st.integers(0, 3),  # years later
            st.none() | st.integers(-5, 300),
            st.none() | st.integers(-5, 60),
            st.booleans(),
        ),
        max_size=8,
    )
)
def test_numbers_never_fall_and_never_change_in_a_year_that_began(
    session, administrator, auditor, steps
):
    savepoint = session.begin_nested()
    year, seen = 2026, {}
    for later, floor, sigma, yes in steps:
        year += later
        seen.setdefault(year, numbers(session, year))
        with clock_at(datetime(year, 6, 1, tzinfo=UTC)):
            try:
                proposal = propose(session, administrator, wish(floor, sigma))
            except WishRefused:
                continue
            decide = confirm if yes else refuse_proposal
            decide(session, auditor, proposal.id)
    held = [numbers(session, one) for one in range(2026, year + 3)]
    assert held == sorted(held)
    assert [s for _, [s] in held] == sorted(s for _, [s] in held)
    assert held[0] == (100, [5])
    assert all(numbers(session, one) == what for one, what in seen.items())
    savepoint.rollback()


def test_two_auditors_at_the_same_moment_decide_once(database_url):
    with transaction() as session:
        first, second = (somebody(session, name, Role.AUDITOR) for name in ("A", "B"))
        ada = somebody(session, "Ada", Role.ADMINISTRATOR)
        number = propose(session, ada, wish(floor=150)).id

    def decide(person):
        with clock_at(MIDSUMMER), transaction() as session:
            confirm(session, person, number)

    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with ThreadPoolExecutor() as pool:
        with transaction() as session:
            session.execute(select(func.pg_advisory_xact_lock(LOCK)))
            both = [pool.submit(decide, person) for person in (first, second)]
            while session.scalar(waiting) < 2:
                time.sleep(0.01)
        ended = [type(one.exception()) for one in both]
    assert sorted(ended, key=str) == sorted([type(None), TooLate], key=str)
    with transaction() as session:
        assert len(changes(session)) == 1
        assert chain.is_whole(session, ParameterChange)
