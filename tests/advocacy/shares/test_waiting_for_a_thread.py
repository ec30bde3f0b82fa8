"""What was taken in hand and waits for a thread: its lease, and a stop meanwhile."""

from dataclasses import replace
from datetime import timedelta
from threading import Event
from time import monotonic

import pytest
from sqlalchemy import select, update

from advocacy.outside import LINKEDIN
from advocacy.shares.budget import used_by_app
from advocacy.shares.claiming import claim_share, database_time
from advocacy.shares.crew import Crew
from advocacy.shares.dispatching import publish_due
from advocacy.shares.models import Share, ShareState
from advocacy.shares.publishing import WAITED_SECONDS, post
from advocacy.shares.sweeper import release_worker
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.dispatched import due, states, watched
from tests.advocacy.shares.interrupting import interrupted

S = ShareState


def test_who_waited_long_for_a_thread_begins_with_a_whole_lease(
    committed_station, sandbox
):
    [share] = due(sandbox, 1)
    with transaction() as session:
        claim = claim_share(session, share, committed_station)
    waited = replace(claim, taken=monotonic() - WAITED_SECONDS)
    with transaction() as session:
        session.execute(update(Share).values(lease_until=now() + timedelta(seconds=1)))
    left = []

    def look():
        with transaction() as session:
            left.append(session.get_one(Share, share).lease_until - now())

    post(waited, interrupted(committed_station, "before prepare", look))

    assert left[0] > timedelta(seconds=100)
    assert states() == {S.PUBLISHED: 1}


def test_who_waited_longer_than_its_lease_begins_nothing(committed_station, sandbox):
    [share] = due(sandbox, 1)
    with transaction() as session:
        claim = claim_share(session, share, committed_station)
    with transaction() as session:
        session.execute(update(Share).values(lease_until=now() - timedelta(seconds=1)))
    watched_station, network = watched(committed_station)

    post(replace(claim, taken=monotonic() - WAITED_SECONDS), watched_station)

    assert network.seen == []
    assert sandbox.creates == 0
    with transaction() as session:
        assert used_by_app(session, LINKEDIN, database_time(session).date()) == 0


@pytest.mark.parametrize("released_first", [True, False])
def test_a_stop_gives_back_what_waits_for_a_thread(
    committed_station, sandbox, released_first
):
    """As if it had not been touched, and its calls with it."""
    due(sandbox, 6)
    stopping = Event()
    crew = Crew(1)
    station = replace(committed_station, crew=crew, stopping=stopping.is_set)

    def stop():
        """As a worker does after SIGTERM."""
        stopping.set()
        if released_first:
            release()
        for waiting in crew.stop():
            waiting()
        release()

    def release():
        with transaction() as session:
            release_worker(session, station.worker)

    publish_due(interrupted(station, "after answer", stop))
    crew.end()

    assert states() == {S.PUBLISHED: 1, S.SCHEDULED: 5}
    with transaction() as session:
        assert set(session.scalars(select(Share.crash_count))) == {0}
        assert used_by_app(session, LINKEDIN, database_time(session).date()) == 1
