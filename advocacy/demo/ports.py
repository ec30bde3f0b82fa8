"""Which ports the demonstration listens on.

Run as a program it says whether the one that was asked for can be had, before anything is
installed: nothing here needs more than Python.
"""

import os
import socket
import sys
from collections.abc import Mapping
from itertools import chain

HOST = "127.0.0.1"
# Above these the kernel hands ports to outgoing connections, so one could be gone the
# next moment.
HIGHEST = 32_000
LOWEST = 8_001
DEFAULT_PORT = 8_000


class NoPort(Exception):
    """No port can be had; the sentence says why."""


def is_free(port: int) -> bool:
    """Whether one may listen there now."""
    with socket.socket() as probe:
        # As the servers do: a port whose last connections are just closing is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        # Listening finds the server that bound it with SO_REUSEPORT, too.
        try:
            probe.listen(1)
        except OSError:
            return False
    return not _answers(port)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def free_port(preferred: int, *, taken: frozenset[int] = frozenset()) -> int:
    """The preferred port, else the next free one above it, else any."""
    above, any_one = range(preferred + 1, HIGHEST), range(LOWEST, HIGHEST)
    for port in chain((preferred,), above, any_one):
        if port not in taken and is_free(port):
            return port
    raise NoPort(f"No port from {LOWEST} to {HIGHEST} is free.")


def read_port(typed: str) -> int:
    """What was given as PORT."""
    if typed.isdecimal() and 1 <= int(typed) <= 65_535:
        return int(typed)
    raise NoPort("PORT must be a number from 1 to 65535.")


def asked_port(environment: Mapping[str, str]) -> int:
    """PORT, which must be free: another server must not answer for us. Raises NoPort."""
    port = read_port(environment.get("PORT") or str(DEFAULT_PORT))
    if not is_free(port):
        other = free_port(port + 1)
        raise NoPort(f"Port {port} is taken. Take another one: PORT={other} ./run demo")
    return port


if __name__ == "__main__":
    try:
        asked_port(os.environ)
    except NoPort as error:
        sys.exit(str(error))
