"""The page of a link that cannot be followed: drawn at the start, the same for every reason.

It has no script and nothing of the visitor in it, so its bytes never change. A link that
never was, one misspelt and one that ended cannot be told apart, not by the time it takes
either.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask, make_response, render_template
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from advocacy.config import Settings
from advocacy.web import headers, language

ROOT = Path(__file__).resolve().parents[2]
RETRY_SECONDS = 30
# More of it than anybody's browser sends is not read.
MOST_CHARACTERS = 512
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

    status: str
    headers: list[tuple[str, str]]
    body: bytes


class NeutralPages:
    """The pages in every language: 404, and 503 while nobody can look a link up."""

    def __init__(
        self, nowhere: dict[str, Page], away: dict[str, Page], default: str
    ) -> None:
        self._nowhere = nowhere
        self._away = away
        self._default = default

    def answer(
        self,
        environ: dict[str, Any],
        start: Callable[..., Any],
        *,
        away: bool = False,
    ) -> Iterable[bytes]:
        """Answer a request as WSGI does; of it, only the reader's language matters."""
        told = environ.get("HTTP_ACCEPT_LANGUAGE", "")[:MOST_CHARACTERS]
        asked = language.asked_for(parse_accept_header(told, LanguageAccept))
        page = (self._away if away else self._nowhere)[asked or self._default]
        start(page.status, list(page.headers))
        return () if environ["REQUEST_METHOD"] == "HEAD" else (page.body,)


def small_app(settings: Settings) -> Flask:
    """A Flask with the look of the pages, and nothing else of the service."""
    app = Flask(
        "advocacy",
        root_path=str(ROOT / "advocacy"),
        template_folder=str(ROOT / "templates"),
    )
    app.jinja_env.globals["organisation"] = settings.organisation
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    language.install(app, settings)
    headers.install(app, settings)
    return app


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
    return Page(answer.status, list(answer.headers), answer.get_data())
