"""Calls that were reserved and not made are there for other posts (reliability.md 2.10)."""

from dataclasses import replace
from threading import Event

import pytest

from advocacy.outside import LINKEDIN
from advocacy.shares.budget import used_by_app
from advocacy.shares.claiming import database_time
from advocacy.shares.models import ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from tests.advocacy.shares.elsewhere import answered, at
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import queue_due, state_of
from tests.integrations.linkedin.scripted import scripted

S = ShareState


@pytest.fixture
def share(session, person, item):
    share = queue_due(session, person, item)
    session.commit()
    return share


def used(session):
    return used_by_app(session, LINKEDIN, database_time(session).date())


def test_a_post_that_could_not_be_sent_costs_nothing(session, share, station):
    """An outage of hours does not use up anybody's day."""
    away = at(station, "http://127.0.0.1:1", pauses=())

    publish_share(share.id, away)

    assert state_of(session, share) is S.SCHEDULED
    assert share.reason == Reason.UNREACHABLE
    assert used(session) == 0


def test_a_version_that_is_gone_costs_nothing(session, share, station):
    gone = answered(426, {"code": "NONEXISTENT_VERSION"})
    with scripted(gone) as network:
        publish_share(share.id, at(station, network.address))

    assert state_of(session, share) is S.SCHEDULED
    assert share.reason == Reason.VERSION
    assert used(session) == 0


@pytest.mark.parametrize("step", ["before connect", "after connect"])
def test_a_post_that_was_stopped_costs_nothing(session, share, station, step):
    stopping = Event()
    station = replace(station, stopping=stopping.is_set)

    publish_share(share.id, interrupted(station, step, stopping.set))

    assert state_of(session, share) is S.SCHEDULED
    assert used(session) == 0


def test_what_may_have_been_sent_is_paid_for(session, share, station, sandbox):
    sandbox.set_fault("drop_after_commit")

    publish_share(share.id, station)

    assert state_of(session, share) is S.UNCERTAIN
    assert used(session) == 1
