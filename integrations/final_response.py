"""An answer over HTTP that is read to its end, within a time."""

import http.client
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, cast

from integrations.timed_reading import TimedSocket

# Without a sign: `http.client` takes one, and for a length below zero it reads all there is.
_CHUNK_SIZE = re.compile(rb"[0-9A-Fa-f]{1,15}")
LONGEST_LINE = 64 * 1024


class Malformed(http.client.HTTPException):
    """What came is not HTTP."""


class FinalResponse(http.client.HTTPResponse):
    """Reads past answers that only announce another one (RFC 9110 15.2).

    `http.client` knows no such answer but 100, and would leave the real one on the line.
    Raises nothing but OSError and HTTPException.
    """

    def __init__(self, sock: socket.socket, until: float, **how: Any) -> None:
        """Read from `sock` until the monotonic clock shows `until`."""
        self._timed = TimedSocket(sock, until)
        super().__init__(self._timed, **how)  # type: ignore[arg-type] # only reads

    def begin(self) -> None:
        """Read the head."""
        with _as_http():
            super().begin()
            while self.status < 200:
                self.headers = None  # type: ignore[assignment] # or it would not begin again
                super().begin()
        self._timed.head_is_read()

    def read(self, amt: int | None = None) -> bytes:
        """Read the body, or up to `amt` bytes of it."""
        with _as_http():
            return super().read(amt)

    def _read_next_chunk_size(self) -> int:
        """In the place of `http.client`'s own, as RFC 9112 7.1 has it."""
        line = self.fp.readline(LONGEST_LINE)
        size = line.partition(b";")[0].strip()
        if not _CHUNK_SIZE.fullmatch(size):
            raise Malformed("no size of a chunk")
        return int(size, 16)

    @property
    def left_over(self) -> bool:
        """Whether more arrived than this answer, once it is read to its end."""
        return self._timed.left_over


@contextmanager
def _as_http() -> Iterator[None]:
    """`http.client` trips over some answers with errors that speak of Python."""
    try:
        yield
    except (OSError, http.client.HTTPException):
        raise
    except (ValueError, LookupError, ArithmeticError) as error:
        raise Malformed(type(error).__name__) from error


def final_response(
    connection: http.client.HTTPConnection, until: float
) -> FinalResponse:
    """What answers the request that `connection` has sent; its head is read."""
    connection.response_class = partial(_response, until)  # type: ignore[assignment]
    return cast("FinalResponse", connection.getresponse())


def _response(until: float, sock: socket.socket, **how: Any) -> FinalResponse:
    return FinalResponse(sock, until, **how)
