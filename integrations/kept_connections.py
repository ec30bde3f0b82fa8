"""Connections that stay open for the next call: opening one costs several ways to the server.

Only for calls that may be repeated. The server may end a connection at any moment, also
while a request is on its way; whoever reuses one may have to ask once more.

Answers of HTTP/1.1 carry no number. What a server says unasked ends the connection if it
comes before the next request; what comes between that look and the request's own answer
is taken for it, as by every client that keeps connections. Only the server itself can do
that where TLS proves who it is, and there it could as well give a wrong answer at once;
plain HTTP is for the sandbox and for tests.
"""

import http.client
import select
import ssl
import weakref
from threading import Lock
from time import monotonic

# Servers and what stands in front of them end idle ones after some 60 s; sooner is safe.
IDLE_SECONDS = 15.0
# For each server; more threads than that post at once only where nobody waits for them.
MOST = 100


# By server; since when of the monotonic clock.
Idle = dict[str, list[tuple[http.client.HTTPConnection, float]]]


class KeptConnections:
    """Idle connections of one process, by server; they are closed when it is let go."""

    def __init__(self) -> None:
        """None is open."""
        self._lock = Lock()
        self._idle: Idle = {}
        weakref.finalize(self, _close, self._idle)

    def take(self, server: str) -> http.client.HTTPConnection | None:
        """The one used last, for its next call; None when there is none that lives."""
        while True:
            with self._lock:
                idle = self._idle.get(server)
                if not idle:
                    return None
                connection, since = idle.pop()
            if monotonic() - since < IDLE_SECONDS and _is_quiet(connection):
                return connection
            connection.close()

    def keep(self, server: str, connection: http.client.HTTPConnection) -> None:
        """Its answer was read to the end, and the server did not end it."""
        with self._lock:
            idle = self._idle.setdefault(server, [])
            # The oldest are at the front.
            over = [idle.pop(0)] if len(idle) >= MOST else []
            idle.append((connection, monotonic()))
        for one, _since in over:
            one.close()


def _close(idle: Idle) -> None:
    """They end with the one who keeps them."""
    for kept in idle.values():
        for connection, _since in kept:
            connection.close()


def _is_quiet(connection: http.client.HTTPConnection) -> bool:
    """Nothing came without being asked for: neither an end nor somebody's late answer."""
    sock = connection.sock
    if sock is None:
        return False
    if isinstance(sock, ssl.SSLSocket) and sock.pending():
        return False  # decrypted already, so the socket itself has nothing
    looking = select.poll()
    looking.register(sock, select.POLLIN)
    return not looking.poll(0)
