"""The machine room of the trials: a real database server, a real broker, and processes."""

import signal
import subprocess
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Protocol, Self

from sqlalchemy import create_engine, text

from advocacy.migrations.running import upgrade
from integrations.local_services import LocalPostgres
from tests.crash.hosts import Hosts
from tests.crash.nursery import Nursery
from tests.crash.processes import Broker, Process
from tests.crash.rabbit import RabbitMQ
from tests.ports import LOOPBACK, free_port

TEMPLATE = "trial_template"


class AnyBroker(Protocol):
    """It keeps its address when it goes and comes back."""

    address: str
    process: Process

    def start(self) -> None: ...
    def kill(self) -> None: ...
    def empty(self) -> None: ...
    def close(self) -> None: ...


BROKERS: dict[str, Callable[[str], AnyBroker]] = {
    "valkey": Broker,
    "rabbitmq": RabbitMQ,
}


class Database(LocalPostgres):
    """A server that can go away and come back to the same address.

    For hosts of their own it listens on the line to them, with a password.
    """

    def __init__(self, data: Path, listen: str) -> None:
        self.host = "" if listen == LOOPBACK else listen
        self.port = free_port(listen) if self.host else 0
        self.word = token_hex(16)
        super().__init__(data, durable=True)
        if self.host:
            self._say(f"ALTER ROLE postgres PASSWORD '{self.word}'")

    def _prepare(self) -> None:
        super()._prepare()
        if self.host:
            with (self.data / "postgresql.conf").open("a") as settings:
                settings.write(f"port = {self.port}\n")
            (self.data / "pg_hba.conf").write_text(
                "local all all trust\nhost all all 198.18.0.0/15 scram-sha-256\n"
            )

    def address(self, database: str = "postgres") -> str:
        """As all hosts reach it."""
        if not self.host:
            return super().address(database)
        server = f"postgres:{self.word}@{self.host}:{self.port}"
        return f"postgresql+psycopg://{server}/{database}"

    def socket_address(self, database: str) -> str:
        """As this machine reaches it without the password."""
        return f"{super().address(database)}" + (
            f"&port={self.port}" if self.port else ""
        )

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

    def dump_into(self, name: str, source: str) -> None:
        """A new database from what `pg_dump` saw of `source`, which may be in use."""
        said = self._tool("pg_dump", source)
        self._say(f"CREATE DATABASE {name} TEMPLATE template0")
        self._tool("psql", name, said)

    def _tool(self, program: str, database: str, given: bytes = b"") -> bytes:
        quiet = ["-q", "-v", "ON_ERROR_STOP=1"] if program == "psql" else []
        where = ["-h", str(self.folder.path), "-U", "postgres", "-d", database]
        ran = subprocess.run(
            [self.programs / program, *where, *quiet],
            input=given,
            capture_output=True,
            env=self.environment | ({"PGPORT": str(self.port)} if self.port else {}),
            cwd=self.data,
            check=False,
            **self.account.arguments,
        )
        assert not ran.returncode, ran.stderr.decode(errors="replace")
        return ran.stdout

    def drop(self, name: str) -> None:
        self._say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _say(self, order: str) -> None:
        engine = create_engine(
            self.socket_address("postgres"), isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.execute(text(order))
        engine.dispose()


@dataclass(frozen=True)
class Lengths:
    """Seconds that something is away (T4 and T5)."""

    broker_away: float = 600
    database_away: float = 60


SHORT = Lengths(4, 4)


class World:
    """Started once for all trials of a run."""

    def __init__(
        self,
        folder: Path,
        lengths: Lengths = Lengths(),
        broker: str = "valkey",
        *,
        separate_hosts: bool = False,
    ) -> None:
        self.folder, self.lengths = folder, lengths
        self.hosts = Hosts(separate=separate_hosts)
        self.nursery = Nursery(folder)
        self.database = Database(folder / "pg", self.hosts.services)
        self.valkey = Broker(self.hosts.services)
        self.broker: AnyBroker = self.valkey
        if broker != "valkey":
            self.broker = BROKERS[broker](self.hosts.services)
        upgrade(self.database.copy(TEMPLATE, "template1"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self.nursery.close()
        for broker in {self.broker, self.valkey}:
            broker.close()
        self.database.stop()
        self.hosts.close()

    def new_database(self) -> str:
        """An empty, migrated one; its name."""
        name = f"trial_{uuid.uuid4().hex[:12]}"
        self.database.copy(name, TEMPLATE)
        return name
