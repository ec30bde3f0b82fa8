"""The servers of a run: an own PostgreSQL that keeps its promises, Valkey, and processes.

The product's are started as the Procfile says, so that what is measured is what is shipped.
"""

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL, SIGTERM
from typing import Self
from urllib.parse import urlsplit

from sqlalchemy import Engine, create_engine, text

from advocacy.demo.ports import HIGHEST, HOST, free_port
from advocacy.migrations.running import upgrade
from bench.procfile import procfile
from integrations.database import connect
from integrations.local_services import LocalPostgres, LocalValkey, tied

ROOT = Path(__file__).resolve().parents[1]
FIRST_PORT = (
    18_100  # free_port stays below what the kernel gives to outgoing connections
)
START_SECONDS, END_SECONDS = 120, 25
GRANIAN = (
    "python -m granian --interface wsgi --no-ws --http 1 --host 127.0.0.1"
    " --log-level warning --workers-kill-timeout 2"
)


@dataclass
class Server:
    """One started program, the first of a group of its own."""

    name: str
    child: "subprocess.Popen[bytes]"
    log: Path
    address: str = ""

    @property
    def pid(self) -> int:
        return self.child.pid

    def wait(self, ready: Callable[[], bool]) -> Self:
        """Come back when it is. Raises RuntimeError with the end of its log."""
        end = time.monotonic() + START_SECONDS
        while not ready():
            if self.child.poll() is not None or time.monotonic() > end:
                said = self.log.read_text(errors="replace")[-2000:]
                raise RuntimeError(f"{self.name} did not start: {said}")
            time.sleep(0.05)
        return self

    def stop(self) -> None:
        """Ask the first of the group, which ends the others; then make sure."""
        self.child.send_signal(SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self.child.wait(END_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(self.pid, SIGKILL)
        self.child.wait()


class Servers:
    """All of one part; leaving it ends them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._up, self._ports = ExitStack(), set[int]()
        self._running: dict[int, Server] = {}
        self._numbers = 0

    def __enter__(self) -> Self:
        with ExitStack() as starting:
            self.postgres = LocalPostgres(self.folder / "postgres", durable=True)
            starting.callback(self.postgres.stop)
            self.valkey = LocalValkey()
            starting.callback(self.valkey.stop)
            starting.callback(self._stop_all)
            self._up = starting.pop_all()
        return self

    def __exit__(self, *_problem: object) -> None:
        self._up.close()

    def database(self, name: str, *settings: str) -> Engine:
        """A new one with our tables; `settings` are the database's own."""
        server = create_engine(self.postgres.address(), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
            for setting in settings:
                connection.execute(text(f"ALTER DATABASE {name} SET {setting}"))
        server.dispose()
        upgrade(self.postgres.address(name))
        engine = connect(self.postgres.address(name), statement_timeout_ms=3_600_000)
        self._up.callback(engine.dispose)
        return engine

    def copy(self, engine: Engine, name: str) -> None:
        """Another database, just as that one is now; nobody may be using it."""
        engine.dispose()
        server = create_engine(self.postgres.address(), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            source = engine.url.database
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {source}"))
        server.dispose()

    def data_folder(self, database: str) -> Path:
        """Where processes on that database keep files."""
        return self.folder / f"data-{database}"

    def environment(self, database: str, port: int = 8000) -> dict[str, str]:
        """Settings of the product's processes; one proxy, so visitors have addresses."""
        return {
            "DATABASE_URL": self.postgres.address(database),
            "REDIS_URL": self.valkey.address,
            "BASE_URL": f"http://{HOST}:{port}",
            "SECRET_KEY": "a-secret-key-for-the-bench-of-length-40-",
            "TOKEN_KEYS": "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
            "DATA_FOLDER": str(self.data_folder(database)),
            "ORGANISATION": "Veenstroom",
            "PROXY_HOPS": "1",
            "C_FORCE_ROOT": "1",
        }

    def product(self, kind: str, database: str, *, workers: int = 1) -> Server:
        """A process type of the Procfile, with so many processes."""
        port, line = self._port(), procfile()[kind]
        told = self.environment(database, port)
        Path(told["DATA_FOLDER"]).mkdir(parents=True, exist_ok=True)
        told |= {"PORT": str(port), "LINKS_PORT": str(port)}
        told |= {"WEB_WORKERS": str(workers)}
        line = re.sub(r"--workers \d+", f"--workers {workers}", line)
        server = self._start(kind, line, told, port)
        if kind in {"web", "links"}:
            return server.wait(lambda: status(f"{server.address}/healthz") == 200)
        return server  # the others do not say when they are ready

    def yardstick(self, *, threads: int, workers: int = 1) -> Server:
        """Bare Flask on the same server."""
        port = self._port()
        line = f"{GRANIAN} --port {port} --workers {workers}"
        line += f" --blocking-threads {threads} bench.yardstick:app"
        server = self._start("yardstick", line, {}, port)
        return server.wait(lambda: status(f"{server.address}/hello") == 200)

    def prepare_sample(self, database: str) -> None:
        """The demonstration's organisation with its fourteen months.

        Raises subprocess.CalledProcessError.
        """
        told = self.environment(database) | {"DEMO": "1"}
        nobody = f"{HOST}:{HIGHEST}"  # its stories link there; nobody follows
        told |= {"LINKEDIN_SITE_BASE": f"http://{nobody}"}
        told |= {"PRIVATE_HOSTS_ALLOWED": nobody}
        command = [sys.executable, "-m", "advocacy.demo.preparing"]
        subprocess.run(command, cwd=ROOT, env=os.environ | told, check=True)  # noqa: S603

    def _port(self) -> int:
        port = free_port(FIRST_PORT, taken=frozenset(self._ports))
        self._ports.add(port)
        return port

    def _start(self, name: str, line: str, told: dict[str, str], port: int) -> Server:
        self._numbers += 1
        log = self.folder / f"{name}-{self._numbers}.log"
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        with log.open("wb") as out:
            child = subprocess.Popen(  # noqa: S603
                tied(["/bin/sh", "-c", f"exec {line}"]),
                cwd=ROOT,
                env=os.environ | told | {"PATH": programs, "PYTHONUNBUFFERED": "1"},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        server = Server(name, child, log, f"http://{HOST}:{port}")
        self._running[server.pid] = server
        return server

    def stop(self, pid: int) -> None:
        """End one of them early."""
        self._running.pop(pid).stop()

    def _stop_all(self) -> None:
        for pid in list(self._running):
            self.stop(pid)


def status(address: str, cookie: str = "") -> int:
    """What a server answers, without following; 0 where nobody does."""
    split = urlsplit(address)
    line = http.client.HTTPConnection(split.hostname or "", split.port, timeout=10)
    try:
        line.request("GET", split.path, headers={"Cookie": cookie} if cookie else {})
        return line.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        line.close()
