"""Answers tracked links in front of Flask: counted first, nothing kept of the visitor.

Neither the code nor the visitor's address or browser is ever logged here, and Flask
never sees a request below `/l/`, so that no log or error report behind it can name a
person's link.
"""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from sqlalchemy import Engine

from advocacy.config import Settings
from advocacy.links.agents import Agents
from advocacy.links.callers import caller_of
from advocacy.links.click_writer import ClickWriter
from advocacy.links.codes import LENGTH
from advocacy.links.link_cache import DatabaseAway, Destination, LinkCache
from advocacy.links.models import Outcome
from advocacy.links.neutral_page import NeutralPages, Page, draw
from advocacy.links.recorder import Recorder
from advocacy.links.requests import Application, Request
from advocacy.links.shared_visitors import SharedVisitors, fingerprint
from advocacy.links.spool import Spool
from advocacy.links.visitors import Visitors
from advocacy.links.visits import (
    MOST_CHARACTERS,
    is_rewritten,
    is_scanner_network,
    is_speculative,
)
from integrations.clock import now

PREFIX = "/l/"
WHOLE = len(PREFIX) + LENGTH
# Who asks the database about links at the same time; all others go on meanwhile.
LOOK_UPS = 16

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
    """The RSGI application in front of another; all but `/l/…` goes through.

    Visits are judged on the event loop, where nothing may take long: what waits for the
    database or the disk does so in threads. Of a request that is itself hostile – any
    path, any headers, of any length – no more is read than an honest one has.
    """

    def __init__(
        self,
        application: Application,
        engine: Engine,
        pages: NeutralPages,
        counter: ClickWriter,
        *,
        hops: int,
    ) -> None:
        """Of `hops` proxies in front, the first tells the visitor's address."""
        self.application = application
        self.pages = pages
        self.counter = counter
        self.hops = hops
        self.recorder = Recorder(counter)
        self.cache = LinkCache(engine)
        self.agents = Agents()
        self.visitors = Visitors()
        self._look_ups = ThreadPoolExecutor(LOOK_UPS, "look-up")
        counter.at_midnight = self._begin

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        path = scope.path
        if not path.startswith(PREFIX):
            await self.application.__rsgi__(scope, protocol)
            return
        page = await self._page(
            scope, path[len(PREFIX) :] if len(path) == WHOLE else ""
        )
        if page.body and scope.method != "HEAD":
            protocol.response_bytes(*page)
        else:
            protocol.response_empty(page.status, page.headers)

    async def _page(self, request: Request, code: str) -> Page:
        method = request.method
        if method == "OPTIONS":
            return Page(204, METHODS[:1])
        if method not in {"GET", "HEAD"}:
            return Page(405, METHODS)
        try:
            found = await self._find(code)
        except DatabaseAway:
            return self.pages.page(request.headers, away=True)
        if found is None:
            return self.pages.page(request.headers)
        if method == "GET" and await self._is_early(request, code, found):
            # Only a failed early load is loaded again when the person really presses.
            return Page(503, PRIVATE)
        return Page(302, [("Location", found.address), *PRIVATE])

    async def _find(self, code: str) -> Destination | None:
        try:
            return self.cache.remembered(code)
        except KeyError:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._look_ups, self.cache.find, code)

    async def _is_early(self, request: Request, code: str, found: Destination) -> bool:
        """Count it. Whether nobody pressed anything yet."""
        if found.frozen:
            return is_speculative(request.headers)
        day = now().date()
        agent = (request.headers.get("user-agent") or "")[:MOST_CHARACTERS]
        outcome = self._judge(request, code, agent, day)
        visit = (code, day, outcome.value)
        if outcome is not Outcome.COUNTED:
            await self.recorder.note(visit)
        elif self.counter.shared is None:
            # Only what counts is worth waiting for.
            await self.recorder.record(visit)
        else:
            caller = caller_of(request, self.hops)
            await self.recorder.record(visit, fingerprint(code, caller, agent))
        return outcome is Outcome.PREFETCH

    def _judge(self, request: Request, code: str, agent: str, day: date) -> Outcome:
        """What kind of visit this is (privacy.md 3.2), the cheapest question first."""
        if is_speculative(request.headers):
            return Outcome.PREFETCH
        if program := self.agents.judge(agent, day):
            return program
        caller = caller_of(request, self.hops)
        referer = request.headers.get("referer")
        if is_scanner_network(caller) or (referer and is_rewritten(referer)):
            return Outcome.SCANNER
        return self.visitors.judge(code, caller, agent, day, time.monotonic())

    def _begin(self, day: date) -> None:
        self.visitors.begin(day)
        self.agents.begin(day)


def fast_path_for(
    application: Application, engine: Engine, settings: Settings
) -> FastPath:
    """In front of this application; visits go into the engine's database, else on the disk."""
    address = settings.visitors_redis_url
    shared = SharedVisitors(address) if address else None
    counter = ClickWriter(engine, Spool(settings.data_folder), shared)
    pages, hops = draw(settings), settings.proxy_hops
    return FastPath(application, engine, pages, counter, hops=hops)
