"""HTTP to a network within bounds: a time for the whole call, a size for its answer.

requests begins its time limit anew with each byte, and reads an answer however long it is.
A server that drips would hold a thread for hours, and an endless answer fill the memory.
So its sessions send through here, whoever uses them: each call has one deadline from the
first byte of the connection to the last of the answer, and a host that failed too often is
left alone. A call has a connection of its own, unless its sender keeps them for the next.
"""

import http.client
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import certifi
import requests
from requests.adapters import BaseAdapter

from integrations.breaker import Breaker
from integrations.exchange import AnswerTooLong, exchange, length_of
from integrations.kept_connections import KeptConnections
from integrations.one_connection import one_connection

# Bytes a second. What is sent gives a call more time: 100 MiB have seven minutes, which
# is less than a worker holds a share with media (reliability.md 3.1).
SLOWEST_UPLOAD = 256 * 1024


def bound_session(
    session: requests.Session, breaker: Breaker, ca_file: str | None = None
) -> None:
    """Have a session send within bounds, and take nothing from the environment.

    Each call names its `timeout`: seconds to connect, and seconds for the whole call,
    to which the time for what is sent is added.
    """
    session.trust_env = False  # no proxy, no password from a file
    session.verify = ca_file or certifi.where()
    for scheme in list(session.adapters):
        session.mount(scheme, BoundedHttp(breaker))


class BoundedHttp(BaseAdapter):
    """What a session of requests sends through."""

    def __init__(self, breaker: Breaker, kept: KeptConnections | None = None) -> None:
        """Nothing is sent yet; with `kept` only what may be repeated is."""
        super().__init__()
        self._breaker = breaker
        self._kept = kept

    def send(
        self, request: requests.PreparedRequest, *_more: Any, **options: Any
    ) -> requests.Response:
        """One try. Raises `NotDone` while the host rests, else what requests would."""
        host = urlsplit(str(request.url)).netloc
        self._breaker.check(host)
        try:
            answer = self._answered(request, options["timeout"], options["verify"])
        except requests.RequestException:
            self._breaker.failed(host)
            raise
        self._breaker.answered(host, answer.status_code)
        return answer

    def close(self) -> None:
        """Nothing is open but what others may use as well."""

    def _answered(
        self,
        request: requests.PreparedRequest,
        timeout: tuple[float, float],
        ca_file: str,
    ) -> requests.Response:
        connect_seconds, seconds = timeout
        until = monotonic() + seconds + length_of(request) / SLOWEST_UPLOAD
        try:
            if answer := self._over_kept(request, until, ca_file):
                return answer
            # What is left may be nothing, which no socket takes for a time.
            connect_seconds = max(min(connect_seconds, until - monotonic()), 0.01)
            connection = one_connection(str(request.url), connect_seconds, ca_file)
            connection.connect()
            return self._over(connection, request, until, ca_file)
        except AnswerTooLong:
            raise
        except TimeoutError as error:
            reason = "no whole answer in time"
            raise requests.Timeout(reason, request=request) from error
        except (OSError, http.client.HTTPException) as error:
            reason = type(error).__name__
            raise requests.ConnectionError(reason, request=request) from error

    def _over_kept(
        self, request: requests.PreparedRequest, until: float, ca_file: str
    ) -> requests.Response | None:
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
        request: requests.PreparedRequest,
        until: float,
        ca_file: str,
    ) -> requests.Response:
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


def _server(request: requests.PreparedRequest, ca_file: str) -> str:
    url = urlsplit(str(request.url))
    return f"{url.scheme}://{url.netloc} {ca_file}"
