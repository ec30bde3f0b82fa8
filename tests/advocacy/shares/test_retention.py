"""Shares are kept for 13 months, and what is still to leave for as long as that takes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from advocacy.links.models import Link
from advocacy.links.operations import link_for
from advocacy.shares.figure_rows import ShareFigures
from advocacy.shares.models import IN_MOTION, PublishAttempt, Share, ShareState
from advocacy.shares.retention import KEPT, forget_old_shares
from content.items import Item, ItemKind
from integrations.clock import now
from integrations.database import open_session, transaction
from tests.advocacy.shares.making import (
    attempt_of,
    connect_account,
    make_item,
    make_person,
    put_into,
    queue,
)

DAY = timedelta(days=1)
OVER = [state for state in ShareState if state not in IN_MOTION]


@pytest.fixture
def person(session):
    person = make_person(session)
    connect_account(session, person)
    return person


@pytest.fixture
def shared(session, person):
    """Makes a share that was due so long ago, in any state."""

    def make(state=ShareState.PUBLISHED, *, age=KEPT + DAY, **values):
        share = queue(session, person, make_item(session, ItemKind.LINK))
        share.due_at = share.next_at = now() - age
        for name, value in values.items():
            setattr(share, name, value)
        put_into(session, share, state)
        return share.id

    return make


def kept(session):
    return set(session.scalars(select(Share.id)))


def test_a_share_goes_after_13_months_whatever_became_of_it(session, shared):
    young = {shared(state, age=KEPT - DAY) for state in OVER}
    for state in OVER:
        shared(state)
    assert forget_old_shares(session, now()) == len(OVER)
    assert kept(session) == young
    assert forget_old_shares(session, now()) == 0


@pytest.mark.parametrize("state", IN_MOTION)
def test_what_may_still_leave_stays_however_old_it_is(session, shared, state):
    waits = shared(state)
    assert forget_old_shares(session, now()) == 0
    assert kept(session) == {waits}


def test_the_time_of_the_post_counts_where_there_is_one(session, shared):
    """Somebody was away for a year, and then answered that it had been posted."""
    posted = shared(posted_at=now() - DAY)
    shared(age=DAY, posted_at=now() - KEPT - DAY)
    forget_old_shares(session, now())
    assert kept(session) == {posted}


def test_everything_about_it_goes_along_and_its_link_and_item_stay(
    session, shared, person
):
    share = shared()
    row = session.get_one(Share, share)
    row.link_code = link_for(session, row.item_id, "https://a.example", person.id).code
    session.add(attempt_of(share, outcome="published"))
    session.add(ShareFigures(share_id=share, asked_at=now(), counts={}))
    session.flush()
    link, item = row.link_code, row.item_id

    forget_old_shares(session, now())

    for table in (Share, PublishAttempt, ShareFigures):
        assert session.scalars(select(table)).all() == []
    assert session.get(Link, link)
    assert session.get(Item, item)


def test_a_part_goes_at_a_time_the_oldest_rows_first(session, shared):
    ids = [shared() for _ in range(3)]
    assert forget_old_shares(session, now(), most=2) == 2
    assert kept(session) == {ids[2]}


@pytest.mark.usefixtures("database_url")
def test_one_that_somebody_decides_about_at_this_moment_is_left_alone():
    with transaction() as session:
        person = make_person(session)
        connect_account(session, person)
        share = queue(session, person, make_item(session))
        share.due_at = now() - KEPT - DAY
        put_into(session, share, ShareState.MISSED)
    with open_session() as owner, owner.begin():
        owner.get_one(Share, share.id, with_for_update=True).due_at = now() + DAY
        with transaction() as session:
            assert forget_old_shares(session, now()) == 0
    with transaction() as session:
        assert forget_old_shares(session, now()) == 0
        assert kept(session) == {share.id}
