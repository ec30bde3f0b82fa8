"""Every change of a share's state is in one table, and the database refuses all others."""

from itertools import product

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DatabaseError

from advocacy.outside import LINKEDIN
from advocacy.shares.attempted import Attempted
from advocacy.shares.models import MOVES, PublishAttempt, Share, ShareState, Way
from advocacy.shares.outcomes import Outcome, doubt, not_sent, posted
from advocacy.shares.reasons import Reason
from advocacy.shares.settling import settle_attempt
from integrations.clock import now
from tests.advocacy.shares.making import make_item, make_person, state_of

S = ShareState
OUTCOMES = [
    posted("urn:li:share:1"),
    posted(None),
    doubt("504"),
    not_sent(),
    Outcome(S.FAILED, Reason.REFUSED, "422"),
    Outcome(S.FAILED, Reason.DUPLICATE, "422", post_id="urn:li:share:1"),
    Outcome(S.SCHEDULED, Reason.BUSY, "429"),
    Outcome(S.NEEDS_RECONNECT, Reason.ACCESS_REFUSED, "401"),
]


@pytest.fixture
def in_state(session):
    """A share that begins in any state: what may begin where is not the question."""

    person, item = make_person(session), make_item(session)

    def make(state):
        share = Share(
            person_id=person.id,
            item_id=item.id,
            way=Way.ACCOUNT,
            state=state,
            text="Anything.",
            confirmation="",
            due_at=now(),
            next_at=now(),
            target_day=now().date(),
            consent_epoch=1,
            content_epoch=1,
        )
        session.add(share)
        session.flush()
        return share

    return make


def moves(session, share, state):
    """Whether the database lets a change of many rows at once make this one."""
    change = update(Share).where(Share.id == share.id).values(state=state)
    try:
        with session.begin_nested():
            session.execute(change.execution_options(synchronize_session=False))
    except DatabaseError as error:
        words = str(error)
    else:
        return True
    assert f"a {share.state} share cannot become {state}" in words
    return False


@pytest.mark.parametrize("state", S)
def test_the_database_allows_the_moves_of_the_table_and_no_others(
    session, in_state, state
):
    allowed = set()
    for other in set(S) - {state}:
        with session.begin_nested() as undone:
            if moves(session, in_state(state), other):
                allowed.add(other)
            undone.rollback()

    assert allowed == MOVES[state]


@pytest.mark.parametrize("state", S)
def test_what_stays_as_it_is_is_no_move(session, in_state, state):
    assert moves(session, in_state(state), state)


def attempt(session, share, n, *, is_probe=False, outcome=None):
    row = insert(PublishAttempt).values(
        share_id=share.id,
        n=n,
        armed_at=now(),
        worker=f"worker/{n}",
        body_sha256="",
        consent_epoch=1,
        content_epoch=1,
        is_probe=is_probe,
        outcome=outcome,
        answer="",
    )
    session.execute(row)
    return Attempted(share.id, n, f"worker/{n}", LINKEDIN, 0, now(), is_probe)


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.state)
@pytest.mark.parametrize("earlier", [True, False], ids=["earlier", "last"])
@pytest.mark.parametrize("probe", [True, False], ids=["asked", "not asked"])
def test_an_answer_finds_a_move_wherever_the_share_is(
    session, in_state, station, outcome, earlier, probe
):
    """However late it comes: nothing that a person or another worker did hinders it."""
    network = station.outside.networks[LINKEDIN]
    for state, stopped in product(S, [True, False]):
        with session.begin_nested() as undone:
            share = in_state(state)
            share.stop_requested = share.take_off_again = stopped
            first = attempt(session, share, 1, outcome=S.UNCERTAIN.value)
            last = attempt(session, share, 2, is_probe=probe)

            settle_attempt(session, first if earlier else last, outcome, network)

            session.flush()
            found = state_of(session, share)
            assert found is state or found in MOVES[state]
            undone.rollback()


def test_a_post_that_was_taken_off_is_not_there_again_by_a_late_answer(
    session, in_state, station
):
    """The question about it found it, and then its owner had it deleted."""
    share = in_state(S.REMOVED)
    first = attempt(session, share, 1, outcome=S.UNCERTAIN.value)
    attempt(session, share, 2, is_probe=True, outcome=S.PUBLISHED.value)

    network = station.outside.networks[LINKEDIN]
    settle_attempt(session, first, posted("urn:li:share:1"), network)
    session.flush()

    assert state_of(session, share) is S.REMOVED
    ends = select(PublishAttempt.outcome).where(PublishAttempt.n == 1)
    assert session.scalars(ends).all() == [S.PUBLISHED]
