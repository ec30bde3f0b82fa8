"""The service's own servers, started as shipped: by the Procfile, and in the demonstration."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from advocacy.demo.environment import Place, environment_for
from advocacy.demo.processes import Processes, answers
from advocacy.people.models import Person
from bench.procfile import line_of
from tests.advocacy.signing_in import cookie_of
from tests.ports import free_port

START_SECONDS = 90


class Server:
    """One of them, and what it was told."""

    def __init__(
        self, kind: str, folder: Path, database_url: str, valkey_address: str
    ) -> None:
        self.port = free_port()
        place = Place(folder, self.port, free_port())
        self.environment = environment_for(
            place, os.environ, database_url, valkey_address
        ) | {"PORT": str(self.port), "LINKS_PORT": str(self.port)}
        shipped = Processes(place, self.environment).web()
        if kind != "demo":
            shipped.command = ["/bin/sh", "-c", f"exec {line_of(kind)}"]
        self.child = shipped

    def wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while not answers(f"http://127.0.0.1:{self.port}/readyz"):
            assert self.child.status is None, self.child.tail()
            assert time.monotonic() < end, self.child.tail()
            time.sleep(0.1)

    def cookie(self, person: Person) -> str:
        """What the browser of somebody who signed in sends."""
        return f"session={cookie_of(person.id, self.environment['SECRET_KEY'])}"


@contextmanager
def serving(
    kind: str, folder: Path, database_url: str, valkey_address: str
) -> Iterator[Server]:
    """Start it, wait until it answers, and end it."""
    server = Server(kind, folder, database_url, valkey_address)
    server.child.start()
    try:
        server.wait()
        yield server
    finally:
        server.child.ask_to_stop()
        server.child.make_sure(30)
