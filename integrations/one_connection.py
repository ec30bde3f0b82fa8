"""A connection for one request: strict about certificates, and never opened twice."""

import http.client
import ssl
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import certifi


class OneConnection(http.client.HTTPConnection):
    """Sends a body that is at hand together with the head: one packet, one TLS record.

    The library's own sends them apart, which is one more look at the line as well.
    """

    _held: list[Any] | None = None

    def request(
        self, method: str, url: str, body: Any = None, headers: Any = None, **how: Any
    ) -> None:
        """As the library's."""
        self._held = [] if isinstance(body, bytes) else None
        super().request(method, url, body, headers or {}, **how)
        held, self._held = self._held, None
        if held:
            self.send(b"".join(held))

    def send(self, data: Any) -> None:
        """Hold it back while a request is put together."""
        if self._held is None:
            super().send(data)
        else:
            self._held.append(data)


class _OverTls(OneConnection, http.client.HTTPSConnection):
    """The same under TLS."""


def one_connection(
    base: str, seconds: float, ca_file: str | None
) -> http.client.HTTPConnection:
    """Not connected yet; connecting, TLS included, may take `seconds`.

    `ca_file` names certificates to trust instead of the usual ones, in PEM form.
    """
    parts = urlsplit(base)
    host = parts.hostname or ""
    connection: http.client.HTTPConnection
    if parts.scheme == "http":
        connection = OneConnection(host, parts.port, timeout=seconds)
    else:
        # The usual strict checks; our authorities come with us, a bare machine has none.
        context = _trust(ca_file or certifi.where())
        connection = _OverTls(host, parts.port, timeout=seconds, context=context)
    # A connection that has ended stays ended: no silent second one.
    connection.auto_open = 0
    return connection


@cache
def _trust(ca_file: str) -> ssl.SSLContext:
    """Reading all authorities takes longer than most calls."""
    return ssl.create_default_context(cafile=ca_file)
