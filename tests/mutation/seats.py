"""Where a child runs tests: a fork of a warm process, with servers that are there already.

Starting Python, the packages and PostgreSQL takes longer than most tests.
"""

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from sqlalchemy import create_engine, text

from integrations.local_services import LocalPostgres, LocalValkey

POLL_SECONDS = 0.01
TEMPLATE = "advocacy_template"


class Seat:
    """One child at a time; for its tests this is a plugin of pytest."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.log = self.folder / "log"
        self.noticed_by = self.folder / "noticed_by"
        self.noticed_by.touch()
        self.servers = (LocalPostgres(durable=False), LocalValkey())

    def leave(self) -> None:
        """Stop the servers."""
        for server in self.servers:
            server.stop()
        shutil.rmtree(self.folder)

    def clear(self) -> None:
        """Forget what the child before may have left."""
        postgres, valkey = self.servers
        Redis(unix_socket_path=str(valkey.socket)).flushall()
        engine = create_engine(postgres.address(), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(
                text("DROP DATABASE IF EXISTS advocacy_test WITH (FORCE)")
            )
        engine.dispose()

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> object:
        """Hand a server over where a test would start one."""
        names = ("postgres", "valkey", "template_database")
        given = dict(zip(names, (*self.servers, TEMPLATE), strict=True))
        value = given.get(fixturedef.argname)
        if value is not None:
            fixturedef.cached_result = (value, fixturedef.cache_key(request), None)
        return value

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember who noticed the last change: likely it notices the next one too."""
        if report.failed:
            self.noticed_by.write_text(report.nodeid)


def run_pytest(tests: Sequence[str], *options: str, plugin: object) -> int:
    """Its exit status; 0 says that all went well."""
    always = ["-x", "-q", "--assert=plain", "--hypothesis-seed=0"]
    always += ["-p", "no:cacheprovider"]
    return int(pytest.main([*always, *options, *tests], plugins=[plugin]))


def fork(work: Callable[[], int], log: Path) -> int:
    """The number of a child that does `work` and ends with what that returns."""
    child = os.fork()
    if child:
        return child
    os.setsid()
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    status = 70
    try:
        status = work()
    finally:
        sys.stdout.flush()
        os._exit(status)


def spread(
    seats: Iterable[Seat], works: Sequence[Callable[[Seat], int]], limit: float
) -> list[int]:
    """What each work returned; minus something if it took longer than `limit` seconds."""
    found = [0] * len(works)
    waiting = list(enumerate(works))[::-1]
    free = list(seats)
    running: dict[int, tuple[int, Seat, float]] = {}
    while waiting or running:
        while waiting and free:
            number, work = waiting.pop()
            seat = free.pop()
            seat.clear()
            child = fork(partial(work, seat), seat.log)
            running[child] = (number, seat, time.monotonic() + limit)
        time.sleep(POLL_SECONDS)
        for child, (number, seat, end) in list(running.items()):
            status = _status(child, end)
            if status is not None:
                found[number] = status
                free.append(seat)
                del running[child]
    return found


def _status(child: int, end: float) -> int | None:
    """Its exit status, if it has ended. When its time is over, it is ended."""
    if time.monotonic() > end:
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
    ended, status = os.waitpid(child, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None
