"""The database is away when the answer is there: on the disk, it waits for it."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from errno import ENOSPC

import pytest
from structlog.testing import capture_logs

from advocacy.migrations.running import upgrade
from advocacy.shares import storing_outcomes
from advocacy.shares.attempted import Attempted
from advocacy.shares.models import Share, ShareState
from advocacy.shares.outcomes import Outcome, doubt, posted
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.spool import Spool
from advocacy.shares.storing_outcomes import store_kept
from advocacy.shares.sweeper import sweep
from integrations.clock import now
from integrations.database import connect, open_session, transaction
from integrations.local_services import LocalPostgres
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import (
    attempt_of,
    connect_account,
    make_item,
    make_person,
    make_station,
    put_into,
    queue_due,
)

S = ShareState
WHICH = Attempted(
    share_id=7,
    n=2,
    owner="here:1:ab/cd",
    network="linkedin",
    tries=1,
    connected_at=datetime(2026, 11, 1, 8, 30, tzinfo=UTC),
)


@pytest.mark.parametrize(
    "outcome",
    [
        posted("urn:li:share:7"),
        posted(None),
        doubt("504"),
        Outcome(S.SCHEDULED, Reason.BUSY, "429", wait=timedelta(minutes=2)),
        Outcome(S.SCHEDULED, Reason.RATE_LIMIT, "429", until_midnight=True),
        Outcome(S.SCHEDULED, sent=False, wait=timedelta()),
    ],
)
def test_what_is_kept_comes_back_as_it_was(tmp_path, outcome):
    Spool(tmp_path / "new").keep(WHICH, outcome)

    assert list(Spool(tmp_path / "new").waiting()) == [(WHICH, outcome)]


def test_what_is_stored_is_kept_no_longer(tmp_path):
    spool = Spool(tmp_path)
    spool.keep(WHICH, doubt())

    for _twice in range(2):
        spool.forget(WHICH)

    assert list(spool.waiting()) == []


def test_a_file_that_cannot_be_read_does_not_hold_up_the_others(tmp_path):
    spool = Spool(tmp_path)
    spool.keep(WHICH, doubt())
    (tmp_path / "1-1.json").write_text('{"attempt": ')
    (tmp_path / "2-1.json").write_text('{"attempt": {}, "outcome": {}}')

    written = json.loads((tmp_path / "7-2.json").read_text())
    written["outcome"]["wait"] = 1e300  # no date is so far away
    (tmp_path / "3-1.json").write_text(json.dumps(written))

    with capture_logs() as lines:
        assert [which for which, _ in spool.waiting()] == [WHICH]

    assert [line["event"] for line in lines] == ["kept_outcome_unreadable"] * 3
    assert len(list(tmp_path.glob("*.unreadable"))) == 3


def test_what_was_written_when_its_worker_was_killed_is_kept_as_well(tmp_path):
    """Whole and durable, but not yet under its name: it may be the only proof."""
    spool = Spool(tmp_path)
    spool.keep(WHICH, posted("urn:li:share:7"))
    [file] = tmp_path.iterdir()
    file.rename(tmp_path / "new-1")
    for half, content in (("new-2", '{"attempt": '), ("new-3", "{}"), ("new-4", "{")):
        (tmp_path / half).write_text(content)
    for left in ("new-1", "new-2", "new-3"):
        os.utime(tmp_path / left, (0, 0))

    assert list(spool.waiting()) == [(WHICH, posted("urn:li:share:7"))]

    # The fourth is young: somebody writes it at this moment.
    assert {left.name for left in tmp_path.iterdir()} == {"7-2.json", "new-4"}


def test_a_disk_that_takes_nothing_is_not_filled_with_halves(tmp_path, monkeypatch):
    def full(_file):
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(OSError, match="No space left"):
        Spool(tmp_path).keep(WHICH, doubt())

    assert list(tmp_path.iterdir()) == []


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


def test_what_is_kept_says_nothing_about_another_attempt_of_that_number(
    session, person, item, station
):
    """After a restored backup the same numbers are given out again."""
    share = queue_due(session, person, item)
    put_into(session, share, S.SENDING)
    session.add(attempt_of(share.id, n=WHICH.n))
    session.commit()
    station.spool.keep(replace(WHICH, share_id=share.id), posted("urn:li:share:7"))

    store_kept(station)

    session.refresh(share)
    assert share.state is S.SENDING


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


def test_what_is_kept_for_a_network_that_was_taken_away_ends_no_sweep(station):
    """Its settings may come back, so it stays."""
    station.spool.keep(replace(WHICH, network="gone"), posted("urn:li:share:1"))

    assert store_kept(station) == 0

    assert len(list(station.spool.waiting())) == 1
