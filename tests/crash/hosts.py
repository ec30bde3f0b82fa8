"""Hosts for the trials: each a network namespace of its own, where the machine permits.

A namespace lives as long as the `cat` in it, which ends with us, however we end; its
line to us goes with it. So nothing stays behind on the machine.
"""

import os
import socket
import subprocess
import sys
from dataclasses import dataclass

from tests.ports import LOOPBACK

TOOLS_SECONDS = 20


@dataclass
class _Host:
    keeper: subprocess.Popen[bytes]

    @property
    def space(self) -> str:
        """The file by which a process enters."""
        return f"/proc/{self.keeper.pid}/ns/net"


class Hosts:
    """What serves all of them listens at `services`; who works on one is in its space."""

    def __init__(self, *, separate: bool) -> None:
        """Names only, if they need not be `separate`."""
        self._all: dict[str, _Host] = {}
        self.services = LOOPBACK
        if separate:
            self._separate()

    def _separate(self) -> None:
        try:
            self._make("services")
            self.services = self._ours(0)
            self._reach_us("services")
        except (OSError, subprocess.SubprocessError):
            self.close()
            self.services = LOOPBACK

    @property
    def separate(self) -> bool:
        return bool(self._all)

    def __str__(self) -> str:
        if self.separate:
            return "hosts: separate network namespaces"
        return "hosts: separate processes with their own host names"

    def space(self, name: str) -> str | None:
        """Where a process on that host belongs; None where there are only names."""
        if not self.separate:
            return None
        if name not in self._all:
            self._make(name)
        return self._all[name].space

    def close(self) -> None:
        for host in self._all.values():
            host.keeper.communicate()  # it reads to the end and goes
        self._all.clear()

    def _make(self, name: str) -> None:
        """A namespace with one line, to us. Raises OSError, SubprocessError."""
        number = len(self._all)
        keeping = ["unshare", "--net", "sh", "-c", "echo && exec cat"]
        keeper = subprocess.Popen(
            keeping,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._all[name] = _Host(keeper)
        assert keeper.stdout is not None
        keeper.stdout.readline()
        ours, pid = f"cr{os.getpid()}h{number}", str(keeper.pid)
        line = ["type", "veth", "peer", "name", "eth0", "netns", pid]
        _say("ip", "link", "add", ours, *line)
        _say("ip", "addr", "add", f"{self._ours(number)}/30", "dev", ours)
        _say("ip", "link", "set", ours, "up")
        inside = ("nsenter", "-t", pid, "-n", "ip")
        _say(*inside, "link", "set", "lo", "up")
        _say(*inside, "addr", "add", f"{self._theirs(number)}/30", "dev", "eth0")
        _say(*inside, "link", "set", "eth0", "up")
        _say(*inside, "route", "add", "default", "via", self._ours(number))

    def _reach_us(self, name: str) -> None:
        """A machine's own rules may be in the way."""
        with socket.create_server((self.services, 0)) as here:
            asking = "import socket, sys; socket.create_connection("
            asking += "(sys.argv[1], int(sys.argv[2])), 5)"
            where = [self.services, str(here.getsockname()[1])]
            pid = str(self._all[name].keeper.pid)
            _say("nsenter", "-t", pid, "-n", sys.executable, "-c", asking, *where)

    def _ours(self, number: int) -> str:
        return self._address(4 * number + 1)

    def _theirs(self, number: int) -> str:
        return self._address(4 * number + 2)

    @staticmethod
    def _address(last: int) -> str:
        """In what RFC 2544 keeps for measuring; runs at the same time differ."""
        assert last < 255, "a trial has 63 hosts at most"
        run = os.getpid() % 512
        return f"198.{18 + run // 256}.{run % 256}.{last}"


def _say(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=TOOLS_SECONDS)
