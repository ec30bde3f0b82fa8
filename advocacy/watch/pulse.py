"""One worker's pulse: once a minute it says that it lives, and listens whether it hears."""

import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic, sleep

import structlog
from kombu import Queue
from sqlalchemy.exc import SQLAlchemyError

from advocacy.shares.installation_file import InstallationFile
from advocacy.shares.restoring import (
    beat,
    check_in,
    check_out,
    forget_earlier_mark,
)
from advocacy.watch.hearing import Hearing
from advocacy.watch.heartbeats import STARTED, note
from advocacy.watch.tasks import canary
from integrations.database import transaction
from integrations.database_away import DATABASE_AWAY
from integrations.task_queue import own_queue, send

log = structlog.get_logger()

BEAT_SECONDS = 60.0
# Between two tries of a worker that starts while the database is away.
PATIENCE_SECONDS = 2.0
# A worker that does not end by itself within this time is ended.
LAST_SECONDS = 60.0


@dataclass(frozen=True)
class Self:
    """Who this worker is."""

    host: str
    process: str  # host, number and start: unlike any other
    file: InstallationFile

    @property
    def queue(self) -> Queue:
        """Where its own messages arrive."""
        return own_queue(f"canary.{self.process}")


class Pulse:
    """Beats in a thread of its own until it is stopped."""

    _noted = False  # when it began

    def __init__(self, me: Self, threads: int, leave: Callable[[], None]) -> None:
        """`leave` ends a worker that hears nothing."""
        self._me = me
        self.hearing = Hearing(threads, heard_at=monotonic())
        self._leave = leave
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pulse", daemon=True)

    def start(self) -> None:
        """Begin, with a beat at once."""
        self._thread.start()

    def stop(self) -> None:
        """Beat no more, and say that the stop is an orderly one."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(10)
        try:
            with transaction() as session:
                check_out(session, self._me.file, self._me.host, self._me.process)
            self._settle_marks()
        except (SQLAlchemyError, OSError):
            log.exception("stop_not_noted")

    def beat(self) -> None:
        """Once."""
        me = self._me
        try:
            with transaction() as session:
                beat(session, me.file, me.host, me.process)
                if not self._noted:
                    note(session, STARTED, me.host, me.process)
            self._noted = True
            self._settle_marks()
        except (SQLAlchemyError, OSError):  # whatever it is, the next beat follows
            log.exception("heartbeat_not_stored")
        taken = send(canary.name, me.host, me.process, queue=me.queue)
        self.hearing.sent(monotonic(), taken=taken)

    def _settle_marks(self) -> None:
        """After the commit, in a transaction of its own."""
        with transaction() as session:
            forget_earlier_mark(session, self._me.file)

    def _run(self) -> None:
        while True:
            self.beat()
            if self._stopped.wait(BEAT_SECONDS):
                return
            if self.hearing.deaf(monotonic()):
                log.error("worker_deaf")
                self._leave()
                return


def check_in_with_patience(file: InstallationFile, *, forgiving: bool) -> None:
    """Nothing is taken in hand before the database said which one it is."""
    while True:
        try:
            with transaction() as session:
                check_in(session, file, forgiving=forgiving)
        except DATABASE_AWAY:
            log.exception("database_away")
            sleep(PATIENCE_SECONDS)
        else:
            return


def leave() -> None:
    """End this process: posts under way may finish, but nothing may hold it up."""
    threading.Timer(LAST_SECONDS, os._exit, [70]).start()
    os.kill(os.getpid(), signal.SIGTERM)
