"""Reading from a socket until a moment, not for so long since the last byte.

A socket's own time limit starts anew with each byte, so a server that sends one byte a
second would hold a worker for ever.
"""

import io
import socket
from time import monotonic
from typing import Any


class TimedSocket:
    """The little that `http.client.HTTPResponse` needs of a socket."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        """Read from `sock` until the monotonic clock shows `until`."""
        self._line = _TimedReader(sock, until)
        self._reader = _CountingReader(self._line)

    def makefile(self, *_mode: Any) -> io.BufferedReader:
        """A file whose reads raise `TimeoutError` once the time is over."""
        return self._reader

    def head_is_read(self) -> None:
        """From here on the other side may end the line: that ends some bodies.

        Before, an end would be taken for the end of the head, and half an id for an id.
        """
        self._line.may_end = True

    @property
    def left_over(self) -> bool:
        """Whether more arrived than was read; the next reader would take it for its own."""
        return self._line.arrived > self._reader.taken


class _TimedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, until: float) -> None:
        self._sock = sock
        # Closing the socket waits for its files: an answer may end the connection.
        self._file = sock.makefile("rb", buffering=0)
        self._until = until
        self.may_end = False
        self.arrived = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._until - monotonic()
        if left <= 0:
            raise TimeoutError("no answer in time")
        self._sock.settimeout(left)
        count = self._file.readinto(buffer)
        if count == 0 and not self.may_end:
            raise ConnectionResetError("the line ended in the middle of the head")
        self.arrived += count or 0
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


class _CountingReader(io.BufferedReader):
    """Counts what is read, in the ways in which a response reads."""

    def __init__(self, line: _TimedReader) -> None:
        super().__init__(line)
        self.taken = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        return self._counted(super().readline(-1 if size is None else size))

    def read(self, size: int | None = -1, /) -> bytes:
        return self._counted(super().read(size))

    def _counted(self, data: bytes) -> bytes:
        self.taken += len(data)
        return data
