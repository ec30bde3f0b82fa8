"""Visits are on a disk before their visitor goes on; a missing database stops nobody."""

import subprocess
import sys
import time
from datetime import date
from threading import Event, Thread

import pytest
from sqlalchemy import create_engine, func, select, text
from structlog.testing import capture_logs

from advocacy.links import click_writer
from advocacy.links.batches import VisitBatch, VisitLoss
from advocacy.links.click_writer import PAUSE_SECONDS, ClickWriter
from advocacy.links.counting import count_visits
from advocacy.links.models import ClickDay, Outcome
from advocacy.links.operations import link_for
from advocacy.links.spool import Spool
from integrations.database import transaction
from tests.advocacy.links.conftest import add_item

DAY = date(2026, 11, 3)
NOBODY_THERE = "postgresql+psycopg://postgres@127.0.0.1:1/none"
# As a whole service would see it, however busy the machine is.
LONG = 30


@pytest.fixture
def engine(database_url):
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def away():
    engine = create_engine(NOBODY_THERE)
    yield engine
    engine.dispose()


@pytest.fixture
def code(database_url):
    with transaction() as session:
        return link_for(session, add_item(session).id, "https://a.example/", None).code


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path)


@pytest.fixture
def no_disk(tmp_path):
    (tmp_path / "file").touch()
    return Spool(tmp_path / "file")


@pytest.fixture
def writer(engine, spool):
    writer = ClickWriter(engine, spool)
    yield writer
    writer.close(LONG)


def counted(spool):
    """By outcome, once everything is counted, from the disk too."""
    count_visits(spool)
    assert spool.count() == 0
    with transaction() as session:
        rows = session.execute(select(ClickDay.outcome, ClickDay.visits))
        return dict(rows.all())


def batches():
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(VisitBatch))


def lost():
    with transaction() as session:
        rows = session.execute(select(VisitLoss.reason, VisitLoss.visits))
        return dict(rows.all())


def wait_until(condition):
    end = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def at_once(visits, call):
    threads = [Thread(target=call) for _ in range(visits)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class TestWithItsDatabase:
    """The usual case."""

    def test_a_visit_is_stored_when_record_comes_back(self, writer, spool, code):
        assert writer.record(code, DAY, Outcome.COUNTED)
        with transaction() as session:
            stored = session.scalars(select(VisitBatch.visits)).all()
        assert stored == [f"{code} 2026-11-03 counted 1"]
        assert counted(spool) == {Outcome.COUNTED: 1}

    def test_visits_of_many_threads_are_all_stored(self, writer, spool, code):
        def visit():
            for _ in range(25):
                assert writer.record(code, DAY, Outcome.COUNTED)

        at_once(8, visit)
        assert counted(spool) == {Outcome.COUNTED: 200}

    def test_visits_that_wait_together_are_stored_in_one_row(self, writer, spool, code):
        store, go_on = writer.store.store, Event()

        def slow(*batch):
            go_on.wait(LONG)
            store(*batch)

        writer.store.store = slow
        writer.record(code, DAY, Outcome.AGAIN, wait=False)
        wait_until(lambda: not writer._gathering.visits)  # noqa: SLF001
        for _ in range(50):
            writer.record(code, DAY, Outcome.BOT, wait=False)
        go_on.set()
        writer.close(LONG)
        assert batches() == 2
        assert counted(spool) == {Outcome.AGAIN: 1, Outcome.BOT: 50}

    def test_it_asks_for_durable_commits_whatever_the_server_says(self, writer, code):
        with transaction() as session:
            name = session.scalar(text("SELECT current_database()"))
            session.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
        writer.record(code, DAY, Outcome.COUNTED)
        with writer.store.engine.connect() as fresh:
            assert fresh.scalar(text("SHOW synchronous_commit")) == "off"
        (asked,) = writer.store.connection.execute("SHOW synchronous_commit").fetchone()
        assert asked == "on"

    def test_what_gathers_beyond_the_limit_goes_to_the_disk(
        self, engine, spool, code, monkeypatch
    ):
        monkeypatch.setattr(click_writer, "MOST_GATHERED", 2)
        writer, go_on = ClickWriter(engine, spool), Event()
        writer.store.store = lambda *_batch: go_on.wait(LONG)
        writer.record(code, DAY, Outcome.BOT, wait=False)
        wait_until(lambda: not writer._gathering.visits)  # noqa: SLF001
        for _ in range(4):
            writer.record(code, DAY, Outcome.SCANNER, wait=False)
        assert spool.count() == 2
        go_on.set()
        writer.close(LONG)
        assert counted(spool) == {Outcome.SCANNER: 4}


class TestWithoutItsDatabase:
    """It refuses, hangs, or is away: the disk takes the visits."""

    def test_a_visit_is_on_the_disk_when_record_comes_back(self, away, spool, code):
        writer = ClickWriter(away, spool)
        with capture_logs() as logs:
            assert writer.record(code, DAY, Outcome.COUNTED)
            assert spool.count() == 1
            assert writer.record(code, DAY, Outcome.COUNTED)
            writer.record(code, DAY, Outcome.BOT, wait=False)
            writer.close(LONG)
        assert counted(spool) == {Outcome.COUNTED: 2, Outcome.BOT: 1}
        assert [log["event"] for log in logs] == ["visits_wait"]
        assert code not in str(logs)

    def test_visitors_who_come_together_share_files(self, away, spool, code):
        writer = ClickWriter(away, spool)
        writer.record(code, DAY, Outcome.COUNTED)
        at_once(30, lambda: writer.record(code, DAY, Outcome.COUNTED))
        assert spool.count() < 20
        writer.close(LONG)
        assert counted(spool) == {Outcome.COUNTED: 31}

    def test_visits_for_which_nobody_waits_are_kept_too(self, away, spool, code):
        writer = ClickWriter(away, spool)
        writer.record(code, DAY, Outcome.BOT, wait=False)
        wait_until(lambda: spool.count() == 1)
        writer.record(code, DAY, Outcome.BOT, wait=False)
        wait_until(lambda: spool.count() == 2)
        writer.close(LONG)
        assert counted(spool) == {Outcome.BOT: 2}

    def test_it_goes_back_to_the_database_when_that_is_back(
        self, away, engine, spool, code
    ):
        writer = ClickWriter(away, spool)
        writer.record(code, DAY, Outcome.COUNTED)
        writer.store.engine = engine
        wait_until(lambda: batches() == 1)  # the trial, without a visit in it
        assert writer.record(code, DAY, Outcome.COUNTED)
        assert (batches(), spool.count()) == (2, 1)
        writer.close(LONG)
        assert counted(spool) == {Outcome.COUNTED: 2}

    def test_a_locked_table_holds_up_nobody(self, writer, spool, code):
        with transaction() as session:
            session.execute(text("LOCK TABLE visit_batch"))
            at_once(5, lambda: writer.record(code, DAY, Outcome.COUNTED))
            assert spool.count() >= 1
            time.sleep(PAUSE_SECONDS * 2)  # the writer tries, and is held up
            at_once(5, lambda: writer.record(code, DAY, Outcome.COUNTED))
        writer.close(LONG)
        assert counted(spool) == {Outcome.COUNTED: 10}

    def test_a_writer_that_hangs_holds_up_nobody_and_counts_nothing_twice(
        self, writer, spool, code
    ):
        store, go_on = writer.store.store, Event()

        def hang(*batch):
            go_on.wait(LONG)
            store(*batch)

        writer.store.store = hang
        with capture_logs() as logs:
            at_once(3, lambda: writer.record(code, DAY, Outcome.COUNTED))
        assert "visits_wait" in {log["event"] for log in logs}
        assert 1 <= spool.count() <= 3
        go_on.set()
        writer.close(LONG)
        assert batches() >= 1  # what it had in hand is stored a second time
        assert counted(spool) == {Outcome.COUNTED: 3}

    def test_a_lost_answer_counts_nothing_twice(self, writer, spool, code):
        store = writer.store.store

        def store_and_break(*batch):
            store(*batch)
            writer.store.connection.close()
            writer.store.store = store
            store(*batch)

        writer.store.store = store_and_break
        assert writer.record(code, DAY, Outcome.COUNTED)
        writer.close(LONG)
        assert (batches() >= 1, spool.count()) == (True, 1)
        assert counted(spool) == {Outcome.COUNTED: 1}

    def test_a_broken_connection_is_replaced(self, writer, spool, code):
        writer.record(code, DAY, Outcome.COUNTED)
        with transaction() as session:
            session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        assert writer.record(code, DAY, Outcome.COUNTED)
        writer.close(LONG)
        assert counted(spool) == {Outcome.COUNTED: 2}

    @pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
    def test_a_writer_that_died_lets_go_and_is_replaced(self, writer, spool, code):
        store, writer.store.store = writer.store.store, lambda *_batch: 1 / 0
        assert writer.record(code, DAY, Outcome.COUNTED)
        assert spool.count() == 1
        writer.thread.join()
        writer.store.store = store
        assert writer.record(code, DAY, Outcome.COUNTED)
        assert batches() == 1
        assert counted(spool) == {Outcome.COUNTED: 2}


class TestWithoutDatabaseAndDisk:
    """Visitors are sent on; how many were lost is told once there is whom to tell."""

    def test_what_neither_takes_is_counted_as_lost(
        self, away, engine, no_disk, spool, code
    ):
        writer = ClickWriter(away, no_disk)
        with capture_logs() as logs:
            for _ in range(3):
                assert not writer.record(code, DAY, Outcome.COUNTED)
        writer.store.engine = engine
        wait_until(lambda: batches() >= 1)
        assert writer.record(code, DAY, Outcome.COUNTED)
        writer.close(LONG)
        assert counted(spool) == {Outcome.COUNTED: 1}
        assert lost() == {"disk": 3}
        assert "visits_lost" in {log["event"] for log in logs}
        assert code not in str(logs)

    def test_without_a_place_on_the_disk_it_is_the_same(self, away, code):
        writer = ClickWriter(away)
        assert not writer.record(code, DAY, Outcome.COUNTED)
        writer.close(LONG)
        assert sum(writer.losses.values()) == 1

    def test_losses_reach_the_disk_when_that_is_back_first(
        self, away, no_disk, spool, code
    ):
        writer = ClickWriter(away, no_disk)
        assert not writer.record(code, DAY, Outcome.COUNTED)
        writer.spool = spool
        writer.close(LONG)
        assert counted(spool) == {}
        assert lost() == {"disk": 1}

    def test_a_full_spool_takes_no_more(self, away, engine, tmp_path, code):
        spool = Spool(tmp_path, most_files=1)
        writer = ClickWriter(away, spool)
        assert writer.record(code, DAY, Outcome.COUNTED)
        assert not writer.record(code, DAY, Outcome.COUNTED)
        writer.store.engine = engine
        wait_until(lambda: batches() >= 1)
        writer.record(code, DAY, Outcome.COUNTED)
        writer.close(LONG)
        assert counted(spool) == {Outcome.COUNTED: 2}
        assert lost() == {"spool_full": 1}


PROCESS = """
import sys
from datetime import date
from multiprocessing import get_context
from sqlalchemy import create_engine
from advocacy.links.click_writer import ClickWriter
from advocacy.links.models import Outcome

def serve(writer, code):
    for _ in range(30):
        writer.record(code, date(2026, 11, 3), Outcome.BOT, wait=False)

if __name__ == "__main__":
    address, code, how = sys.argv[1:]
    writer = ClickWriter(create_engine(address))
    if how == "main":
        serve(writer, code)
    else:
        child = get_context("fork").Process(target=serve, args=(writer, code))
        child.start()
        child.join()
"""


@pytest.mark.parametrize("how", ["main", "forked child"])
def test_what_waits_is_stored_when_the_process_ends(
    database_url, spool, code, how, tmp_path
):
    script = tmp_path / "serve.py"
    script.write_text(PROCESS)
    command = [sys.executable, "-W", "error", script, database_url, code, how]
    subprocess.run(command, check=True, timeout=60, env={"PYTHONPATH": "."})
    assert counted(spool) == {Outcome.BOT: 30}
