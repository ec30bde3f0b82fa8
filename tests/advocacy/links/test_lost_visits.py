"""Without database and disk visitors are sent on; how many were lost is told later."""

from threading import Event, Thread

import pytest
from psycopg import OperationalError
from structlog.testing import capture_logs

from advocacy.links import click_writer
from advocacy.links.batches import VisitBatch
from advocacy.links.click_writer import ClickWriter
from advocacy.links.models import Outcome
from advocacy.links.spool import Spool, SpoolFull
from tests.advocacy.links.recording import record
from tests.advocacy.links.stored_visits import DAY, counted, lost_visits, rows
from tests.advocacy.links.threads import LONG, wait_until


@pytest.fixture
def no_disk(tmp_path):
    (tmp_path / "file").touch()
    return Spool(tmp_path / "file")


def test_what_neither_takes_is_counted_as_lost(away, engine, no_disk, spool, code):
    writer = ClickWriter(away, no_disk)
    with capture_logs() as logs:
        for _ in range(3):
            assert not record(writer, code, DAY, Outcome.COUNTED)
    writer.store.engine = engine
    wait_until(lambda: rows(VisitBatch) >= 1)
    assert record(writer, code, DAY, Outcome.COUNTED)
    writer.close(LONG)
    assert counted(spool) == {Outcome.COUNTED: 2}  # the writer had the first in hand
    assert lost_visits() == {"disk": 2}
    assert "visits_lost" in {log["event"] for log in logs}
    assert code not in str(logs)


def test_losses_reach_the_disk_when_that_is_back_first(away, no_disk, spool, code):
    writer = ClickWriter(away, no_disk)
    for _ in range(3):
        record(writer, code, DAY, Outcome.COUNTED)
    writer.spool = spool
    writer.close(LONG)
    assert counted(spool) == {Outcome.COUNTED: 1}
    assert lost_visits() == {"disk": 2}


def test_a_full_spool_takes_no_more(away, engine, tmp_path, code):
    spool = Spool(tmp_path, most_files=1)
    writer = ClickWriter(away, spool)
    assert record(writer, code, DAY, Outcome.COUNTED)
    assert not record(writer, code, DAY, Outcome.COUNTED)
    writer.store.engine = engine
    wait_until(lambda: rows(VisitBatch) >= 1)
    record(writer, code, DAY, Outcome.COUNTED)
    writer.close(LONG)
    assert counted(spool) == {Outcome.COUNTED: 2}
    assert lost_visits() == {"spool_full": 1}


class Deaf:
    """A database that takes batches, and whose answer does not come, `times` times."""

    def __init__(self, store, times=1):
        self.store, self.times = store, times

    def __call__(self, *batch):
        self.store(*batch)
        if self.times:
            self.times -= 1
            raise OperationalError


def test_what_the_database_may_have_taken_is_not_lost(engine, no_disk, spool, code):
    writer = ClickWriter(engine, no_disk)
    writer.store.store = Deaf(writer.store.store, times=2)
    assert not record(writer, code, DAY, Outcome.COUNTED)
    wait_until(lambda: not writer._away)  # noqa: SLF001
    writer.close(LONG)
    assert counted(spool) == {Outcome.COUNTED: 1}
    assert lost_visits() == {}


def test_what_the_database_takes_late_is_not_lost(
    engine, no_disk, spool, code, monkeypatch
):
    monkeypatch.setattr(click_writer, "PATIENCE_SECONDS", 0.05)
    writer, go_on = ClickWriter(engine, no_disk), Event()
    store = writer.store.store
    writer.store.store = lambda *batch: go_on.wait(LONG) and store(*batch)
    with capture_logs() as logs:
        assert not record(writer, code, DAY, Outcome.COUNTED)
        go_on.set()
        writer.close(LONG)
    assert counted(spool) == {Outcome.COUNTED: 1}
    assert lost_visits() == {}
    assert "visits_lost" not in {log["event"] for log in logs}


def test_what_the_database_takes_while_the_disk_ponders_is_not_lost(
    engine, tmp_path, code, monkeypatch
):
    monkeypatch.setattr(click_writer, "PATIENCE_SECONDS", 0.05)
    disk, database = Event(), Event()

    class Slow(Spool):
        def keep(self, *_batch):
            database.set()
            disk.wait(LONG)
            raise SpoolFull

    writer = ClickWriter(engine, Slow(tmp_path))
    store = writer.store.store
    writer.store.store = lambda *batch: database.wait(LONG) and store(*batch)
    visitor = Thread(target=record, args=(writer, code, DAY, Outcome.COUNTED))
    visitor.start()
    wait_until(lambda: rows(VisitBatch) == 1)
    record(writer, code, DAY, Outcome.BOT, wait=False)  # now the writer is at another
    wait_until(lambda: rows(VisitBatch) == 2)
    disk.set()
    visitor.join()
    assert not writer.losses.waiting
    writer.close(LONG)
    assert counted(Spool(tmp_path)) == {Outcome.COUNTED: 1, Outcome.BOT: 1}


def test_losses_that_the_database_may_have_taken_are_told_once(
    away, engine, no_disk, spool, code
):
    writer = ClickWriter(away, no_disk)
    for _ in range(3):
        record(writer, code, DAY, Outcome.COUNTED)
    writer.store.store = Deaf(writer.store.store, times=3)
    writer.store.engine = engine
    wait_until(lambda: not writer._away)  # noqa: SLF001
    record(writer, code, DAY, Outcome.COUNTED)
    writer.close(LONG)
    assert counted(spool) == {Outcome.COUNTED: 2}
    assert lost_visits() == {"disk": 2}
