"""Breaking the line under a request, which no web framework foresees."""

import socket

from flask import request


def break_the_line(last: bytes) -> None:
    """End the connection, after `last`."""
    line: socket.socket = request.environ["werkzeug.socket"]
    if last:
        line.sendall(last)
    line.shutdown(socket.SHUT_RDWR)
