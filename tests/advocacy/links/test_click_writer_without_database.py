"""The database refuses, hangs, or is away: the disk takes the visits."""

import time
from threading import Event

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from advocacy.links.batches import VisitBatch
from advocacy.links.click_writer import PAUSE_SECONDS, ClickWriter
from advocacy.links.models import Outcome
from integrations.database import transaction
from tests.advocacy.links.recording import record
from tests.advocacy.links.stored_visits import DAY, counted, rows
from tests.advocacy.links.threads import LONG, at_once, wait_until


def test_a_visit_is_on_the_disk_when_record_comes_back(away, spool, code):
    writer = ClickWriter(away, spool)
    with capture_logs() as logs:
        assert record(writer, code, DAY, Outcome.COUNTED)
        assert spool.count() == 1
        assert record(writer, code, DAY, Outcome.COUNTED)
        record(writer, code, DAY, Outcome.BOT, wait=False)
        writer.close(LONG)
    assert counted(spool) == {Outcome.COUNTED: 2, Outcome.BOT: 1}
    assert [log["event"] for log in logs] == ["visits_wait"]
    assert code not in str(logs)


def test_visitors_who_come_together_share_files(away, spool, code):
    writer = ClickWriter(away, spool)
    record(writer, code, DAY, Outcome.COUNTED)
    at_once(30, lambda: record(writer, code, DAY, Outcome.COUNTED))
    assert spool.count() < 20
    writer.close(LONG)
    assert counted(spool) == {Outcome.COUNTED: 31}


def test_visits_for_which_nobody_waits_are_kept_too(away, spool, code):
    writer = ClickWriter(away, spool)
    record(writer, code, DAY, Outcome.BOT, wait=False)
    wait_until(lambda: spool.count() == 1)
    record(writer, code, DAY, Outcome.BOT, wait=False)
    wait_until(lambda: spool.count() == 2)
    writer.close(LONG)
    assert counted(spool) == {Outcome.BOT: 2}


def test_it_goes_back_to_the_database_when_that_is_back(away, engine, spool, code):
    writer = ClickWriter(away, spool)
    record(writer, code, DAY, Outcome.COUNTED)
    writer.store.engine = engine
    wait_until(lambda: rows(VisitBatch) == 1)  # the trial, without a visit in it
    assert record(writer, code, DAY, Outcome.COUNTED)
    assert (rows(VisitBatch), spool.count()) == (2, 1)
    writer.close(LONG)
    assert counted(spool) == {Outcome.COUNTED: 2}


def test_a_locked_table_holds_up_nobody(writer, spool, code):
    with transaction() as session:
        session.execute(text("LOCK TABLE visit_batch"))
        at_once(5, lambda: record(writer, code, DAY, Outcome.COUNTED))
        assert spool.count() >= 1
        time.sleep(PAUSE_SECONDS * 2)  # the writer tries, and is held up
        at_once(5, lambda: record(writer, code, DAY, Outcome.COUNTED))
    writer.close(LONG)
    assert counted(spool) == {Outcome.COUNTED: 10}


def test_a_writer_that_hangs_holds_up_nobody_and_counts_nothing_twice(
    writer, spool, code
):
    store, go_on = writer.store.store, Event()

    def hang(*batch):
        go_on.wait(LONG)
        store(*batch)

    writer.store.store = hang
    with capture_logs() as logs:
        at_once(3, lambda: record(writer, code, DAY, Outcome.COUNTED))
    assert "visits_wait" in {log["event"] for log in logs}
    assert 1 <= spool.count() <= 3
    go_on.set()
    writer.close(LONG)
    assert rows(VisitBatch) >= 1  # what it had in hand is stored a second time
    assert counted(spool) == {Outcome.COUNTED: 3}


def test_an_answer_that_comes_while_somebody_gives_up_is_heard(writer, code):
    """Or all who come next would be sent by way of the disk."""
    store, say_away = writer.store.store, writer._say_away  # noqa: SLF001
    patience, go_on, said = writer.patience, Event(), Event()

    def say_late(kind):
        go_on.set()
        time.sleep(0.5)  # the answer is there
        say_away(kind)
        said.set()

    writer.store.store = lambda *batch: go_on.wait(LONG) and store(*batch)
    writer._say_away = say_late  # noqa: SLF001
    assert record(writer, code, DAY, Outcome.COUNTED)
    assert said.wait(LONG)
    writer.close(LONG)
    assert writer.patience == patience


def test_a_lost_answer_counts_nothing_twice(writer, spool, code):
    store = writer.store.store

    def store_and_break(*batch):
        store(*batch)
        writer.store.connection.close()
        writer.store.store = store
        store(*batch)

    writer.store.store = store_and_break
    assert record(writer, code, DAY, Outcome.COUNTED)
    writer.close(LONG)
    assert (rows(VisitBatch) >= 1, spool.count()) == (True, 1)
    assert counted(spool) == {Outcome.COUNTED: 1}


def test_a_broken_connection_is_replaced(writer, spool, code):
    record(writer, code, DAY, Outcome.COUNTED)
    with transaction() as session:
        session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    assert record(writer, code, DAY, Outcome.COUNTED)
    writer.close(LONG)
    assert counted(spool) == {Outcome.COUNTED: 2}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_writer_that_died_lets_go_and_is_replaced(writer, spool, code):
    store, writer.store.store = writer.store.store, lambda *_batch: 1 / 0
    assert record(writer, code, DAY, Outcome.COUNTED)
    assert spool.count() == 1
    writer.thread.join()
    writer.store.store = store
    assert record(writer, code, DAY, Outcome.COUNTED)
    assert rows(VisitBatch) == 1
    assert counted(spool) == {Outcome.COUNTED: 2}
