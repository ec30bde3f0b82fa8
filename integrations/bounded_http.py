"""HTTP to a network within bounds: a time for the whole call, a size for its answer.

requests begins its time limit anew with each byte, and reads an answer however long it is.
A server that drips would hold a thread for hours, and an endless answer fill the memory.
So its sessions send through here, whoever uses them: each call has a connection of its own,
one deadline from the first byte of the connection to the last of the answer, and a host
that failed too often is left alone.
"""

import http.client
from collections.abc import Iterator
from io import BytesIO
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import certifi
import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from integrations.breaker import Breaker
from integrations.file_body import PIECE, FileBody
from integrations.one_connection import one_connection
from integrations.timed_reading import TimedSocket

# Bytes. The longest answer we ask for, a post's figures, has less than two thousand.
LONGEST_ANSWER = 1_000_000
# Some refuse who does not say it.
OUR_NAME = "Advocacy/1.0"
# Bytes a second. What is sent gives a call more time: 100 MiB have seven minutes, which
# is less than a worker holds a share with media (reliability.md 3.1).
SLOWEST_UPLOAD = 256 * 1024


class AnswerTooLong(requests.RequestException):
    """The answer has more bytes than anything we ask for."""


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

    def __init__(self, breaker: Breaker) -> None:
        """Nothing is sent yet."""
        super().__init__()
        self._breaker = breaker

    def send(
        self, request: requests.PreparedRequest, *_more: Any, **options: Any
    ) -> requests.Response:
        """One try. Raises `NotDone` while the host rests, else what requests would."""
        host = urlsplit(str(request.url)).netloc
        self._breaker.check(host)
        try:
            answer = _answered(request, options["timeout"], options["verify"])
        except requests.RequestException:
            self._breaker.failed(host)
            raise
        self._breaker.answered(host, answer.status_code)
        return answer

    def close(self) -> None:
        """No connection outlives its call."""


def _answered(
    request: requests.PreparedRequest, timeout: tuple[float, float], ca_file: str
) -> requests.Response:
    connect_seconds, seconds = timeout
    body = _body(request)
    until = monotonic() + seconds + len(body) / SLOWEST_UPLOAD
    # What is left of all tries may be nothing, which no socket takes for a time.
    connect_seconds = max(min(connect_seconds, seconds), 0.01)
    connection = one_connection(str(request.url), connect_seconds, ca_file)
    try:
        connection.connect()
        _send(connection, request, body, until)
        return _read(connection, request, until)
    except AnswerTooLong:
        raise
    except TimeoutError as error:
        raise requests.Timeout("no whole answer in time", request=request) from error
    except (OSError, http.client.HTTPException) as error:
        raise requests.ConnectionError(type(error).__name__, request=request) from error
    finally:
        connection.close()


def _send(
    connection: http.client.HTTPConnection,
    request: requests.PreparedRequest,
    body: bytes | FileBody,
    until: float,
) -> None:
    headers = CaseInsensitiveDict(request.headers)
    # Packed, a short answer could be a long one.
    headers["Accept-Encoding"] = "identity"
    headers.setdefault("Accept", "*/*")
    headers.setdefault("User-Agent", OUR_NAME)
    headers["Connection"] = "close"
    _wait_no_longer(connection, until)
    pieces = _pieces(connection, body, until) if request.body is not None else None
    try:
        connection.request(
            str(request.method), request.path_url, pieces, dict(headers.items())
        )
    except BrokenPipeError:
        # It wants no more of it; that is what its answer is about.
        return


def _body(request: requests.PreparedRequest) -> bytes | FileBody:
    match request.body:
        case None:
            return b""
        case str(text):
            return text.encode()
        case bytes() | FileBody() as body:
            return body
        case other:
            raise TypeError(f"a body of {type(other).__name__} has no known length")


def _pieces(
    connection: http.client.HTTPConnection, body: bytes | FileBody, until: float
) -> Iterator[bytes]:
    """Each is sent within the time that is left."""
    for piece in body if isinstance(body, FileBody) else _cut(body):
        _wait_no_longer(connection, until)
        yield piece


def _cut(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), PIECE):
        yield body[start : start + PIECE]


def _wait_no_longer(connection: http.client.HTTPConnection, until: float) -> None:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    connection.sock.settimeout(left)


def _read(
    connection: http.client.HTTPConnection,
    request: requests.PreparedRequest,
    until: float,
) -> requests.Response:
    timed = TimedSocket(connection.sock, until)
    with http.client.HTTPResponse(
        timed,  # type: ignore[arg-type] # only reads from it
        method=request.method,
    ) as response:
        response.begin()
        timed.head_is_read()
        body = response.read(LONGEST_ANSWER + 1)
        if len(body) > LONGEST_ANSWER:
            raise AnswerTooLong("the answer is too long", request=request)
        if response.length:
            raise http.client.IncompleteRead(body, response.length)
        return _as_requests_has_it(request, response, body)


def _as_requests_has_it(
    request: requests.PreparedRequest, response: http.client.HTTPResponse, body: bytes
) -> requests.Response:
    answer = requests.Response()
    answer.status_code = response.status
    answer.reason = response.reason
    answer.headers = CaseInsensitiveDict(response.getheaders())
    answer.raw = BytesIO(body)
    answer.encoding = "utf-8"  # guessing would take seconds with a long one
    answer.request = request
    answer.url = str(request.url)
    return answer
