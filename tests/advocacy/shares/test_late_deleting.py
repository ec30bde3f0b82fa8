"""Stopped while it is on the wire: what arrives is deleted, what does not stays unsent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advocacy.errors import TooLate
from advocacy.outside import LINKEDIN
from advocacy.shares.changes import (
    answer_uncertain,
    send_again,
    stop_sending,
    the_same_again,
)
from advocacy.shares.late_deleting import delete_late, posts_to_delete
from advocacy.shares.models import Share, ShareState
from advocacy.shares.probing import doubts_to_ask
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.station import open_station
from advocacy.shares.tasks import delete_stopped, sweep_shares
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import TERMS, attempts, state_of

S = ShareState


@pytest.fixture
def stopped(share, station):
    """The owner presses while the post is on the wire."""

    def press():
        with transaction() as session:
            stop_sending(session, session.get_one(Share, share.id))

    return interrupted(station, "after arm", press)


def test_a_post_that_arrives_after_all_is_deleted(session, share, stopped, sandbox):
    publish_share(share.id, stopped)
    assert state_of(session, share) is S.PUBLISHED
    assert share.reason == Reason.STOPPED_TOO_LATE

    assert posts_to_delete(session) == [share.id]
    open_station(stopped)
    for _twice in range(2):
        delete_stopped(share.id)

    assert state_of(session, share) is S.REMOVED
    assert [post["deleted"] for post in sandbox.posts()] == [True]
    assert posts_to_delete(session) == []


def test_the_sweep_sees_to_it_by_itself(session, share, stopped, monkeypatch):
    publish_share(share.id, stopped)
    sent = []
    monkeypatch.setattr(
        "advocacy.shares.tasks.send", lambda *told, **_where: sent.append(told) or True
    )
    open_station(stopped)

    sweep_shares()

    assert sent == [("shares.delete_late", share.id)]


@pytest.mark.parametrize(
    "fault", ["busy", "day_limit", "expired_token", "version_gone"]
)
def test_a_post_that_did_not_arrive_is_not_tried_again(
    session, share, stopped, sandbox, fault
):
    sandbox.set_fault(fault)

    publish_share(share.id, stopped)

    assert state_of(session, share) is S.CANCELLED
    assert share.reason == Reason.UNDONE
    assert sandbox.posts() == []


def test_a_doubt_stays_one_and_is_asked_about_by_nobody_but_its_owner(
    session, share, stopped, sandbox
):
    sandbox.set_fault("drop_after_commit")

    publish_share(share.id, stopped)

    assert state_of(session, share) is S.UNCERTAIN
    assert share.reason == Reason.STOPPED_TOO_LATE
    for attempt in attempts(session, share):
        attempt.armed_at -= timedelta(minutes=1)
    session.commit()
    assert doubts_to_ask(session, replace(stopped, probe_doubts=True)) == []


def test_sending_it_again_forgets_the_stop(
    session, person, item, share, stopped, sandbox
):
    sandbox.set_fault("error_without_commit")
    publish_share(share.id, stopped)
    session.refresh(share)

    send_again(session, share, the_same_again(share, person, item, now()), TERMS)

    session.refresh(share)
    assert (share.stop_requested, share.take_off_again) == (False, False)


def test_without_a_connection_it_stays_and_its_owner_is_told(
    session, share, stopped, station, sandbox
):
    publish_share(share.id, stopped)
    sandbox.revoke_all()

    delete_late(share.id, station.outside)

    assert state_of(session, share) is S.PUBLISHED
    assert share.reason == Reason.STOPPED_TOO_LATE
    assert posts_to_delete(session) == []
    assert [post["deleted"] for post in sandbox.posts()] == [False]


def test_a_network_that_is_away_is_asked_by_the_next_sweep(
    session, share, stopped, station
):
    publish_share(share.id, stopped)
    [network] = station.outside.networks.values()
    settings = replace(network._settings, api_base="http://127.0.0.1:9")  # noqa: SLF001
    away = replace(station.outside, networks={LINKEDIN: type(network)(settings)})

    delete_late(share.id, away)

    assert posts_to_delete(session) == [share.id]


def test_after_five_minutes_it_is_left_to_its_owner(session, share, stopped):
    publish_share(share.id, stopped)
    session.refresh(share)
    share.posted_at -= timedelta(minutes=6)
    session.commit()

    assert posts_to_delete(session) == []


def test_what_nobody_stopped_is_never_deleted(session, share, station, sandbox):
    publish_share(share.id, station)

    assert posts_to_delete(session) == []
    delete_late(share.id, station.outside)
    assert [post["deleted"] for post in sandbox.posts()] == [False]


def test_stopping_comes_too_late_when_the_answer_is_there(session, share, station):
    publish_share(share.id, station)
    session.refresh(share)
    with pytest.raises(TooLate):
        stop_sending(session, share)


def test_a_doubt_that_its_owner_ended_is_left_alone(session, share, stopped, sandbox):
    sandbox.set_fault("drop_after_commit")
    publish_share(share.id, stopped)
    session.refresh(share)

    answer_uncertain(session, share, there=True, at=now())

    assert posts_to_delete(session) == []
