"""The line for one create call: connected beforehand, used once, given up in time.

Neither requests nor urllib3 is used here. Both can be told not to repeat a request;
this file cannot repeat one, because nothing in it is able to open a second connection.
"""

import http.client
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar
from urllib.parse import urlsplit

from integrations.breaker import Breaker
from integrations.errors import NotDone, OutcomeUnknown
from integrations.final_response import FinalResponse
from integrations.one_connection import one_connection

LONGEST_ANSWER = 256 * 1024

Read = TypeVar("Read")


@dataclass(frozen=True)
class Server:
    """Where to connect, and how long to wait for the line and for the answer."""

    name: str  # for the errors
    base: str
    connect_seconds: float
    answer_seconds: float
    # Certificates to trust instead of the usual ones (a file in PEM form).
    ca_file: str | None = None


class CreateLine:
    """One connection, for exactly one request."""

    def __init__(self, server: Server, breaker: Breaker) -> None:
        """Connect, TLS included. Raises `NotDone`: no byte of a request has left."""
        self._server = server
        self._host = urlsplit(server.base).netloc
        # While a server is out of order each try would leave one more post in doubt.
        self._breaker = breaker
        breaker.check(self._host)
        self._used = False
        self._connection = one_connection(
            server.base, server.connect_seconds, server.ca_file
        )
        try:
            self._connection.connect()
        except OSError as error:
            breaker.failed(self._host)
            self._connection.close()
            reason = f"{server.name} could not be reached"
            raise NotDone(reason, code="connect") from error

    def post(
        self,
        path: str,
        headers: Mapping[str, str],
        body: bytes,
        read: Callable[[http.client.HTTPResponse], Read],
    ) -> Read:
        """Send `body` once; what `read` makes of the answer, its head being there.

        Raises `OutcomeUnknown` when the answer, or what `read` needs of it, is lost.
        """
        if self._used:
            raise RuntimeError("a line serves one create call")
        self._used = True
        try:
            self._stop_if_ended()
            return self._send(path, {**headers, "Connection": "close"}, body, read)
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the connection; harmless when called twice."""
        self._connection.close()

    def _stop_if_ended(self) -> None:
        """A line that ended while it waited is found out before the first byte."""
        sock = self._connection.sock
        if sock is None:
            raise NotDone("the line was closed before it was used", code="connect")
        sock.settimeout(0)
        try:
            sock.recv(1)
        except (BlockingIOError, ssl.SSLWantReadError):
            return
        except OSError as error:
            raise NotDone(
                "the line broke before it was used", code="connect"
            ) from error
        reason = f"{self._server.name} ended the line before it was used"
        raise NotDone(reason, code="connect")

    def _send(
        self,
        path: str,
        headers: Mapping[str, str],
        body: bytes,
        read: Callable[[http.client.HTTPResponse], Read],
    ) -> Read:
        until = monotonic() + self._server.answer_seconds
        sock = self._connection.sock
        sock.settimeout(self._server.answer_seconds)
        try:
            self._connection.request("POST", path, body, headers)
            with FinalResponse(sock, until, method="POST") as response:
                response.begin()
                self._breaker.answered(self._host, response.status)
                return read(response)
        except (OSError, http.client.HTTPException) as error:
            self._breaker.failed(self._host)
            reason = "the line broke after the post was sent"
            raise OutcomeUnknown(reason, code=type(error).__name__) from error


def whole_body(response: http.client.HTTPResponse) -> bytes:
    """The body of an answer; raises `HTTPException` when its end did not come."""
    body = response.read(LONGEST_ANSWER)
    if response.length:
        raise http.client.IncompleteRead(body, response.length)
    return body
