"""What a forked child can be. Each runs until it is told or made to end."""

import logging
import os
import random
import threading
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from werkzeug.serving import make_server

from advocacy import at_work
from advocacy import worker as product
from advocacy.config import read_settings
from advocacy.outside import open_outside
from advocacy.shares import tasks
from advocacy.shares.sweeper import sweep
from integrations import task_queue
from integrations.database import transaction
from integrations.linkedin_sandbox.app import create_sandbox
from integrations.linkedin_sandbox.settings import SandboxSettings
from tests.crash.deeds import do_at
from tests.crash.hurrying import set_pace
from tests.crash.pace import Pace
from tests.integrations.linkedin_sandbox.serving import RunningSandbox

Environment = dict[str, str]


def worker(
    environment: Environment,
    pace: dict[str, float],
    threads: int,
    queues: str,
    deed: dict[str, str] | None = None,
    messages: dict[str, int] | None = None,
) -> None:
    """The product's worker. Its messages may leave in `copies`, shuffled by a `seed`."""
    _begin(environment | {"POSTING_THREADS": str(threads)}, pace)
    if deed:
        do_at(**deed)
        product.HOURLY.clear()  # thousands of starts would fill the slow queue
    if messages:
        tasks.send = _shuffled(tasks.send, **messages)
    options = ["worker", "--loglevel", "info", "--concurrency", str(threads)]
    options += ["--without-gossip", "--without-mingle", "--queues", queues]
    at_work.main(options)


def _begin(environment: Environment, pace: dict[str, float]) -> None:
    os.environ.update(environment)
    task_queue.configure(environment["BROKER_URL"])
    set_pace(Pace(**pace))  # type: ignore[arg-type]


def clock(environment: Environment, pace: dict[str, float], *, copies: int = 1) -> None:
    """The product's clock."""
    _begin(environment, pace)
    if copies > 1:
        send = product.app.send_task

        def send_often(*given: Any, **named: Any) -> Any:
            for _copy in range(copies - 1):
                send(*given, **named)
            return send(*given, **named)

        product.app.send_task = send_often
    at_work.main(["beat", "--loglevel", "info"])


def sweeper(environment: Environment, pause: float) -> None:
    """Sweeps without end, beside the workers that do."""
    os.environ.update(environment)
    open_outside(read_settings(os.environ))
    while True:
        with transaction() as session:
            sweep(session)
        time.sleep(pause)


def network(
    folder: str, site: str, members: list[str], slow_seconds: float, latency: float
) -> None:
    """The pretend network, with tokens for members nobody had to sign in for."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    settings = SandboxSettings(
        folder=Path(folder), keeps=False, slow_seconds=slow_seconds
    )
    app = create_sandbox(settings)
    here, where = RunningSandbox(site, app), urlsplit(site)
    granted = [here.access_for(name) for name in members]
    lines = [f"{access.token} {access.member_id}\n" for access in granted]
    served = _late(app.wsgi_app, latency)
    app.wsgi_app = served  # type: ignore[method-assign]
    server = make_server(where.hostname, where.port, app, threaded=True)
    done = Path(folder, "tokens.new")
    done.write_text("".join(lines))
    done.rename(Path(folder, "tokens"))
    server.serve_forever()


def _late(served: Any, latency: float) -> Any:
    def late(environ: dict[str, Any], start: Any) -> Any:
        if environ["REQUEST_METHOD"] == "POST" and latency:
            time.sleep(latency)
        return served(environ, start)

    return late


def _shuffled(send: Callable[..., bool], copies: int, seed: int) -> Callable[..., bool]:
    """A `send` whose messages leave `copies` times, a moment later, in any order."""
    kept: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
    lock, chance = threading.Lock(), random.Random(seed)  # noqa: S311

    def leave() -> None:
        while True:
            time.sleep(0.3)
            with lock:
                leaving = kept * copies
                kept.clear()
            chance.shuffle(leaving)
            for given, named in leaving:
                send(*given, **named)

    def keep(*given: Any, **named: Any) -> bool:
        with lock:
            if not any(thread.name == "postman" for thread in threading.enumerate()):
                threading.Thread(target=leave, name="postman", daemon=True).start()
            kept.append((given, named))
        return True

    return keep


# What Celery and SQLAlchemy read only when they start: a fork should find it read.
for _name in (
    "celery.apps.beat",
    "celery.apps.worker",
    "celery.concurrency.thread",
    "celery.worker.autoscale",
    "celery.worker.components",
    "celery.worker.consumer",
    "celery.worker.worker",
    "kombu.transport.pyamqp",
    "kombu.transport.redis",
    "sqlalchemy.dialects.postgresql.psycopg",
):
    import_module(_name)

ROLES: dict[str, Callable[..., None]] = {
    "worker": worker,
    "clock": clock,
    "sweeper": sweeper,
    "network": network,
}
