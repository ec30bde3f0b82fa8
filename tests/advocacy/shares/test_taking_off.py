"""Taking a share off the list that never went out: gone, with the words in it."""

import pytest
from sqlalchemy import select

from advocacy.errors import TooLate
from advocacy.links.models import Link
from advocacy.shares.models import Share, ShareState, Way
from advocacy.shares.operations import copy_share, take_off_list, undo
from advocacy.shares.publishing import publish_share
from advocacy.shares.taking_off import REMOVABLE, remove
from advocacy.shares.wishes import ShareWish
from content.items import ItemKind
from integrations.clock import now
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import (
    attempt_of,
    make_item,
    put_into,
    queue,
    queue_due,
)

S = ShareState


@pytest.fixture
def undone(session, person, item):
    share = queue(session, person, item)
    undo(session, share, now())
    return share


def kept(session):
    session.expire_all()
    return session.scalars(select(Share)).all()


def test_what_was_undone_is_gone_with_its_words(session, undone):
    remove(session, undone)
    assert kept(session) == []


def test_its_link_stays_for_others_that_use_it(session, person):
    share = queue(session, person, make_item(session, ItemKind.LINK))
    undo(session, share, now())
    code = share.link_code
    remove(session, share)
    assert session.get(Link, code) is not None


@pytest.mark.parametrize("state", [state for state in S if state not in REMOVABLE])
def test_what_may_still_leave_or_has_left_stays(session, undone, state):
    put_into(session, undone, state)
    with pytest.raises(TooLate):
        remove(session, undone)
    assert len(kept(session)) == 1


@pytest.mark.parametrize("state", sorted(REMOVABLE))
@pytest.mark.parametrize("outcome", [None, "not_sent", "uncertain"])
def test_what_was_ever_about_to_be_sent_stays(session, undone, state, outcome):
    put_into(session, undone, state)
    attempt = attempt_of(undone.id, outcome=outcome)
    session.add(attempt)
    session.flush()
    with pytest.raises(TooLate):
        remove(session, undone)
    assert len(kept(session)) == 1


def test_what_was_pasted_by_hand_is_not_ours_to_call_unsent(session, person, item):
    share = copy_share(session, person, item, ShareWish("I was there."), now())
    take_off_list(session, share)
    assert share.way is Way.COPY
    with pytest.raises(TooLate):
        remove(session, share)


def test_a_second_press_finds_it_gone(session, undone):
    remove(session, undone)
    with pytest.raises(TooLate):
        remove(session, undone)


@pytest.mark.parametrize("step", ["after prepare", "after connect"])
def test_a_worker_that_has_it_in_hand_sends_nothing(
    session, sandbox, station, person, item, step
):
    share = queue_due(session, person, item)
    session.commit()

    def undo_and_remove():
        session.refresh(share)
        undo(session, share, now())
        remove(session, share)
        session.commit()

    publish_share(share.id, interrupted(station, step, undo_and_remove))
    assert sandbox.posts() == []
    assert kept(session) == []
