"""Visits are stored before their visitor goes on; a missing database stops nobody."""

import subprocess
import sys
import time
from datetime import date
from threading import Thread

import pytest
from sqlalchemy import create_engine, event, select, text

from advocacy.links.counter import PAUSE_SECONDS, Counter
from advocacy.links.models import ClickDay, Outcome
from advocacy.links.operations import link_for
from advocacy.links.storing import Stored
from integrations.database import transaction
from tests.advocacy.links.conftest import add_item

DAY = date(2026, 11, 3)
NOBODY_THERE = "postgresql+psycopg://postgres@127.0.0.1:1/none?connect_timeout=1"


@pytest.fixture
def engine(database_url):
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def code(database_url):
    with transaction() as session:
        return link_for(session, add_item(session).id, "https://a.example/", None).code


@pytest.fixture
def counter(engine):
    counter = Counter(engine)
    yield counter
    counter.close()


def counted():
    with transaction() as session:
        rows = session.execute(select(ClickDay.outcome, ClickDay.visits))
        return dict(rows.all())


def test_a_visit_is_stored_when_record_comes_back(counter, code):
    assert counter.record(code, DAY, Outcome.COUNTED)
    assert counted() == {Outcome.COUNTED: 1}


def test_visits_of_many_threads_are_all_stored(counter, code):
    def visit():
        for _ in range(25):
            assert counter.record(code, DAY, Outcome.COUNTED)

    threads = [Thread(target=visit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted() == {Outcome.COUNTED: 200}


def test_visits_that_wait_together_are_stored_in_one_statement(engine, code):
    statements = []

    @event.listens_for(engine, "before_cursor_execute")
    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    counter = Counter(engine)
    with transaction() as session:
        # The first batch waits here; what comes meanwhile gathers for the second.
        session.execute(text("SELECT code FROM link FOR UPDATE"))
        counter.record(code, DAY, Outcome.COUNTED, wait=False)
        time.sleep(0.3)
        for _ in range(50):
            counter.record(code, DAY, Outcome.BOT, wait=False)
    counter.close()
    assert counted() == {Outcome.COUNTED: 1, Outcome.BOT: 50}
    assert sum("INSERT INTO click_day" in statement for statement in statements) == 2


def test_the_writer_asks_for_durable_commits_whatever_the_server_says(counter, code):
    with transaction() as session:
        name = session.scalar(text("SELECT current_database()"))
        session.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
    counter.record(code, DAY, Outcome.COUNTED)
    with counter.line.engine.connect() as fresh:
        assert fresh.scalar(text("SHOW synchronous_commit")) == "off"
    assert counter.line.connection.scalar(text("SHOW synchronous_commit")) == "on"


def test_without_a_database_visitors_go_on_and_the_visit_is_kept(code, engine, capsys):
    away = create_engine(NOBODY_THERE)
    counter = Counter(away, wait_seconds=1.0)
    assert not counter.record(code, DAY, Outcome.COUNTED)
    begun = time.monotonic()
    for _ in range(20):
        assert not counter.record(code, DAY, Outcome.COUNTED)
    # Once it is known to be away, nobody waits in vain.
    assert time.monotonic() - begun < 1.0
    counter.line.engine = engine  # it is back
    counter.close(10)
    assert counted() == {Outcome.COUNTED: 21}
    assert counter.not_recorded == 0
    away.dispose()


def test_visits_that_come_during_a_failed_try_are_kept_with_the_others(counter, code):
    store = counter.line.store

    def fail_once(rows):
        counter.line.store = store
        counter.record(code, DAY, Outcome.BOT, wait=False)
        return Stored.LATER

    counter.line.store = fail_once
    counter.record(code, DAY, Outcome.BOT, wait=False)
    counter.record(code, DAY, Outcome.COUNTED, wait=False)
    while counter.line.store is not store:
        time.sleep(0.01)
    time.sleep(PAUSE_SECONDS * 2)
    counter.close()
    assert counted() == {Outcome.BOT: 2, Outcome.COUNTED: 1}


def test_a_broken_connection_is_replaced(counter, code):
    counter.record(code, DAY, Outcome.COUNTED)
    with transaction() as session:
        session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    counter.record(code, DAY, Outcome.COUNTED)
    counter.close(10)
    assert counted() == {Outcome.COUNTED: 2}


def test_what_does_not_fit_in_memory_is_counted_as_not_recorded(code, capsys):
    counter = Counter(create_engine(NOBODY_THERE), most_kept=2, wait_seconds=0.1)
    for outcome in (Outcome.COUNTED, Outcome.BOT, Outcome.SCANNER, Outcome.COUNTED):
        counter.record(code, DAY, outcome, wait=False)
    assert counter.not_recorded == 1
    counter.close(10)
    assert counter.not_recorded == 4
    told = capsys.readouterr()
    assert code not in told.out + told.err


def test_rows_the_database_refuses_do_not_block_the_others(counter, code, capsys):
    with transaction() as session:
        session.execute(
            text("ALTER TABLE click_day ADD CHECK (day > DATE '2020-01-01')")
        )
    counter.record(code, date(2019, 1, 1), Outcome.COUNTED)
    assert counter.not_recorded == 1
    assert counter.record(code, DAY, Outcome.COUNTED)
    told = capsys.readouterr()
    assert code not in told.out + told.err


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_writer_that_died_is_replaced(counter, code):
    store, counter.line.store = counter.line.store, lambda _rows: 1 / 0
    counter.record(code, DAY, Outcome.COUNTED)
    counter.writer.join()
    counter.line.store = store
    assert counter.record(code, DAY, Outcome.COUNTED)
    assert counted() == {Outcome.COUNTED: 1}
    assert counter.not_recorded == 1


PROCESS = """
import sys
from datetime import date
from multiprocessing import get_context
from sqlalchemy import create_engine
from advocacy.links.counter import PAUSE_SECONDS, Counter
from advocacy.links.models import Outcome

def serve(counter, code):
    for _ in range(30):
        counter.record(code, date(2026, 11, 3), Outcome.BOT, wait=False)

if __name__ == "__main__":
    address, code, how = sys.argv[1:]
    counter = Counter(create_engine(address))
    if how == "main":
        serve(counter, code)
    else:
        child = get_context("fork").Process(target=serve, args=(counter, code))
        child.start()
        child.join()
"""


@pytest.mark.parametrize("how", ["main", "forked child"])
def test_what_waits_is_stored_when_the_process_ends(database_url, code, how, tmp_path):
    script = tmp_path / "serve.py"
    script.write_text(PROCESS)
    command = [sys.executable, "-W", "error", script, database_url, code, how]
    subprocess.run(command, check=True, timeout=60, env={"PYTHONPATH": "."})
    assert counted() == {Outcome.BOT: 30}
