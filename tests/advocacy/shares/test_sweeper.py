"""What rows still ask for is done, once, however often the sweeper runs."""

from datetime import timedelta

import pytest

from advocacy.shares.claiming import database_time
from advocacy.shares.models import ShareState
from advocacy.shares.reasons import Reason
from advocacy.shares.sweeper import due_shares, release_dead, release_worker, sweep
from integrations.clock import now
from tests.advocacy.shares.making import (
    attempt_of,
    attempts,
    make_item,
    put_into,
    queue,
    queue_due,
    state_of,
)
from tests.advocacy.shares.pauses import pause

S = ShareState


def lost(session, share, state, lease=timedelta(seconds=-1)):
    put_into(session, share, state)
    share.lease_owner = "another-worker/1"
    share.lease_until = database_time(session) + lease
    share.crash_count = 1
    session.flush()


@pytest.mark.parametrize("state", [S.PREPARING, S.READY])
def test_what_a_lost_worker_had_not_sent_is_scheduled_again(session, share, state):
    lost(session, share, state)

    assert sweep(session).put_back == 1
    assert sweep(session).put_back == 0

    assert state_of(session, share) is S.SCHEDULED
    assert share.lease_owner is None
    assert share.crash_count == 1
    assert due_shares(session) == [share.id]


def test_what_a_lost_worker_was_sending_is_a_doubt(session, share):
    lost(session, share, S.SENDING)
    session.add(attempt_of(share.id))
    session.flush()

    assert sweep(session).uncertain == 1
    assert sweep(session).uncertain == 0

    assert state_of(session, share) is S.UNCERTAIN
    assert share.reason == Reason.WORKER_LOST
    assert attempts(session, share)[0].outcome == "uncertain"
    assert due_shares(session) == []


@pytest.mark.parametrize(
    ("owner", "state", "freed"),
    [
        ("here:7:ab/1", S.PREPARING, True),
        ("here:7:ab/1", S.READY, True),
        ("here:7:ab/1", S.SENDING, False),  # a doubt, when its lease is over
        ("here:8:ab/1", S.PREPARING, False),  # lives
        ("there:7:ab/1", S.PREPARING, False),  # who knows
        ("hereafter:7:ab/1", S.PREPARING, False),
    ],
)
def test_a_dead_worker_of_this_host_holds_nothing(session, share, owner, state, freed):
    lost(session, share, state, lease=timedelta(minutes=10))
    share.lease_owner = owner
    session.flush()

    assert release_dead(session, "here", lambda process: process == 8) == freed

    assert state_of(session, share) is (S.SCHEDULED if freed else state)
    assert share.crash_count == 1  # so that poison is found out


@pytest.mark.parametrize("state", [S.PREPARING, S.READY, S.SENDING])
def test_a_lease_that_runs_is_respected(session, share, state):
    lost(session, share, state, lease=timedelta(seconds=30))
    sweep(session)
    assert state_of(session, share) is state


def test_what_is_far_too_late_is_missed(session, share):
    share.due_at = now() - timedelta(hours=6, seconds=5)
    session.flush()
    assert sweep(session).missed == 1
    assert state_of(session, share) is S.MISSED


def test_what_stops_every_worker_is_taken_out(session, share):
    share.crash_count = 6
    session.flush()
    assert sweep(session).poisoned == 1
    assert state_of(session, share) is S.FAILED
    assert share.reason == Reason.POISON


def test_planned_shares_of_an_expired_item_are_cancelled_before_they_are_due(
    session, person, item
):
    share = queue(session, person, item)
    item.expires_at = now() - timedelta(seconds=1)
    session.flush()
    assert sweep(session).expired == 1
    assert state_of(session, share) is S.CANCELLED
    assert share.reason == Reason.ITEM_EXPIRED


def test_nothing_due_is_told_twice_at_once_and_everything_is_told_again(
    session, person, share
):
    on_hold = queue(session, person, make_item(session))

    assert due_shares(session) == [share.id]
    assert due_shares(session) == []

    session.refresh(share)
    share.woken_at -= timedelta(seconds=16)
    session.flush()
    assert due_shares(session) == [share.id]
    assert on_hold.id != share.id


def test_the_oldest_come_first_and_a_batch_has_an_end(session, person):
    shares = [queue_due(session, person, make_item(session)) for _ in range(5)]
    for age, share in enumerate(shares):
        share.next_at = now() - timedelta(minutes=age + 1)
    session.flush()

    first = due_shares(session, limit=3)

    assert set(first) == {share.id for share in shares[2:]}


def test_a_paused_network_wakes_nobody(session, share):
    until = now() + timedelta(minutes=5)
    pause(session, until)
    assert due_shares(session) == []


def test_a_stopping_worker_gives_back_its_own_and_only_that(session, person, share):
    other = queue_due(session, person, make_item(session))
    lost(session, share, S.READY, lease=timedelta(seconds=90))
    lost(session, other, S.READY, lease=timedelta(seconds=90))
    other.lease_owner = "another-worker2/1"
    session.flush()

    assert release_worker(session, "another-worker") == 1

    assert state_of(session, share) is S.SCHEDULED
    assert share.crash_count == 0
    assert state_of(session, other) is S.READY
