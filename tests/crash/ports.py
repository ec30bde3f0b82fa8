"""Where a trial's servers listen."""

import socket

LOOPBACK = "127.0.0.1"


def free_port(address: str = LOOPBACK) -> int:
    """One that nobody listens on there."""
    with socket.socket() as line:
        line.bind((address, 0))
        return int(line.getsockname()[1])
