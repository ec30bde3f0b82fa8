"""Tracked links as an ordinary Flask route: slow, remembering nothing that it may look up.

Written from privacy.md 3.2 a second time, with other means: the fast path must answer
and count as this one does.
"""

import time
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from flask import Flask, Response, make_response, render_template, request
from is_crawler import is_crawler
from sqlalchemy.exc import OperationalError
from werkzeug.middleware.proxy_fix import ProxyFix

from advocacy.links.agents import MORE_PROGRAMS
from advocacy.links.models import ClickDay, Link, Outcome
from advocacy.links.targets import target_with_tags
from advocacy.links.visits import REWRITING_SITES, SCANNER_NETWORKS
from advocacy.web.small_app import small_app
from integrations.clock import now
from integrations.database import transaction

METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Content-Length": "0",
}
NEUTRAL = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


class PlainRoute:
    """A WSGI application that knows `/l/…` only."""

    def __init__(self, settings, hops: int) -> None:
        self.app = small_app(settings)
        self.app.url_map.merge_slashes = False
        self.app.after_request_funcs[None].insert(0, _bare)  # the first comes last
        self.wsgi = ProxyFix(self.app, x_for=hops, x_proto=0, x_host=0)
        self.first: set[tuple[object, ...]] = set()
        self.recently: list[tuple[float, object, str]] = []
        _route(self.app, self.answer)

    def __call__(self, environ, start):
        return self.wsgi(environ, start)

    def answer(self, code: str = "") -> Response:
        if request.method == "OPTIONS":
            return _empty(204, {"Allow": "GET, HEAD, OPTIONS"})
        if request.method not in {"GET", "HEAD"}:
            refused = {"Allow": "GET, HEAD, OPTIONS", "Content-Length": "0"}
            return _empty(405, refused)
        try:
            return self.follow(code)
        except OperationalError:
            return _neutral(503)

    def follow(self, code: str) -> Response:
        with transaction() as session:
            link = None if "\0" in code else session.get(Link, code)
            if link is None:
                return _neutral(404)
            address, frozen = target_with_tags(link.target, link.item_id), link.frozen
        outcome = None if request.method == "HEAD" else self.judge(code, frozen)
        if outcome and not frozen:
            add(code, outcome)
        if outcome is Outcome.PREFETCH:
            return _empty(503, PRIVATE)
        return _empty(302, {"Location": address, **PRIVATE})

    def judge(self, code: str, frozen: bool) -> Outcome | None:  # noqa: FBT001
        if _ahead():
            return Outcome.PREFETCH
        if frozen:
            return None
        agent = request.headers.get("User-Agent", "")
        if not agent.strip() or is_crawler(agent) or MORE_PROGRAMS.search(agent):
            return Outcome.LINKEDIN if "LinkedInBot" in agent else Outcome.BOT
        address = ip_address(request.remote_addr)
        address = getattr(address, "ipv4_mapped", None) or address
        if _filters_mail(address) or self._hurries(code, address):
            return Outcome.SCANNER
        visitor = (code, address, agent, now().date())
        if visitor in self.first:
            return Outcome.AGAIN
        self.first.add(visitor)
        return Outcome.COUNTED

    def _hurries(self, code, address) -> bool:
        size = 24 if address.version == 4 else 48
        network = ip_network(f"{address}/{size}", strict=False)
        self.recently.append((time.monotonic(), network, code))
        seconds_ago = time.monotonic() - 5
        codes = {
            one
            for at, where, one in self.recently
            if at > seconds_ago and where == network
        }
        return len(codes) >= 3


def add(code: str, outcome: Outcome) -> None:
    with transaction() as session:
        day = now().date()
        row = session.get(ClickDay, (code, day, outcome), with_for_update=True)
        if row is None:
            session.add(ClickDay(code=code, day=day, outcome=outcome, visits=1))
        else:
            row.visits += 1


def _ahead() -> bool:
    told = " ".join(
        request.headers.get(name, "").lower()
        for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
    )
    return any(word in told for word in ("prefetch", "prerender", "preview"))


def _filters_mail(address) -> bool:
    if any(address in ip_network(one) for one in SCANNER_NETWORKS):
        return True
    try:
        host = urlsplit(request.headers.get("Referer", "")).hostname or ""
    except ValueError:
        return False
    return any(host == site or host.endswith(f".{site}") for site in REWRITING_SITES)


def _neutral(status: int) -> Response:
    page = render_template("links/nowhere.html", away=status == 503)
    answer = make_response(page, status, NEUTRAL)
    if status == 503:
        answer.headers["Retry-After"] = "30"
    return answer


def _empty(status: int, headers: dict[str, str]) -> Response:
    answer = Response(status=status)
    answer.headers.clear()
    answer.headers.update(headers)
    answer.own = set(headers)
    return answer


def _bare(answer: Response) -> Response:
    """Nothing but its own headers, where a redirect or a refusal is meant."""
    own = getattr(answer, "own", answer.headers.keys())
    for name in set(answer.headers.keys()) - set(own):
        del answer.headers[name]
    return answer


def _route(app: Flask, view) -> None:
    for rule in ("/l/", "/l/<path:code>"):
        app.add_url_rule(
            rule, rule, view, methods=METHODS, provide_automatic_options=False
        )
