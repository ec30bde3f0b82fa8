"""One request and its answer over an open connection, until a moment."""

import http.client
from collections.abc import Iterator
from time import monotonic

from integrations.file_body import PIECE, FileBody
from integrations.final_response import final_response
from integrations.http_messages import Answer, NoAnswer, Request

# Bytes. The longest answer we ask for, a post's figures, has less than two thousand.
LONGEST_ANSWER = 1_000_000
# Some refuse who does not say it.
OUR_NAME = "Advocacy/1.0"


def exchange(
    connection: http.client.HTTPConnection,
    request: Request,
    until: float,
    *,
    keep: bool,
) -> tuple[Answer, bool]:
    """The answer, and whether the connection can serve another request.

    `until` is a moment of the monotonic clock; `keep` asks the server to keep the
    connection open. Raises `NoAnswer`, `OSError` or `HTTPException`.
    """
    all_sent = _send(connection, request, until, keep=keep)
    answer, ends = _read(connection, until)
    return answer, keep and all_sent and not ends


def _send(
    connection: http.client.HTTPConnection,
    request: Request,
    until: float,
    *,
    keep: bool,
) -> bool:
    """False when the server wants no more of it; that is what its answer is about."""
    headers = {"Accept": "*/*", "User-Agent": OUR_NAME, **request.headers}
    # Packed, a short answer could be a long one.
    headers["Accept-Encoding"] = "identity"
    headers["Connection"] = "keep-alive" if keep else "close"
    if request.body is not None or request.method not in {"GET", "HEAD"}:
        headers["Content-Length"] = str(request.length)
    _wait_no_longer(connection, until)
    body = request.body
    pieces = None if body is None else _pieces(connection, body, until)
    try:
        connection.request(request.method, request.target, pieces, headers)
    except BrokenPipeError:
        return False
    return True


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


def _read(connection: http.client.HTTPConnection, until: float) -> tuple[Answer, bool]:
    """The answer, and whether the connection must end with it."""
    with final_response(connection, until) as response:
        body = response.read(LONGEST_ANSWER + 1)
        if len(body) > LONGEST_ANSWER:
            raise NoAnswer("AnswerTooLong")
        if response.length:
            raise http.client.IncompleteRead(body, response.length)
        ends = response.will_close or response.left_over
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, headers, body), ends
