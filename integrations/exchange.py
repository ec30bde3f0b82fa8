"""One request and its answer over an open connection, until a moment."""

import http.client
import socket
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from time import monotonic
from typing import Any, cast

import requests
from requests.structures import CaseInsensitiveDict

from integrations.file_body import PIECE, FileBody
from integrations.final_response import FinalResponse

# Bytes. The longest answer we ask for, a post's figures, has less than two thousand.
LONGEST_ANSWER = 1_000_000
# Some refuse who does not say it.
OUR_NAME = "Advocacy/1.0"


class AnswerTooLong(requests.RequestException):
    """The answer has more bytes than anything we ask for."""


def exchange(
    connection: http.client.HTTPConnection,
    request: requests.PreparedRequest,
    until: float,
    *,
    keep: bool,
) -> tuple[requests.Response, bool]:
    """The answer, and whether the connection can serve another request.

    `until` is a moment of the monotonic clock; `keep` asks the server to keep the
    connection open. Raises `AnswerTooLong`, `OSError` or `HTTPException`.
    """
    all_sent = _send(connection, request, until, keep=keep)
    answer, ends = _read(connection, request, until)
    return answer, keep and all_sent and not ends


def length_of(request: requests.PreparedRequest) -> int:
    """Bytes of what is sent."""
    return len(_body(request))


def _send(
    connection: http.client.HTTPConnection,
    request: requests.PreparedRequest,
    until: float,
    *,
    keep: bool,
) -> bool:
    """False when the server wants no more of it; that is what its answer is about."""
    body = _body(request)
    headers = CaseInsensitiveDict(request.headers)
    # Packed, a short answer could be a long one.
    headers["Accept-Encoding"] = "identity"
    headers.setdefault("Accept", "*/*")
    headers.setdefault("User-Agent", OUR_NAME)
    headers["Connection"] = "keep-alive" if keep else "close"
    _wait_no_longer(connection, until)
    pieces = _pieces(connection, body, until) if request.body is not None else None
    try:
        connection.request(
            str(request.method), request.path_url, pieces, dict(headers.items())
        )
    except BrokenPipeError:
        return False
    return True


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
) -> bytes | Iterator[bytes]:
    if isinstance(body, bytes) and len(body) <= PIECE:
        return body  # leaves together with the head
    return _each_in_time(connection, body, until)


def _each_in_time(
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
) -> tuple[requests.Response, bool]:
    """The answer, and whether the connection must end with it."""
    connection.response_class = partial(_response, until)  # type: ignore[assignment]
    with cast("FinalResponse", connection.getresponse()) as response:
        body = response.read(LONGEST_ANSWER + 1)
        if len(body) > LONGEST_ANSWER:
            raise AnswerTooLong("the answer is too long", request=request)
        if response.length:
            raise http.client.IncompleteRead(body, response.length)
        ends = response.will_close or response.left_over
        return _as_requests_has_it(request, response, body), ends


def _response(until: float, sock: socket.socket, **how: Any) -> FinalResponse:
    return FinalResponse(sock, until, **how)


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
