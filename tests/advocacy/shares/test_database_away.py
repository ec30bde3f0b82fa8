"""The database is away when the answer is there: on the disk, it waits for it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from advocacy.migrations.running import upgrade
from advocacy.shares import storing_outcomes
from advocacy.shares.models import Share, ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.storing_outcomes import store_kept
from advocacy.shares.sweeper import sweep
from integrations.clock import now
from integrations.database import connect, open_session, transaction
from integrations.local_services import LocalPostgres
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import (
    connect_account,
    make_item,
    make_person,
    make_station,
    queue_due,
)

S = ShareState


@pytest.fixture
def server(tmp_path, _engine):
    """A database server of this test's own, which may go and come back."""
    server = Server(tmp_path / "server")
    yield server
    server.stop()
    open_session.configure(bind=_engine)


class Server:
    def __init__(self, folder):
        self.folder = folder
        self.start()
        upgrade(self.running.address())

    def start(self):
        self.running = LocalPostgres(self.folder, durable=False)
        self.engine = connect(self.running.address())

    def stop(self):
        self.engine.dispose()
        self.running.stop()


@pytest.fixture
def share_id(server, sandbox):
    with transaction() as session:
        person = make_person(session)
        connect_account(session, person, sandbox.access_for(person.email))
        return queue_due(session, person, make_item(session), "Only on the page.").id


@pytest.fixture
def away_station(server, sandbox, tmp_path):
    """The worker is told to stop, in the same moment as the database goes."""
    told_to_stop = []
    station = make_station(sandbox, server.engine, tmp_path)
    station = replace(station, stopping=lambda: bool(told_to_stop))

    def away():
        told_to_stop.append(True)
        server.stop()

    return interrupted(station, "after answer", away)


def test_an_answer_outlives_a_database_that_is_away_and_a_worker_that_must_stop(
    server, share_id, away_station, sandbox
):
    with capture_logs() as lines:
        publish_share(share_id, away_station)

    assert "outcome_kept" in [line["event"] for line in lines]
    [file] = away_station.spool.folder.iterdir()
    [post] = sandbox.posts()
    assert post["urn"] in file.read_text()
    assert "Only on the page." not in file.read_text()
    server.start()
    assert store_kept(away_station) == 1
    assert not list(away_station.spool.folder.iterdir())
    with transaction() as session:
        share = session.get_one(Share, share_id)
        assert share.state is S.PUBLISHED
        assert share.post_id == post["urn"]


def test_a_kept_answer_ends_the_doubt_that_was_there_first(
    server, share_id, away_station, sandbox
):
    """Another host's sweeper came before this one could say what it knew."""
    publish_share(share_id, away_station)
    server.start()
    with transaction() as session:
        session.get_one(Share, share_id).lease_until = now() - timedelta(seconds=1)
        session.flush()
        assert sweep(session).uncertain == 1

    for _twice in range(2):
        store_kept(away_station)

    with transaction() as session:
        share = session.get_one(Share, share_id)
        assert share.state is S.PUBLISHED
        assert share.post_id == sandbox.posts()[0]["urn"]


def test_an_answer_waits_on_the_disk_from_the_first_refusal_on(
    server, share_id, away_station, monkeypatch
):
    """Who is killed while waiting for the database has said it already."""
    station = replace(away_station, stopping=lambda: False)
    seen = []

    def back_again(_seconds):
        seen.extend(file.name for file in station.spool.folder.iterdir())
        server.start()

    monkeypatch.setattr(storing_outcomes, "sleep", back_again)
    publish_share(share_id, station)

    assert seen == [f"{share_id}-1.json"]
    assert not list(station.spool.folder.iterdir())
    with transaction() as session:
        assert session.get_one(Share, share_id).state is S.PUBLISHED


def test_a_full_disk_leaves_the_answer_in_memory_until_the_lease_ends(
    server, share_id, away_station, monkeypatch
):
    (away_station.spool.folder).write_text("a file where the folder should be")
    monkeypatch.setattr(storing_outcomes, "sleep", lambda _seconds: server.start())

    publish_share(share_id, away_station)

    with transaction() as session:
        assert session.get_one(Share, share_id).state is S.PUBLISHED
