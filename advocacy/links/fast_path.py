"""Answers tracked links in front of Flask: counted first, nothing kept of the visitor.

Neither the code nor the visitor's address or browser is ever logged here, and Flask
never sees the code either, so that no log or error report behind it can name a person's
link.
"""

import re
import time
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Engine

from advocacy.links.codes import LENGTH
from advocacy.links.counter import Counter
from advocacy.links.known import DatabaseAway, Destination, KnownLinks
from advocacy.links.models import Outcome
from advocacy.links.visitors import Visitors
from advocacy.links.visits import is_speculative, reason_not_to_count
from integrations.clock import now

PREFIX = "/l/"
# Set for Flask when it shows the page of a link that cannot be followed.
DATABASE_AWAY = "advocacy.links.database_away"

Environ = dict[str, Any]
Start = Callable[..., Any]
WsgiApp = Callable[[Environ, Start], Iterable[bytes]]

CODE = re.compile(rf"[A-Za-z0-9_-]{{{LENGTH}}}")
METHODS = [("Allow", "GET, HEAD, OPTIONS"), ("Content-Length", "0")]
PRIVATE = [
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Robots-Tag", "noindex"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Content-Length", "0"),
]
# All that Flask is given when it draws the neutral page: no code, no cookie, no body.
KEPT = {
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_HOST",
    "REMOTE_ADDR",
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
}


class FastPath:
    """The WSGI application in front of another; all but `/l/…` goes through."""

    def __init__(
        self,
        application: WsgiApp,
        engine: Engine,
        *,
        known: KnownLinks | None = None,
        counter: Counter | None = None,
        visitors: Visitors | None = None,
    ) -> None:
        self.application = application
        self.known = known or KnownLinks(engine)
        self.counter = counter or Counter(engine)
        self.visitors = visitors or Visitors()

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
        return self._follow(environ, start, path.removeprefix(PREFIX))

    def _follow(self, environ: Environ, start: Start, code: str) -> Iterable[bytes]:
        try:
            found = self.known.find(code) if CODE.fullmatch(code) else None
        except DatabaseAway:
            return self._neutral_page(environ, start, database_away=True)
        if found is None:
            return self._neutral_page(environ, start)
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
        moment = now()
        outcome = reason_not_to_count(environ) or self.visitors.judge(
            code,
            environ.get("REMOTE_ADDR", ""),
            environ.get("HTTP_USER_AGENT", ""),
            moment.date(),
            time.monotonic(),
        )
        # Only what counts is worth waiting for.
        self.counter.record(
            code, moment.date(), outcome, wait=outcome is Outcome.COUNTED
        )
        return outcome

    def _neutral_page(
        self, environ: Environ, start: Start, *, database_away: bool = False
    ) -> Iterable[bytes]:
        """Flask's page for every link that leads nowhere, whatever the reason."""
        kept = {
            name: environ[name]
            for name in environ
            if name in KEPT or name.startswith("wsgi.")
        }
        kept |= {"PATH_INFO": PREFIX, "QUERY_STRING": "", DATABASE_AWAY: database_away}
        return self.application(kept, start)


def wrap(application: WsgiApp, engine: Engine) -> FastPath:
    """Put the fast path in front of an application."""
    return FastPath(application, engine)
