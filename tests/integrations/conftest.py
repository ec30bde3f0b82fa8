"""What outgoing HTTP is tested with: a website of our own, and an eye on the sockets."""

import socket
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from typing import Any

import pytest

from tests.integrations.site import Handler, Site


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address a socket was really connected to."""
    seen: list[Any] = []

    class Watched(socket.socket):
        def connect(self, address: Any) -> None:
            seen.append(address)
            super().connect(address)

    monkeypatch.setattr(socket, "socket", Watched)
    return seen


@pytest.fixture(name="site")
def a_site() -> Iterator[Site]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Handler.site = Site(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield Handler.site
    server.shutdown()
    thread.join()
    server.server_close()
