"""The web application: where the slices meet."""

import os
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from advocacy.accounts import views as accounts
from advocacy.config import Settings, read_settings
from advocacy.consent import views as consent
from advocacy.curation import views as curation
from advocacy.library import views as library
from advocacy.links.click_writer import ClickWriter
from advocacy.links.fast_path import FastPath
from advocacy.links.neutral_page import draw
from advocacy.links.spool import Spool
from advocacy.outside import open_outside
from advocacy.people import views as people
from advocacy.reach import views as reach
from advocacy.shares import views as shares
from advocacy.shares.cascades import reconnected
from advocacy.shares.queries import posts_leaving, posts_left
from advocacy.watch import views as watch
from advocacy.web import (
    error_pages,
    formats,
    headers,
    health,
    language,
    limits,
    logs,
    media_types,
)
from advocacy.web.runtime import Runtime
from advocacy.withdrawal import withdrawal_cascade
from integrations import task_queue

ROOT = Path(__file__).resolve().parent.parent
# Everything a form may carry in one go; a video is the largest (content.videos).
LARGEST_REQUEST = 210 * 1024 * 1024

SLICES = (
    people,
    consent,
    accounts,
    library,
    shares,
    curation,
    reach,
    watch,
    health,
)

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class RowNumber(IntegerConverter):
    """A number in an address: one that a row can have, else there is no such page."""

    def __init__(self, map: Map) -> None:  # noqa: A002 – Werkzeug's own name
        super().__init__(map, max=2**31 - 1)


def create_app(settings: Settings) -> Flask:
    """One web process's application."""
    logs.set_up_logs()
    app = Flask(
        "advocacy",
        root_path=str(ROOT / "advocacy"),
        template_folder=str(ROOT / "templates"),
    )
    app.extensions["advocacy"] = _runtime(settings)
    _configure(app, settings)
    app.before_request(_limit_text)
    app.url_map.converters["int"] = RowNumber
    task_queue.configure(settings.broker_url)
    CSRFProtect(app)
    limits.install(app, settings.redis_url)
    language.install(app, settings)
    formats.install(app)
    headers.install(app, settings)
    error_pages.install(app)
    media_types.install()
    # No page asks Flask-Login who is there: it would ask the database on error pages too.
    people.install(LoginManager(app, add_context_processor=False), app)
    for slice_ in SLICES:
        app.register_blueprint(slice_.blueprint)
    if settings.demo:
        app.register_blueprint(people.demo_blueprint)
    return app


def _limit_text() -> None:
    """Werkzeug keeps to MAX_FORM_MEMORY_SIZE in forms with files only."""
    if request.mimetype == "application/x-www-form-urlencoded":
        config = current_app.config
        request.max_content_length = min(
            config["MAX_CONTENT_LENGTH"], config["MAX_FORM_MEMORY_SIZE"]
        )


def _runtime(settings: Settings) -> Runtime:
    outside = open_outside(settings)
    return Runtime(
        settings=settings,
        outside=outside,
        withdrawal_cascade=withdrawal_cascade(outside),
        cascade_that_leaves_posts=withdrawal_cascade(outside, delete_again=False),
        posts_left=posts_left,
        posts_leaving=posts_leaving,
        account_connected=reconnected,
    )


def _configure(app: Flask, settings: Settings) -> None:
    prefix = "__Host-" if settings.secure else ""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        # A draft of an item with its wordings is text of this size at most.
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        SESSION_COOKIE_NAME=f"{prefix}session",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=24),
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: nobody loses a long text
        WTF_CSRF_SSL_STRICT=settings.secure,
    )
    app.jinja_env.globals["organisation"] = settings.organisation
    app.jinja_env.globals["demo"] = settings.demo
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def create_wsgi() -> WsgiApp:
    """What granian serves: the tracked links in front, Flask behind them."""
    settings = read_settings(os.environ)
    return in_front_of(create_app(settings), settings)


def in_front_of(app: Flask, settings: Settings) -> FastPath:
    """The tracked links before an application, which gets all other requests."""
    engine = app.extensions["advocacy"].outside.engine
    behind = behind_proxies(app, settings.proxy_hops)
    return FastPath(
        behind,
        engine,
        draw(settings),
        hops=settings.proxy_hops,
        counter=ClickWriter(engine, Spool(settings.data_folder)),
    )


def behind_proxies(served: WsgiApp, hops: int) -> WsgiApp:
    """Believe as many proxies as there are. Links read their visitors' addresses themselves."""
    return ProxyFix(served, x_for=hops, x_proto=1, x_host=0) if hops else served
