"""A database or a broker that goes away while people are at work, and comes back.

The limits are those of reliability.md 6 (T4, T5), with room for a busy machine.
"""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from advocacy.app import create_app
from advocacy.migrations.running import upgrade
from advocacy.people.sign_ins import start_sign_in
from integrations.clock import now
from integrations.database import open_session, transaction
from integrations.local_services import LocalPostgres, LocalValkey
from tests.conftest import make_settings
from tests.privacy.conftest import colleague
from tests.refusing import Refusing

DATABASE_SECONDS = 6.0
BROKER_SECONDS = 4.0


@pytest.fixture
def own_valkey():
    server = LocalValkey()
    yield server
    os.kill(server.child.pid, signal.SIGCONT)
    server.stop()


@pytest.fixture
def place(tmp_path, own_valkey, _engine):
    """A service with a database and a broker of its own, and somebody signed in."""
    database = LocalPostgres(tmp_path / "pg", durable=False)
    settings = make_settings(database.address(), own_valkey.address, tmp_path / "data")
    upgrade(settings.database_url)
    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    with transaction() as session:
        person = colleague(session, "Somebody Here")
        token = start_sign_in(session, person, now())
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    yield database, client
    app.extensions["advocacy"].outside.engine.dispose()
    open_session.configure(bind=_engine)
    if database.child.poll() is None:
        database.stop()


def _timed(call):
    start = time.monotonic()
    answer = call()
    return answer, time.monotonic() - start


def _processes_in(folder):
    """The server and every process it made, each of them a group of its own."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (entry / "cwd").resolve() == folder:
                found.append(int(entry.name))
    return found


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "We are out for a moment"), ("nl", "We zijn er even niet")],
)
def test_without_the_database_a_friendly_503_comes_soon(place, language, title):
    database, client = place
    assert client.get("/").status_code == 200
    database.stop()
    headers = {"Accept-Language": language}
    for address in ("/", "/shares", "/readyz"):
        answer, seconds = _timed(lambda at=address: client.get(at, headers=headers))
        assert answer.status_code == 503, address
        assert answer.headers["Retry-After"] == "30"
        assert seconds < DATABASE_SECONDS
    assert title in answer.text
    assert client.get("/healthz").status_code == 200


def test_a_database_that_hangs_is_not_waited_for(place):
    """Its connections stay open and nothing comes: the process was frozen."""
    database, client = place
    assert client.get("/").status_code == 200
    processes = _processes_in(database.data)
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        for address in ("/", "/shares", "/readyz"):
            answer, seconds = _timed(lambda at=address: client.get(at))
            assert answer.status_code == 503, address
            assert seconds < DATABASE_SECONDS
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)
    assert client.get("/").status_code == 200


def test_when_the_database_is_back_the_service_is_too(place, tmp_path):
    database, client = place
    assert client.get("/").status_code == 200
    address = database.folder.path
    database.stop()
    assert client.get("/").status_code == 503
    again = LocalPostgres(tmp_path / "pg", durable=False)
    try:
        # The new server has sockets of its own; the service knows the old name.
        address.symlink_to(again.folder.path)
        assert client.get("/").status_code == 200
    finally:
        again.stop()
        address.unlink()


def test_with_a_broker_that_does_not_answer_pages_still_come(place, own_valkey):
    _database, client = place
    os.kill(own_valkey.child.pid, signal.SIGSTOP)
    for call in (
        lambda: client.get("/"),
        lambda: client.get("/shares"),
        lambda: client.post("/consent/p1", data={"answer": "on"}),
        lambda: client.post("/sign-in", data={"email": "x@y.nl", "password": "no"}),
    ):
        answer, seconds = _timed(call)
        assert answer.status_code in {200, 302, 422}
        assert seconds < BROKER_SECONDS


def test_while_the_database_takes_no_changes_pages_are_read_and_presses_get_a_503(
    place,
):
    """A standby took over, or its disk is full."""
    _database, client = place
    press = {"theme": "dark"}
    with Refusing(client.application.extensions["advocacy"].outside.engine):
        assert client.get("/shares").status_code == 200
        answers = [client.post("/theme", data=press), client.get("/readyz")]
        assert client.get("/healthz").status_code == 200
    for answer in answers:
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "30"
        assert "We are out for a moment" in answer.text
    # Connections of that time can still only read: one press finds it out for all.
    assert client.post("/theme", data=press).status_code == 503
    assert client.post("/theme", data=press).status_code == 302
    assert client.get("/readyz").status_code == 200
