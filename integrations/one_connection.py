"""A connection for one request: strict about certificates, and never opened twice."""

import http.client
import ssl
from functools import cache
from urllib.parse import urlsplit

import certifi


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
        connection = http.client.HTTPConnection(host, parts.port, timeout=seconds)
    else:
        # The usual strict checks; our authorities come with us, a bare machine has none.
        context = _trust(ca_file or certifi.where())
        connection = http.client.HTTPSConnection(
            host, parts.port, timeout=seconds, context=context
        )
    # A connection that has ended stays ended: no silent second one.
    connection.auto_open = 0
    return connection


@cache
def _trust(ca_file: str) -> ssl.SSLContext:
    """Reading all authorities takes longer than most calls."""
    return ssl.create_default_context(cafile=ca_file)
