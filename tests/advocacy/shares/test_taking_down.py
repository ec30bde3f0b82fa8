"""A post that is taken down from here: once, and only with the key of its account."""

import pytest

from advocacy.accounts.queries import account_of
from advocacy.shares.deleting import CannotTakeDown, take_down
from advocacy.shares.models import ShareState
from advocacy.shares.publishing import publish_share
from tests.advocacy.shares.making import queue_due, state_of


def test_a_post_is_taken_down_and_twice_is_no_harm(
    session, person, item, station, sandbox
):
    share = queue_due(session, person, item)
    session.commit()
    publish_share(share.id, station)

    take_down(share.id, station.outside)
    take_down(share.id, station.outside)

    assert state_of(session, share) is ShareState.REMOVED
    assert all(post["deleted"] for post in sandbox.posts())


def test_without_an_account_a_post_cannot_be_taken_down_from_here(
    session, person, item, station
):
    share = queue_due(session, person, item)
    session.commit()
    publish_share(share.id, station)
    session.delete(account_of(session, person.id, "linkedin"))
    session.commit()

    with pytest.raises(CannotTakeDown):
        take_down(share.id, station.outside)

    assert state_of(session, share) is ShareState.PUBLISHED


def test_without_the_key_of_its_token_a_post_cannot_be_taken_down_either(
    session, person, item, station
):
    share = queue_due(session, person, item)
    session.commit()
    publish_share(share.id, station)
    account_of(session, person.id, "linkedin").token_key_id = "k0"
    session.commit()

    with pytest.raises(CannotTakeDown):
        take_down(share.id, station.outside)
