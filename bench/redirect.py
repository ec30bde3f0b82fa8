"""How much a tracked link costs beside Flask's cheapest answer (performance.md, P6).

In one process, by processor time, in blocks that alternate; the median of the ratios is the
figure, because the machine's speed drifts between blocks but hardly within a pair.

    python -m bench.redirect
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

from flask import Flask, redirect
from sqlalchemy import create_engine
from werkzeug.test import create_environ

from advocacy.links.fast_path import FastPath
from advocacy.links.known import Destination

BLOCK, ROUNDS = 500, 15
CODE = "abcdefghijk"
TARGET = "https://example.org/story"
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Any]


class _KnownAlready:
    """The cache when it is warm: nothing is asked of the database."""

    def find(self, _code: str) -> Destination:
        return Destination(TARGET, frozen=True)


def _flask() -> Flask:
    app = Flask("yardstick")

    app.add_url_rule("/l/<code>", view_func=lambda code: redirect(TARGET))  # noqa: ARG005

    return app


def _processor_seconds(app: Wsgi) -> float:
    environments = [
        create_environ(f"/l/{CODE}", headers={"User-Agent": AGENT})
        for _request in range(BLOCK)
    ]
    start = time.process_time()
    for environment in environments:
        for _piece in app(environment, lambda *_status: None):
            pass
    return time.process_time() - start


def main() -> None:
    """Print the ratio: fast path without recording, against a constant redirect."""
    engine = create_engine("postgresql+psycopg://nobody@/nothing")  # never connected
    flask = _flask()
    fast = FastPath(flask, engine, known=_KnownAlready())  # type: ignore[arg-type]
    for app in (flask, fast):
        _processor_seconds(app)
    ratios = [
        _processor_seconds(fast) / _processor_seconds(flask) for _n in range(ROUNDS)
    ]
    middle, least, most = statistics.median(ratios), min(ratios), max(ratios)
    print(f"tracked link / constant Flask redirect, processor time: {middle:.3f}")
    print(
        f"({least:.3f} to {most:.3f}, {ROUNDS} pairs of {BLOCK}; target at most 0.05)"
    )


if __name__ == "__main__":
    main()
