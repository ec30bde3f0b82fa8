"""Answers tracked links in front of Flask: counted first, nothing kept of the visitor.

Neither the code nor the visitor's address or browser is ever logged here, and Flask
never sees a request below `/l/`, so that no log or error report behind it can name a
person's link.
"""

import time
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from sqlalchemy import Engine

from advocacy.links.agents import Agents
from advocacy.links.callers import caller_of
from advocacy.links.click_writer import ClickWriter
from advocacy.links.codes import LENGTH
from advocacy.links.link_cache import DatabaseAway, Destination, LinkCache
from advocacy.links.models import Outcome
from advocacy.links.neutral_page import NeutralPages
from advocacy.links.visitors import Visitors
from advocacy.links.visits import (
    MOST_CHARACTERS,
    is_rewritten,
    is_scanner_network,
    is_speculative,
)
from integrations.clock import now

PREFIX = "/l/"

Environ = dict[str, Any]
Start = Callable[..., Any]
WsgiApp = Callable[[Environ, Start], Iterable[bytes]]

WHOLE = len(PREFIX) + LENGTH
METHODS = [("Allow", "GET, HEAD, OPTIONS"), ("Content-Length", "0")]
PRIVATE = [
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Robots-Tag", "noindex"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Content-Length", "0"),
]


class FastPath:
    """The WSGI application in front of another; all but `/l/…` goes through.

    Of a request that is itself hostile – any path, any headers, of any length – no more
    is read than an honest one has.
    """

    def __init__(
        self,
        application: WsgiApp,
        engine: Engine,
        pages: NeutralPages,
        *,
        hops: int = 0,
        counter: ClickWriter | None = None,
    ) -> None:
        self.application = application
        self.pages = pages
        self.hops = hops
        self.cache = LinkCache(engine)
        self.counter = counter or ClickWriter(engine)
        self.agents = Agents()
        self.visitors = Visitors()

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith(PREFIX):
            return self.application(environ, start)
        method = environ["REQUEST_METHOD"]
        if method == "OPTIONS":
            start("204 No Content", METHODS[:1])
            return ()
        if method not in {"GET", "HEAD"}:
            start("405 Method Not Allowed", METHODS)
            return ()
        return self._follow(
            environ, start, path[len(PREFIX) :] if len(path) == WHOLE else ""
        )

    def _follow(self, environ: Environ, start: Start, code: str) -> Iterable[bytes]:
        try:
            found = self.cache.find(code)
        except DatabaseAway:
            return self.pages.answer(environ, start, away=True)
        if found is None:
            return self.pages.answer(environ, start)
        if self._count(environ, code, found) is Outcome.PREFETCH:
            # Only a failed early load is loaded again when the person really presses.
            start("503 Service Unavailable", PRIVATE)
        else:
            start("302 Found", [("Location", found.address), *PRIVATE])
        return ()

    def _count(self, environ: Environ, code: str, found: Destination) -> Outcome | None:
        if environ["REQUEST_METHOD"] == "HEAD":
            return None
        if found.frozen:
            return Outcome.PREFETCH if is_speculative(environ) else None
        day = now().date()
        outcome = self._judge(environ, code, day)
        # Only what counts is worth waiting for.
        self.counter.record(code, day, outcome, wait=outcome is Outcome.COUNTED)
        return outcome

    def _judge(self, environ: Environ, code: str, day: date) -> Outcome:
        """What kind of visit this is (privacy.md 3.2), the cheapest question first."""
        if is_speculative(environ):
            return Outcome.PREFETCH
        agent = environ.get("HTTP_USER_AGENT", "")[:MOST_CHARACTERS]
        if program := self.agents.judge(agent, day):
            return program
        caller = caller_of(environ, self.hops)
        referer = environ.get("HTTP_REFERER")
        if is_scanner_network(caller) or (referer and is_rewritten(referer)):
            return Outcome.SCANNER
        return self.visitors.judge(code, caller, agent, day, time.monotonic())
