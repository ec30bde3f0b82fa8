"""Visits are in the database before their visitor goes on."""

import subprocess
import sys
from threading import Event

import pytest
from sqlalchemy import select, text

from advocacy.links import recorder
from advocacy.links.batches import VisitBatch
from advocacy.links.click_writer import ClickWriter
from advocacy.links.models import Outcome
from integrations.database import transaction
from tests.advocacy.links.recording import record
from tests.advocacy.links.stored_visits import DAY, counted, rows
from tests.advocacy.links.threads import LONG, at_once, wait_until


def test_a_visit_is_stored_when_record_comes_back(writer, spool, code):
    assert record(writer, code, DAY, Outcome.COUNTED)
    with transaction() as session:
        stored = session.scalars(select(VisitBatch.visits)).all()
    assert stored == [f"{code} 2026-11-03 counted 1"]
    assert counted(spool) == {Outcome.COUNTED: 1}


def test_visits_of_many_threads_are_all_stored(writer, spool, code):
    def visit():
        for _ in range(25):
            assert record(writer, code, DAY, Outcome.COUNTED)

    at_once(8, visit)
    assert counted(spool) == {Outcome.COUNTED: 200}


def test_visits_that_wait_together_are_stored_in_one_row(writer, spool, code):
    store, go_on = writer.store.store, Event()

    def slow(*batch):
        go_on.wait(LONG)
        store(*batch)

    writer.store.store = slow
    record(writer, code, DAY, Outcome.AGAIN, wait=False)
    wait_until(lambda: not writer._gathering.visits)  # noqa: SLF001
    for _ in range(50):
        record(writer, code, DAY, Outcome.BOT, wait=False)
    go_on.set()
    writer.close(LONG)
    assert rows(VisitBatch) == 2
    assert counted(spool) == {Outcome.AGAIN: 1, Outcome.BOT: 50}


def test_it_asks_for_durable_commits_whatever_the_server_says(writer, code):
    with transaction() as session:
        name = session.scalar(text("SELECT current_database()"))
        session.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
    record(writer, code, DAY, Outcome.COUNTED)
    with writer.store.engine.connect() as fresh:
        assert fresh.scalar(text("SHOW synchronous_commit")) == "off"
    (asked,) = writer.store.connection.execute("SHOW synchronous_commit").fetchone()
    assert asked == "on"


def test_what_gathers_beyond_the_limit_goes_to_the_disk(
    engine, spool, code, monkeypatch
):
    monkeypatch.setattr(recorder, "MOST_GATHERED", 2)
    writer, go_on = ClickWriter(engine, spool), Event()
    writer.store.store = lambda *_batch: go_on.wait(LONG)
    record(writer, code, DAY, Outcome.BOT, wait=False)
    wait_until(lambda: not writer._gathering.visits)  # noqa: SLF001
    for _ in range(4):
        record(writer, code, DAY, Outcome.SCANNER, wait=False)
    assert spool.count() == 2
    go_on.set()
    writer.close(LONG)
    assert counted(spool) == {Outcome.SCANNER: 4}


PROCESS = """
import sys
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from sqlalchemy import create_engine
from advocacy.links.click_writer import ClickWriter
from advocacy.links.spool import Spool

def serve(writer, code):
    for _ in range(30):
        writer.add((code, date(2026, 11, 3), "bot"))

if __name__ == "__main__":
    address, code, how, folder = sys.argv[1:]
    writer = ClickWriter(create_engine(address), Spool(Path(folder)))
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
    command = [sys.executable, "-W", "error", script, database_url, code, how, tmp_path]
    subprocess.run(command, check=True, timeout=60, env={"PYTHONPATH": "."})
    assert counted(spool) == {Outcome.BOT: 30}
