"""HTTP to a network within bounds: a time for the whole call, a size for its answer.

A client's time limit mostly begins anew with each byte, and an answer is read however long
it is. A server that drips would hold a thread for hours, and an endless answer fill the
memory. So each call has one deadline from the first byte of the connection to the last of
the answer, and a host that failed too often is left alone. A call has a connection of its
own, unless its sender keeps them for the next.
"""

import http.client
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

import certifi

from integrations.breaker import Breaker
from integrations.exchange import exchange
from integrations.http_messages import Answer, NoAnswer, Request
from integrations.kept_connections import KeptConnections
from integrations.one_connection import one_connection

# Bytes a second. What is sent gives a call more time: 100 MiB have seven minutes, which
# is less than a worker holds a share with media (reliability.md 3.1).
SLOWEST_UPLOAD = 256 * 1024


@dataclass(frozen=True)
class Bounds:
    """Seconds to connect, and for the whole call, to which the time for what is sent is
    added; whose certificates are trusted instead of the usual ones (a PEM file).
    """

    connect_seconds: float
    seconds: float
    ca_file: str | None = None

    @property
    def trusted(self) -> str:
        """The file with the certificates."""
        return self.ca_file or certifi.where()


class BoundedHttp:
    """What calls are sent through."""

    def __init__(self, breaker: Breaker, kept: KeptConnections | None = None) -> None:
        """Nothing is sent yet; with `kept` only what may be repeated is."""
        self._breaker = breaker
        self._kept = kept

    def send(self, request: Request, bounds: Bounds) -> Answer:
        """One try. Raises `NotDone` while the host rests, else `NoAnswer`."""
        self._breaker.check(request.server)
        try:
            answer = self._answered(request, bounds)
        except NoAnswer:
            self._breaker.failed(request.server)
            raise
        self._breaker.answered(request.server, answer.status)
        return answer

    def _answered(self, request: Request, bounds: Bounds) -> Answer:
        until = monotonic() + bounds.seconds + request.length / SLOWEST_UPLOAD
        ca_file = bounds.trusted
        try:
            if answer := self._over_kept(request, until, ca_file):
                return answer
            # What is left may be nothing, which no socket takes for a time.
            connect_seconds = max(
                min(bounds.connect_seconds, until - monotonic()), 0.01
            )
            connection = one_connection(request.address, connect_seconds, ca_file)
            connection.connect()
            return self._over(connection, request, until, ca_file)
        except TimeoutError as error:
            raise NoAnswer("Timeout") from error
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer("ConnectionError") from error

    def _over_kept(self, request: Request, until: float, ca_file: str) -> Answer | None:
        """None when a new connection is needed."""
        connection = self._kept and self._kept.take(_server(request, ca_file))
        if not connection:
            return None
        try:
            return self._over(connection, request, until, ca_file)
        except ConnectionError:
            return None  # the server ended it in this moment

    def _over(
        self,
        connection: http.client.HTTPConnection,
        request: Request,
        until: float,
        ca_file: str,
    ) -> Answer:
        keep = self._kept is not None
        may_go_on = False
        try:
            answer, may_go_on = exchange(connection, request, until, keep=keep)
        finally:
            # Whatever broke, the next call must not read the rest of this answer.
            if self._kept and may_go_on:
                self._kept.keep(_server(request, ca_file), connection)
            else:
                connection.close()
        return answer


def _server(request: Request, ca_file: str) -> str:
    url = urlsplit(request.address)
    return f"{url.scheme}://{url.netloc} {ca_file}"
