"""What outgoing HTTP is tested with: a website of our own, and an eye on the sockets."""

import socket
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from integrations.kept_connections import KeptConnections
from tests.integrations.certificates import make_certificate
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


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with cert.pem and key.pem for 127.0.0.1."""
    folder = tmp_path_factory.mktemp("tls")
    make_certificate(folder)
    return folder


@pytest.fixture
def kept() -> KeptConnections:
    """No connection is open."""
    return KeptConnections()


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
