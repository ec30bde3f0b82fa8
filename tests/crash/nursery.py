"""Processes in no time: one parent that has read all the code, and a fork for each child.

A worker started from nothing spends two seconds of processor on reading the code. Runs
with thousands of kills cannot afford that; a forked one is there at once, and is as much
a process of its own. Nothing is opened before the fork.
"""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.crash.processes import KEYS, ROOT

NEEDED = ("DATA_FOLDER", "ORGANISATION")
NEW_HOST_NAME = 0x04000000  # CLONE_NEWUTS of unshare(2)
A_NETWORK = 0x40000000  # CLONE_NEWNET of setns(2)
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass
class Child:
    """One forked process, the first of a group of its own."""

    pid: int
    host: str
    log: Path

    @property
    def dead(self) -> bool:
        return self.state in {"", "Z", "X"}

    @property
    def state(self) -> str:
        """One letter as in ps; T is frozen, nothing is gone."""
        try:
            after_name = (
                Path("/proc", str(self.pid), "stat").read_text().rpartition(")")
            )
        except OSError:
            return ""
        return after_name[2].split()[0]

    @property
    def output(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def send(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def kill(self) -> None:
        self.send(signal.SIGKILL)
        end = time.monotonic() + 10
        while not self.dead and time.monotonic() < end:
            time.sleep(0.005)


class Nursery:
    """The parent, seen from outside."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._lock, self._born = folder, threading.Lock(), 0
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            start_new_session=True,
        )
        self._told("ready")

    def fork(self, role: str, host: str, space: str | None, **given: Any) -> Child:
        """A child in `role` (tests.crash.roles) on a host of that name, in its space."""
        with self._lock:
            self._born += 1
            log = self._folder / f"{role}-{host}-{self._born}.log"
            order = {"role": role, "host": host, "log": str(log), "given": given}
            order["space"] = space
            assert self._parent.stdin is not None
            self._parent.stdin.write(json.dumps(order) + "\n")
            self._parent.stdin.flush()
            return Child(int(self._told()), host, log)

    def _told(self, expected: str = "") -> str:
        assert self._parent.stdout is not None
        line = self._parent.stdout.readline().strip()
        assert line, "the nursery has died"
        assert not expected or line == expected, line
        return line

    @property
    def dead(self) -> bool:
        return self._parent.poll() is not None

    def close(self) -> None:
        """The kernel ends its children with it."""
        self._parent.kill()
        self._parent.communicate()


def take_host_name(name: str) -> bool:
    """Be on a host of that name, as far as the kernel lets us; whether it did."""
    if ctypes.CDLL(None).unshare(NEW_HOST_NAME) == 0:
        socket.sethostname(name)
        return True
    socket.gethostname = lambda: name
    return False


def enter(space: str) -> None:
    """Leave this network for that one. Raises OSError."""
    library = ctypes.CDLL(None, use_errno=True)
    door = os.open(space, os.O_RDONLY)
    if library.setns(door, A_NETWORK):
        raise OSError(ctypes.get_errno(), f"cannot enter {space}")
    os.close(door)


def _live(order: dict[str, Any], roles: dict[str, Any]) -> None:
    """Be the child until the role is over."""
    os.setsid()
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    out = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, file in enumerate((nothing, out, out)):
        os.dup2(file, number)
    take_host_name(order["host"])
    code = 1
    try:
        if order["space"]:
            enter(order["space"])
        roles[order["role"]](**order["given"])
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
        raise
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    """Fork whenever a line asks for it."""
    # The worker's code wants settings when it is read; each child gets its own.
    os.environ.update(
        dict.fromkeys(NEEDED, "see the child"), BASE_URL="http://localhost"
    )
    os.environ["REDIS_URL"] = os.environ["BROKER_URL"] = "redis://see-the-child"
    os.environ["DATABASE_URL"] = "postgresql://see-the-child"
    os.environ["SECRET_KEY"], os.environ["TOKEN_KEYS"] = "see the child" * 4, KEYS
    from tests.crash.roles import ROLES  # noqa: PLC0415 – heavy, and only for the parent

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _live(json.loads(line), ROLES)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
