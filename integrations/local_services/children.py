"""Programs as children: tied to this process, waited for, stopped, cleaned up after."""

import fcntl
import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

START_SECONDS = 60
# Short, because a socket's path may have about 107 bytes.
SOCKETS = Path("/tmp")  # noqa: S108
PREFIX = "advocacy-"

Command = list[str | Path]
Child = subprocess.Popen[bytes]


class ServiceFailed(Exception):
    """A child did not come up; the message is the end of its log."""


def tied(command: Command, ending: str = "TERM") -> Command:
    """Let the kernel end the child when this process dies, kill -9 included (Linux)."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return command
    return [setpriv, "--pdeathsig", ending, *command]


def wait_until(ready: Callable[[], bool], child: Child, log: Path) -> None:
    """Return once `ready` says so; ServiceFailed if the child ends or is too slow."""
    end = time.monotonic() + START_SECONDS
    while not ready():
        if child.poll() is not None or time.monotonic() > end:
            raise ServiceFailed(log.read_text(errors="replace")[-2000:])
        time.sleep(0.02)


def end(child: Child, signal_number: int, seconds: float) -> None:
    """Ask a child to end, and make sure that it does."""
    if child.poll() is None:
        child.send_signal(signal_number)
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def package_folder(name: str) -> Path:
    """Where a wheel lies. Found, not imported: some warn or make files then."""
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise ServiceFailed(f"{name} is not installed; see requirements/demo.txt")
    return Path(found.origin).parent


JUST_MADE_SECONDS = 60


class SocketFolder:
    """A folder with a short name for a child's sockets, gone when the child is.

    A process that was killed cannot clean up; whoever starts next does it, and knows by
    the lock, which only a living process holds.
    """

    def __init__(self, name: str) -> None:
        _remove_leftovers()
        self.path = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{name}-", dir=SOCKETS))
        self._lock = os.open(self.path / "alive", os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def remove(self) -> None:
        """Delete it with everything inside."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


def _remove_leftovers() -> None:
    for folder in SOCKETS.glob(f"{PREFIX}*-*"):
        try:
            if time.time() - folder.stat().st_mtime < JUST_MADE_SECONDS:
                continue  # its maker may not have locked it yet
            lock = os.open(folder / "alive", os.O_RDWR | os.O_NOFOLLOW)
        except OSError:
            continue  # somebody else's, or not one of these
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            continue  # its process lives
        finally:
            os.close(lock)
