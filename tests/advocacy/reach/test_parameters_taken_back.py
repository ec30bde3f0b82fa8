"""What was asked for or confirmed is taken back before it counts, and never afterwards."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from advocacy.errors import NotAllowed, NotFound, TooLate
from advocacy.people.roles import Role
from advocacy.reach import chain
from advocacy.reach.models import Metric
from advocacy.reach.opening import open_due
from advocacy.reach.parameter_operations import (
    confirm,
    propose,
    take_change_back,
    take_proposal_back,
)
from advocacy.reach.parameter_rows import (
    TAKEN_BACK,
    Outcome,
    ParameterChange,
    ParameterProposal,
)
from advocacy.reach.parameters import open_proposals
from integrations.clock import clock_at
from tests.advocacy.reach.reading import text_of
from tests.advocacy.reach.two_keys import numbers, somebody, wish
from tests.advocacy.signing_in import signed_in

PAGE = "/reach/parameters"
pytestmark = pytest.mark.usefixtures("in_june", "four_hundred")


@pytest.fixture
def decided(session, administrator, auditor):
    """A floor of 150 and noise of 8 from 2027 on."""
    proposal = propose(session, administrator, wish(floor=150, sigma=8))
    return confirm(session, auditor, proposal.id)


def test_who_asked_takes_it_back_and_asks_for_something_else(session, administrator):
    first = propose(session, administrator, wish(floor=150))
    take_proposal_back(session, administrator, first.id)
    assert first.outcome is Outcome.TAKEN_BACK
    second = propose(session, administrator, wish(floor=120))
    assert open_proposals(session) == [second]
    with pytest.raises(TooLate):
        take_proposal_back(session, administrator, first.id)
    with pytest.raises(NotFound):
        take_proposal_back(session, administrator, second.id + 1)


def test_nobody_takes_back_what_somebody_else_asked_for(
    session, administrator, auditor
):
    proposal = propose(session, administrator, wish(floor=150))
    for other in (somebody(session, "Ans", Role.ADMINISTRATOR), auditor):
        with pytest.raises(NotAllowed):
            take_proposal_back(session, other, proposal.id)
    assert open_proposals(session) == [proposal]


@pytest.mark.parametrize("who", ["administrator", "auditor"])
def test_either_key_takes_back_what_does_not_count_yet(session, decided, request, who):
    take_change_back(session, request.getfixturevalue(who), decided.id)
    assert numbers(session, 2027) == numbers(session, 2030) == (100, [5])
    assert chain.is_whole(session, ParameterChange)


def test_it_can_be_raised_again_afterwards(session, decided, administrator, auditor):
    take_change_back(session, auditor, decided.id)
    again = propose(session, administrator, wish(floor=120))
    confirm(session, auditor, again.id)
    assert numbers(session, 2027) == (120, [5])
    with pytest.raises(TooLate):
        take_change_back(session, auditor, decided.id)


def test_what_holds_from_another_year_or_for_another_figure_stays(
    session, decided, administrator, auditor
):
    with clock_at(datetime(2027, 3, 1, tzinfo=UTC)):
        later = confirm(
            session, auditor, propose(session, administrator, wish(floor=200)).id
        )
        take_change_back(session, administrator, later.id)
    assert numbers(session, 2028) == (150, [8])


def test_once_the_year_began_nothing_is_taken_back(session, decided, auditor):
    with clock_at(datetime(2027, 1, 1, tzinfo=UTC)), pytest.raises(TooLate):
        take_change_back(session, auditor, decided.id)
    with clock_at(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)):
        take_change_back(session, auditor, decided.id)
    assert numbers(session, 2027) == (100, [5])


def test_a_clock_that_was_moved_back_takes_nothing_back(
    session, world, decided, auditor
):
    world.colleagues(300)
    with clock_at(datetime(2027, 1, 1, 9, tzinfo=UTC)):
        open_due(session, date(2027, 1, 1))
    with clock_at(datetime(2026, 12, 30, tzinfo=UTC)), pytest.raises(TooLate):
        take_change_back(session, auditor, decided.id)
    assert numbers(session, 2027) == (150, [8])


def test_a_stored_row_that_came_too_late_takes_nothing_back(session, decided):
    """Whatever somebody adds to the table in January."""
    session.add(
        ParameterChange(
            year=2027,
            table="unit",
            metric=Metric.SHARERS,
            floor=TAKEN_BACK,
            sigma=TAKEN_BACK,
            decided_at=datetime(2027, 1, 1, tzinfo=UTC),
            previous_hash=decided.own_hash,
            own_hash="forged",
        )
    )
    session.flush()
    assert numbers(session, 2027) == (150, [8])


def test_others_hold_no_key(session, decided):
    for role in (Role.COMMUNICATIONS, Role.MANAGER):
        with pytest.raises(NotAllowed):
            take_change_back(session, somebody(session, role.value, role), decided.id)
    assert numbers(session, 2027) == (150, [8])


def test_both_ways_back_are_on_the_page(app, session, administrator, auditor):
    ada, otto = app.test_client(), app.test_client()
    signed_in(ada, session, administrator)
    signed_in(otto, session, auditor)
    form = {"figure": "unit:sharers", "floor": "150", "sigma": ""}
    ada.post(PAGE, data=form)
    proposal = session.scalars(select(ParameterProposal)).one()
    back = f"{PAGE}/{proposal.id}/take-back"
    assert back in ada.get(PAGE).text
    assert back not in otto.get(PAGE).text
    said = ada.post(back, follow_redirects=True)
    assert "Taken back. Nothing changes" in text_of(said)

    ada.post(PAGE, data=form)
    proposal = open_proposals(session)[0]
    otto.post(f"{PAGE}/{proposal.id}/confirm")
    change = session.scalars(select(ParameterChange)).one()
    back = f"{PAGE}/decided/{change.id}/take-back"
    assert back in ada.get(PAGE).text
    said = otto.post(back, follow_redirects=True)
    assert "What holds this year holds next year as well." in text_of(said)
    assert "took it back before it counted" in text_of(said)
    assert back not in said.text
