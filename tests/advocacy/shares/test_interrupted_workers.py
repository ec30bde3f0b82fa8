"""A worker that must stop, slept or lost its share arms nothing more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advocacy.shares import arming
from advocacy.shares.models import Share, ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.sweeper import sweep
from integrations.clock import now
from integrations.database import transaction
from integrations.errors import NotDone
from tests.advocacy.shares.interrupting import STEPS, interrupted
from tests.advocacy.shares.making import attempts, state_of

S = ShareState


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_told_to_stop_gives_back_what_it_has_not_sent(
    session, share, station, sandbox, step
):
    asked_to_stop = []
    stoppable = replace(station, stopping=lambda: bool(asked_to_stop))

    publish_share(
        share.id, interrupted(stoppable, step, lambda: asked_to_stop.append(True))
    )

    assert state_of(session, share) is S.SCHEDULED
    assert share.lease_owner is None
    assert share.crash_count == 0
    assert sandbox.creates == 0


def test_a_worker_told_to_stop_lets_its_post_end(session, share, station, sandbox):
    asked_to_stop = []
    stoppable = replace(station, stopping=lambda: bool(asked_to_stop))

    publish_share(
        share.id,
        interrupted(stoppable, "after arm", lambda: asked_to_stop.append(True)),
    )

    assert state_of(session, share) is S.PUBLISHED


def test_a_worker_that_slept_past_its_deadline_does_not_send(
    session, share, station, sandbox, monkeypatch
):
    monkeypatch.setattr(arming, "DEADLINE", timedelta(seconds=-1))

    publish_share(share.id, station)

    assert state_of(session, share) is S.SCHEDULED
    assert [attempt.outcome for attempt in attempts(session, share)] == ["not_sent"]
    assert sandbox.creates == 0

    monkeypatch.undo()
    publish_share(share.id, station)
    assert state_of(session, share) is S.PUBLISHED
    assert len(sandbox.posts()) == 1


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_whose_lease_ran_out_has_lost_the_share(
    session, share, station, sandbox, step
):
    def lose_it():
        with transaction() as other:
            row = other.get_one(Share, share.id)
            row.lease_until = now() - timedelta(seconds=1)
            other.flush()
            sweep(other)

    publish_share(share.id, interrupted(station, step, lose_it))

    assert state_of(session, share) is S.SCHEDULED
    assert share.crash_count == 1
    assert sandbox.creates == 0
    assert attempts(session, share) == []


def test_what_another_worker_took_over_is_not_sent_by_the_first(
    session, share, station, sandbox
):
    """Same share, same body, same state: only the mark on the lease differs."""

    def take_over():
        with transaction() as other:
            other.get_one(Share, share.id).lease_owner = "another-worker/1"

    publish_share(share.id, interrupted(station, "after connect", take_over))

    assert state_of(session, share) is S.READY
    assert share.lease_owner == "another-worker/1"
    assert sandbox.creates == 0


def test_trouble_of_a_worker_that_lost_the_share_is_its_own(
    session, share, station, sandbox
):
    def take_over_and_fail():
        with transaction() as other:
            other.get_one(Share, share.id).lease_owner = "another-worker/1"
        raise NotDone("away")

    publish_share(share.id, interrupted(station, "before connect", take_over_and_fail))

    assert state_of(session, share) is S.READY
    assert share.lease_owner == "another-worker/1"


def test_a_slow_preparation_that_nobody_swept_is_no_reason_to_send(
    session, share, station, sandbox
):
    def only_late():
        with transaction() as other:
            row = other.get_one(Share, share.id)
            row.lease_until = now() - timedelta(seconds=1)

    publish_share(share.id, interrupted(station, "after connect", only_late))

    assert state_of(session, share) is S.SCHEDULED
    assert share.crash_count == 1
    assert sandbox.creates == 0
