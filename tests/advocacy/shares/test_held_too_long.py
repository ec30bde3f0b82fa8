"""A row that a post needs is held by somebody for longer than the worker waits for it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from advocacy.people.models import Person
from advocacy.shares.models import PublishAttempt, Share, ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.sweeper import WAKE_AGAIN, due_shares
from integrations.database import open_session, transaction

S = ShareState


@pytest.fixture
def station(committed_station):
    return committed_station


@pytest.fixture
def share_id(committed_share_id):
    return committed_share_id


@pytest.fixture
def held_person(share_id):
    with open_session.begin() as holder:
        holder.scalars(select(Person).with_for_update()).one()
        yield holder
        holder.rollback()


def due():
    with transaction() as session:
        return due_shares(session)


def test_a_post_that_waited_too_long_is_put_back_and_posted_soon(
    station, share_id, held_person, sandbox
):
    with pytest.raises(OperationalError):
        publish_share(share_id, station)

    with transaction() as session:
        share = session.get_one(Share, share_id)
        assert (share.state, share.lease_owner) == (S.SCHEDULED, None)
        assert share.crash_count == 0
        assert not session.scalars(select(PublishAttempt)).all()
    assert due() == []
    held_person.rollback()
    with transaction() as session:
        share = session.get_one(Share, share_id)
        share.woken_at -= timedelta(seconds=WAKE_AGAIN)
    assert due() == [share_id]
    publish_share(share_id, station)
    assert len(sandbox.posts()) == 1
    with transaction() as session:
        assert session.get_one(Share, share_id).state is S.PUBLISHED
