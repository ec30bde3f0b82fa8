"""An answer over HTTP that is read to its end, within a time."""

import http.client
import socket
from typing import Any

from integrations.timed_reading import TimedSocket


class FinalResponse(http.client.HTTPResponse):
    """Reads past answers that only announce another one (RFC 9110 15.2).

    `http.client` knows no such answer but 100, and would leave the real one on the line.
    """

    def __init__(self, sock: socket.socket, until: float, **how: Any) -> None:
        """Read from `sock` until the monotonic clock shows `until`."""
        self._timed = TimedSocket(sock, until)
        super().__init__(self._timed, **how)  # type: ignore[arg-type] # only reads

    def begin(self) -> None:
        """Read the head."""
        super().begin()
        while self.status < 200:
            self.headers = None  # type: ignore[assignment] # or it would not begin again
            super().begin()
        self._timed.head_is_read()

    @property
    def left_over(self) -> bool:
        """Whether more arrived than this answer, once it is read to its end."""
        return self._timed.left_over
