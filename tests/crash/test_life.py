"""A worker's heartbeats, its orderly stop, and a database put back from a copy."""

import signal
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from advocacy.shares.installation_file import STOPPED, InstallationFile
from advocacy.shares.models import ShareState
from advocacy.shares.pausing import release_publishing, stops
from advocacy.shares.reasons import Reason
from advocacy.shares.service_rows import Heartbeat, Installation
from integrations.database import transaction
from tests.crash.processes import wait_for

S = ShareState


def beats(kind):
    with transaction() as session:
        rows = session.scalars(select(Heartbeat).where(Heartbeat.kind == kind))
        return [row.process for row in rows]


def stopped():
    with transaction() as session:
        return [stop.cause for stop in stops(session)]


def test_a_worker_hears_its_own_message_and_says_goodbye(place):
    worker = place.worker()
    wait_for(lambda: beats("worker"), "its own message")
    assert beats("worker") == beats("process")

    worker.send(signal.SIGTERM)
    worker.child.wait(60)

    assert beats("process") == []
    [mark] = InstallationFile(place.folder / "data").read().marks
    assert mark.startswith(STOPPED)
    with transaction() as session:
        assert session.get_one(Installation, 1).mark == mark


@pytest.fixture
def without_switches(place):
    """The database lacks a table that a worker's repairs need, and they alone."""
    rename = "ALTER TABLE {} RENAME TO {}"
    with transaction() as session:
        session.execute(text(rename.format("switch_state", "switch_state_away")))
    yield
    with transaction() as session:
        session.execute(text(rename.format("switch_state_away", "switch_state")))


@pytest.mark.usefixtures("without_switches")
def test_a_worker_whose_repairs_fail_does_not_begin(place):
    worker = place.worker(says="cannot start: ProgrammingError at its repairs")
    assert worker.child.wait(60) != 0


def test_a_database_put_back_from_a_copy_posts_nothing_before_its_release(
    place, sharing, sandbox
):
    worker = place.worker()
    wait_for(lambda: beats("process"), "the first beat")
    worker.kill()
    due, later = sharing.due(), sharing.due("Planned.")
    with transaction() as session:
        session.get_one(Installation, 1).beat_at -= timedelta(hours=24)
        planned = session.merge(sharing.get(later))
        planned.next_at += timedelta(hours=1)

    place.worker()
    place.clock()

    sharing.becomes(due, S.UNCERTAIN)
    assert sharing.get(due).reason == Reason.RESTORED
    assert stopped() == ["restored"]
    with transaction() as session:
        session.merge(sharing.get(later)).next_at -= timedelta(hours=1)
    wait_for(lambda: beats("clock"), "the clock", 90)
    assert sharing.get(later).state is S.SCHEDULED
    with transaction() as session:
        release_publishing(session)
    sharing.becomes(later, S.PUBLISHED)
    assert sandbox.creates == 1
    assert sharing.get(due).state is S.UNCERTAIN
