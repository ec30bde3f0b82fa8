"""Floors and noise are only ever raised: by two people, for next year, for all to see."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.reach import chain
from advocacy.reach.models import Metric
from advocacy.reach.parameter_operations import (
    confirm,
    propose,
    refuse_proposal,
)
from advocacy.reach.parameter_rows import Outcome, ParameterChange
from advocacy.reach.parameters import changes, in_force, open_proposals
from advocacy.reach.tables import TABLES
from advocacy.reach.wishes import WishRefused
from integrations.clock import clock_at
from tests.advocacy.reach.two_keys import MIDSUMMER, numbers, wish

pytestmark = pytest.mark.usefixtures("in_june", "four_hundred")


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
