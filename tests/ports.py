"""Where the servers of tests and trials listen."""

import os
import socket
from itertools import cycle, islice

LOOPBACK = "127.0.0.1"
# Below what the kernel hands to outgoing connections: one of those could take a port between
# the moment it was found free and the one at which its server listens.
FIRST, ROOM, PROCESSES = 9_000, 1_400, 16

_process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % PROCESSES
_begin = os.getpid() % ROOM  # runs of other clones go on beside this one
_turns = cycle([*range(_begin, ROOM), *range(_begin)])


def free_port(address: str = LOOPBACK) -> int:
    """One that nobody listens on there, and that was given to no other test of this run.

    Some servers need half a minute until they listen; processes that test side by side must
    not be told the same port meanwhile.
    """
    for turn in islice(_turns, ROOM):
        port = FIRST + _process * ROOM + turn
        with socket.socket() as probe:
            try:
                probe.bind((address, port))
                probe.listen(1)
            except OSError:
                continue
        return port
    raise AssertionError(f"all {ROOM} ports of this process are taken at {address}")
