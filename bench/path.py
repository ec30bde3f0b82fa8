"""What the fast path itself costs, without server and database: P6.

In one process, by processor time of the thread that answers, in blocks that alternate.
"""

import asyncio
import os
import time
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, text
from werkzeug.test import create_environ

from advocacy.links.fast_path import FastPath
from advocacy.links.standalone import create_links_rsgi
from bench.figures import Part
from bench.generator import AGENT
from bench.yardstick import app

BLOCK = 500
VISITOR = "192.0.2.7"


class Headers(dict[str, str]):
    """Of a request as an RSGI server tells it."""

    def get_all(self, name: str) -> list[str]:
        return [self[name]] if name in self else []


@dataclass
class Visit:
    """A request and its answer, both without a server."""

    path: str
    method: str = "GET"
    client: str = f"{VISITOR}:40000"
    headers: Headers = field(default_factory=lambda: Headers({"user-agent": AGENT}))

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        """Taken, as by the server."""


def judge_fast_path(
    part: Part, engine: Engine, settings: Mapping[str, str], rounds: int
) -> None:
    """A link that is not counted, and a visitor who comes again: nobody waits for either."""
    frozen, counting = _two_links(engine)
    os.environ.update({**settings, "PROXY_HOPS": "0"})
    fast = create_links_rsgi()
    fast.cache.seconds = 3600  # longer than all of this
    for key, code in (("path_frozen", frozen), ("path_judged", counting)):
        _visit_once(fast, code)
        ours_of(fast, code), flasks_of(code)
        pairs = [ours_of(fast, code) / flasks_of(code) for _round in range(rounds)]
        part.tell(key, pairs)


def _visit_once(fast: FastPath, code: str) -> None:
    """Look the link up and count its visitor: the next time nothing is waited for."""
    visit = Visit(f"/l/{code}")
    with ThreadPoolExecutor(1) as apart:  # from whatever loop may run in this thread
        apart.submit(asyncio.run, fast.__rsgi__(visit, visit)).result()


def _two_links(engine: Engine) -> tuple[str, str]:
    with engine.begin() as connection:
        found = connection.execute(text("SELECT code FROM link ORDER BY code LIMIT 2"))
        frozen, counting = found.scalars().all()
        freeze = text("UPDATE link SET frozen = true WHERE code = :code")
        connection.execute(freeze, {"code": frozen})
    return frozen, counting


def ours_of(fast: FastPath, code: str) -> float:
    """Processor seconds for a block of visits by one and the same visitor."""
    visits = [Visit(f"/l/{code}") for _request in range(BLOCK)]
    start = time.thread_time()
    for visit in visits:
        _run(fast.__rsgi__(visit, visit))
    return time.thread_time() - start


def _run(answering: Coroutine[Any, Any, None]) -> None:
    """To its end, where it must come without waiting. Raises RuntimeError."""
    try:
        answering.send(None)
    except StopIteration:
        return
    raise RuntimeError("somebody waited")


def flasks_of(code: str) -> float:
    """The same, of bare Flask."""
    environments = [_environ(code) for _request in range(BLOCK)]
    start = time.thread_time()
    for environment in environments:
        for _piece in app.wsgi_app(environment, lambda *_status: None):
            pass
    return time.thread_time() - start


def _environ(code: str) -> dict[str, Any]:
    environ = create_environ(f"/l/{code}", headers={"User-Agent": AGENT})
    return environ | {"REMOTE_ADDR": VISITOR}
