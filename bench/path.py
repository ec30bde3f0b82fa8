"""What the fast path itself costs, without server and database: P6.

In one process, by processor time of the thread that answers, in blocks that alternate.
"""

import os
import time
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Engine, text
from werkzeug.test import create_environ

from advocacy.app import create_wsgi
from bench.figures import Part
from bench.yardstick import app

BLOCK = 500
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Any]


def judge_fast_path(
    part: Part, engine: Engine, settings: Mapping[str, str], rounds: int
) -> None:
    """A link that is not counted, and a visitor who comes again: nobody waits for either."""
    frozen, counting = _two_links(engine)
    os.environ.update({**settings, "PROXY_HOPS": "0"})
    fast = create_wsgi()
    for key, code in (("path_frozen", frozen), ("path_judged", counting)):
        for warm in (app.wsgi_app, fast):
            seconds_of(warm, code)
        pairs = [
            seconds_of(fast, code) / seconds_of(app.wsgi_app, code)
            for _round in range(rounds)
        ]
        part.tell(key, pairs)


def _two_links(engine: Engine) -> tuple[str, str]:
    with engine.begin() as connection:
        found = connection.execute(text("SELECT code FROM link ORDER BY code LIMIT 2"))
        frozen, counting = found.scalars().all()
        freeze = text("UPDATE link SET frozen = true WHERE code = :code")
        connection.execute(freeze, {"code": frozen})
    return frozen, counting


def seconds_of(application: Wsgi, code: str) -> float:
    """Processor seconds for a block of visits by one and the same visitor."""
    environments = [_environ(code) for _request in range(BLOCK)]
    start = time.thread_time()
    for environment in environments:
        for _piece in application(environment, lambda *_status: None):
            pass
    return time.thread_time() - start


def _environ(code: str) -> dict[str, Any]:
    environ = create_environ(f"/l/{code}", headers={"User-Agent": AGENT})
    return environ | {"REMOTE_ADDR": "192.0.2.7"}
