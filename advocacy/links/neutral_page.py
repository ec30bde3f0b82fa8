"""The page of a link that cannot be followed: drawn at the start, the same for every reason.

It has no script and nothing of the visitor in it, so its bytes never change. A link that
never was, one misspelt and one that ended cannot be told apart, not by the time it takes
either.
"""

from typing import NamedTuple

from flask import Flask, make_response, render_template
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from advocacy.config import Settings
from advocacy.links.requests import Headers
from advocacy.links.visits import MOST_CHARACTERS
from advocacy.web import language
from advocacy.web.small_app import small_app

RETRY_SECONDS = 30
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


class Page(NamedTuple):
    """One answer, as it leaves."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes = b""


class NeutralPages:
    """The pages in every language: 404, and 503 while nobody can look a link up."""

    def __init__(
        self, nowhere: dict[str, Page], away: dict[str, Page], default: str
    ) -> None:
        self._nowhere = nowhere
        self._away = away
        self._default = default

    def page(self, headers: Headers, *, away: bool = False) -> Page:
        """In the reader's language: of a request, nothing else matters."""
        told = (headers.get("accept-language") or "")[:MOST_CHARACTERS]
        asked = language.asked_for(parse_accept_header(told, LanguageAccept))
        return (self._away if away else self._nowhere)[asked or self._default]


def draw(settings: Settings) -> NeutralPages:
    """Draw all of them, once."""
    app = small_app(settings)
    nowhere, away = (
        {one: _draw(app, one, away=is_away) for one in language.LANGUAGES}
        for is_away in (False, True)
    )
    return NeutralPages(nowhere, away, settings.default_language)


def _draw(app: Flask, spoken: str, *, away: bool) -> Page:
    with app.test_request_context(headers={"Accept-Language": spoken}):
        body = render_template("links/nowhere.html", away=away)
        answer = make_response(body, 503 if away else 404, HEADERS)
        if away:
            answer.headers["Retry-After"] = str(RETRY_SECONDS)
        app.process_response(answer)
    return Page(answer.status_code, list(answer.headers), answer.get_data())
