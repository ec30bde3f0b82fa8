"""Servers that say exactly what a test tells them to, and remember the questions."""

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NoReturn

from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from integrations.linkedin.settings import LinkedInSettings
from tests.integrations.linkedin_sandbox.serving import HASTY


@dataclass
class Scripted:
    """A web server with a list of answers; the last one is repeated."""

    answers: Sequence[Response]
    address: str = ""
    asked: list[tuple[str, str, bytes]] = field(default_factory=list)

    def settings(self) -> LinkedInSettings:
        return settings_for(self.address)

    def answer(self, request: Request) -> Response:
        self.asked.append((request.method, request.full_path, request.get_data()))
        told = self.answers[min(len(self.asked), len(self.answers)) - 1]
        return Response(told.get_data(), told.status_code, told.headers)


@contextmanager
def scripted(*answers: Response) -> Iterator[Scripted]:
    """Serve `answers`, one a request."""
    script = Scripted(answers)
    app = Request.application(script.answer)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    script.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield script
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class RawServer:
    """A listening socket; every connection is handed to the test's own function."""

    address: str
    connections: int = 0


@contextmanager
def raw_server(handle: Callable[[socket.socket], None]) -> Iterator[RawServer]:
    """Accept connections one after the other and let `handle` speak."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = RawServer(f"http://127.0.0.1:{listening.getsockname()[1]}")

        def serve() -> None:
            while True:
                try:
                    line, _ = listening.accept()
                except OSError:
                    return
                server.connections += 1
                with line:
                    try:
                        handle(line)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            # Closing alone would leave the thread in accept().
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def read_request(line: socket.socket) -> tuple[bytes, bytes]:
    """The head of a whole request, and the body that it announces."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += line.recv(65536) or _left()
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [
        int(row.split(b":")[1])
        for row in head.split(b"\r\n")
        if row.lower().startswith(b"content-length")
    ]
    while len(body) < sum(lengths):
        body += line.recv(65536) or _left()
    return head, body


def _left() -> NoReturn:
    raise OSError("the client went away")


def settings_for(address: str, **changes: object) -> LinkedInSettings:
    """A client's settings for whatever answers at `address`."""
    given: dict[str, object] = {
        "client_id": "pretend-client",
        "client_secret": "pretend-secret",
        "redirect_address": "http://localhost/back",
        "oauth_base": address,
        "api_base": address,
        "site_base": address,
        "patience": HASTY,
    }
    return LinkedInSettings(**given | changes)  # type: ignore[arg-type]
