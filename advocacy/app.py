"""The web application: where the slices meet."""

import os
from datetime import timedelta
from functools import partial

from flask import Flask, abort, current_app, request
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from advocacy.accounts import views as accounts
from advocacy.config import Settings, read_settings
from advocacy.consent import views as consent
from advocacy.council import views as council
from advocacy.curation import views as curation
from advocacy.library import views as library
from advocacy.links.fast_path import FastPath, fast_path_for
from advocacy.outside import open_outside
from advocacy.own_figures import views as own_figures
from advocacy.people import views as people
from advocacy.people.coming_back import page_to_return_to
from advocacy.reach import views as reach
from advocacy.shares import views as shares
from advocacy.shares.holdups import held_up
from advocacy.shares.queries import posts_leaving, posts_left, posts_planned
from advocacy.shares.reconnecting import posts_waiting, reconnected
from advocacy.watch import views as watch
from advocacy.web import (
    error_pages,
    formats,
    health,
    limits,
    logs,
    media_types,
    same_origin,
)
from advocacy.web.bodies import Bodies
from advocacy.web.rsgi import Bridge, WsgiApp
from advocacy.web.runtime import Runtime
from advocacy.web.small_app import small_app
from advocacy.web.wsgi_environ import REFUSED
from advocacy.withdrawal import withdrawal_cascade
from integrations import task_queue

# Seconds a connection is believed alive: as long as one page asks one thing after another.
ASK_AFTER = 0.1
# Everything a form may carry in one go; a video is the largest (content.videos).
LARGEST_REQUEST = 210 * 1024 * 1024
# What all clients of one process send at the same time (docs/operations.md).
MOST_HELD = 5 * LARGEST_REQUEST

SLICES = (
    people,
    consent,
    accounts,
    library,
    shares,
    own_figures,
    curation,
    reach,
    council,
    watch,
    health,
)


class RowNumber(IntegerConverter):
    """A number in an address: one that a row can have, written as we write it (no zero in
    front, no digits but 0 to 9), else there is no such page.
    """

    regex = "[1-9][0-9]{0,9}"

    def __init__(self, map: Map) -> None:  # noqa: A002 – Werkzeug's own name
        super().__init__(map, max=2**31 - 1)


def create_app(settings: Settings) -> Flask:
    """One web process's application."""
    logs.set_up_logs()
    app = small_app(settings)
    app.extensions["advocacy"] = _runtime(settings)
    _configure(app, settings)
    app.before_request(_refuse)
    app.before_request(_limit_text)
    app.url_map.converters["int"] = RowNumber
    task_queue.configure(settings.broker_url)
    same_origin.install(app, settings)
    CSRFProtect(app)
    limits.install(app, settings.redis_url)
    formats.install(app)
    error_pages.install(app, page_to_return_to)
    media_types.install()
    # No page asks Flask-Login who is there: it would ask the database on error pages too.
    people.install(LoginManager(app, add_context_processor=False), app)
    for slice_ in SLICES:
        app.register_blueprint(slice_.blueprint)
    if settings.demo:
        app.register_blueprint(people.demo_blueprint)
    return app


def _refuse() -> None:
    """Tell in words why the server did not take what was sent."""
    if status := request.environ.get(REFUSED):
        abort(status)


def _limit_text() -> None:
    """Werkzeug keeps to MAX_FORM_MEMORY_SIZE in forms with files only."""
    if request.mimetype == "application/x-www-form-urlencoded":
        config = current_app.config
        request.max_content_length = min(
            config["MAX_CONTENT_LENGTH"], config["MAX_FORM_MEMORY_SIZE"]
        )


def _runtime(settings: Settings) -> Runtime:
    outside = open_outside(settings, ask_after=ASK_AFTER)
    hold = timedelta(seconds=settings.hold_seconds)
    return Runtime(
        settings=settings,
        outside=outside,
        withdrawal_cascade=withdrawal_cascade(outside),
        cascade_that_leaves_posts=withdrawal_cascade(outside, delete_again=False),
        posts_left=posts_left,
        posts_planned=posts_planned,
        posts_leaving=posts_leaving,
        account_connected=partial(reconnected, hold=hold),
        posts_waiting=partial(posts_waiting, hold=hold),
        posts_held_up=partial(held_up, networks=outside.networks),
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


def create_rsgi() -> FastPath:
    """What granian serves. It waits for slow clients itself and sends the files."""
    settings = read_settings(os.environ)
    return served(create_app(settings), settings)


def served(app: Flask, settings: Settings) -> FastPath:
    """The tracked links in front, then the bridge with its bounds, Flask behind it."""
    app.config["USE_X_SENDFILE"] = True
    bodies = Bodies(largest=LARGEST_REQUEST, most_held=MOST_HELD)
    bridge = Bridge(behind_proxies(app, settings.proxy_hops), bodies)
    engine = app.extensions["advocacy"].outside.engine
    return fast_path_for(bridge, engine, settings)


def behind_proxies(served: WsgiApp, hops: int) -> WsgiApp:
    """Believe as many proxies as there are. Links read their visitors' addresses themselves."""
    return ProxyFix(served, x_for=hops, x_proto=1, x_host=0) if hops else served
