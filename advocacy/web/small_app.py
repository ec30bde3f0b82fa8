"""What every page of ours needs, and nothing else of the service."""

from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.templating import Environment
from itsdangerous import URLSafeTimedSerializer

from advocacy.config import Settings
from advocacy.web import headers, kept_parts, language

ROOT = Path(__file__).resolve().parents[2]


class Templates(Environment):
    """Jinja, told that all apps' names are there before the first page is drawn."""

    def make_globals(
        self, d: MutableMapping[str, Any] | None
    ) -> MutableMapping[str, Any]:
        """One plain dict: it is copied and compared with each import and each include."""
        return {**self.globals, **(d or {})}


class Cookies(SecureCookieSessionInterface):
    """Flask's sessions with a signer that is made once: its keys stay the same."""

    _signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """As Flask's; each app has cookies of its own."""
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer


class Pages(Flask):
    """Flask, told that nothing of ours is a coroutine."""

    jinja_environment = Templates

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """It would look anew at some twenty functions with every request."""
        return func


def small_app(settings: Settings) -> Flask:
    """A Flask with the look of the pages, their languages and their security headers."""
    app = Pages(
        "advocacy",
        root_path=str(ROOT / "advocacy"),
        template_folder=str(ROOT / "templates"),
    )
    app.session_interface = Cookies()
    app.jinja_env.globals["organisation"] = settings.organisation
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    language.install(app, settings)
    headers.install(app, settings)
    kept_parts.install(app)
    return app
