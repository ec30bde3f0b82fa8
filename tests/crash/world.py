"""The machine room of the trials: a real database server, a real broker, and processes."""

import signal
import socket
import uuid
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import redis
from sqlalchemy import create_engine, text

from advocacy.migrations.running import upgrade
from integrations.local_services import LocalPostgres
from tests.crash.nursery import Nursery
from tests.crash.processes import Broker

TEMPLATE = "trial_template"


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


class Database(LocalPostgres):
    """A server that can go away and come back to the same address."""

    def crash(self) -> None:
        """All its processes end at once and nothing is tidied up."""
        assert self.child is not None
        self.child.send_signal(signal.SIGQUIT)
        self.child.wait(30)

    def come_back(self) -> None:
        self._start(durable=True)

    def copy(self, name: str, template: str) -> str:
        """A new database that begins as `template` is now; its address."""
        self._say(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.address(name)

    def drop(self, name: str) -> None:
        self._say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _say(self, order: str) -> None:
        engine = create_engine(self.address(), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(order))
        engine.dispose()


@dataclass(frozen=True)
class Lengths:
    """Seconds that something is away in the long form (T4 and T5)."""

    broker_away: float = 600
    database_away: float = 60


class World:
    """Started once for all trials of a run."""

    def __init__(self, folder: Path, lengths: Lengths = Lengths()) -> None:
        self.folder, self.lengths = folder, lengths
        self.nursery = Nursery(folder)
        self.database = Database(folder / "pg", durable=True)
        self.broker = Broker()
        upgrade(self.database.copy(TEMPLATE, "template1"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.nursery.close()
        self.broker.close()
        self.database.stop()

    def mend(self) -> None:
        """Start again what a trial left lying when it broke off."""
        if self.nursery.dead:
            self.nursery = Nursery(self.folder)
        if self.broker.process.dead:
            self.broker.start()
        if self.database.child is None or self.database.child.poll() is not None:
            self.database.come_back()

    def new_database(self) -> str:
        """An empty, migrated one; its name."""
        name = f"trial_{uuid.uuid4().hex[:12]}"
        self.database.copy(name, TEMPLATE)
        return name

    def empty_broker(self) -> None:
        """As if it had been started anew."""
        line = redis.Redis.from_url(self.broker.address)
        line.flushall()
        line.close()
