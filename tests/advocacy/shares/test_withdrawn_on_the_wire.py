"""Consent withdrawn while a post is on the wire: what becomes of the post."""

import pytest

from advocacy.outside import LINKEDIN
from advocacy.shares.changes import stop_sending
from advocacy.shares.late_deleting import posts_to_delete
from advocacy.shares.models import Share, ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.station import open_station
from advocacy.shares.tasks import delete_stopped, erase_tokens
from integrations.database import transaction
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.last_keys import given_back, tokens
from tests.advocacy.shares.making import attempts, make_item, queue, state_of

S = ShareState
AFTER_ARMING = ("after arm", "after answer")


@pytest.mark.parametrize("step", AFTER_ARMING)
def test_what_arrives_is_deleted_and_the_key_is_gone_with_it(
    session, person, key, share, station, turn_off, sandbox, step
):
    open_station(station)
    publish_share(share.id, interrupted(station, step, turn_off))

    assert state_of(session, share) is S.PUBLISHED
    assert share.reason == Reason.CONSENT_TOO_LATE
    assert tokens(session) == (0, 1)
    erase_tokens()  # it is still needed
    assert tokens(session) == (0, 1)

    delete_stopped(share.id)

    assert state_of(session, share) is S.REMOVED
    assert share.reason == Reason.CONSENT_TOO_LATE
    assert [post["deleted"] for post in sandbox.posts()] == [True]
    assert not given_back(sandbox, key)
    erase_tokens()
    assert tokens(session) == (0, 0)
    assert given_back(sandbox, key)


@pytest.mark.parametrize(
    "step", ["before prepare", "after prepare", "before connect", "after connect"]
)
def test_before_it_is_armed_nothing_leaves_and_the_key_goes_at_once(
    session, person, key, share, station, turn_off, sandbox, step
):
    publish_share(share.id, interrupted(station, step, turn_off))

    assert state_of(session, share) is S.CANCELLED
    assert share.reason == Reason.CONSENT
    assert attempts(session, share) == []
    assert tokens(session) == (0, 0)
    assert given_back(sandbox, key)
    assert sandbox.posts() == []


@pytest.mark.parametrize("step", AFTER_ARMING)
def test_whoever_wants_it_to_stay_keeps_it_and_we_keep_no_key(
    session, person, share, station, turn_off, sandbox, step
):
    def press():
        turn_off(delete_again=False)

    if step == "after arm":  # the network must not know of it before the post is there
        sign_ons = station.outside.sign_ons
        sign_ons[LINKEDIN].revoke = lambda _token: True
    publish_share(share.id, interrupted(station, step, press))

    assert state_of(session, share) is S.PUBLISHED
    assert share.reason == Reason.CONSENT_TOO_LATE
    assert tokens(session) == (0, 0)
    assert posts_to_delete(session) == []
    assert [post["deleted"] for post in sandbox.posts()] == [False]


def test_the_last_word_counts_after_a_stop_on_the_wire(
    session, share, station, turn_off, sandbox
):
    def press():
        with transaction() as own:
            stop_sending(own, own.get_one(Share, share.id))
        turn_off(delete_again=False)

    publish_share(share.id, interrupted(station, "after answer", press))

    assert state_of(session, share) is S.PUBLISHED
    assert posts_to_delete(session) == []
    assert tokens(session) == (0, 0)


@pytest.mark.parametrize("fault", ["busy", "day_limit", "expired_token"])
@pytest.mark.parametrize("delete_again", [True, False])
def test_what_did_not_arrive_is_not_tried_again(
    session, share, station, turn_off, sandbox, fault, delete_again
):
    def press():
        turn_off(delete_again=delete_again)

    sandbox.set_fault(fault)
    open_station(station)
    publish_share(share.id, interrupted(station, "after arm", press))

    assert state_of(session, share) is S.CANCELLED
    assert share.reason == Reason.CONSENT
    erase_tokens()
    assert tokens(session) == (0, 0)


def test_a_doubt_is_left_to_its_owner_and_keeps_no_key(
    session, share, station, turn_off, sandbox
):
    sandbox.set_fault("drop_after_commit")
    open_station(station)
    publish_share(share.id, interrupted(station, "after arm", turn_off))

    assert state_of(session, share) is S.UNCERTAIN
    assert share.reason == Reason.CONSENT_TOO_LATE
    erase_tokens()
    assert tokens(session) == (0, 0)
    assert [post["deleted"] for post in sandbox.posts()] == [False]


def test_planned_posts_are_cancelled_while_another_is_leaving(
    session, person, share, station, turn_off
):
    planned = queue(session, person, make_item(session), "Later.")
    session.commit()
    publish_share(share.id, interrupted(station, "after arm", turn_off))

    assert state_of(session, planned) is S.CANCELLED
    assert planned.reason == Reason.CONSENT
