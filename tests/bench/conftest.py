"""A small server to be put under load, which remembers who asked."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


@dataclass
class Small:
    """Answers everything the same way."""

    address: str = ""
    status: int = 302
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    small: Small

    def do_GET(self) -> None:
        self.small.asked.append((self.path, dict(self.headers)))
        self.send_response(self.small.status)
        self.send_header("Location", "https://example.org/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_said: Any) -> None:
        pass


@pytest.fixture
def small() -> Iterator[Small]:
    found = Small()
    handler = type("Handler", (Handler,), {"small": found})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    found.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()
