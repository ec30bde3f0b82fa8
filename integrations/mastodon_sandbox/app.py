"""The pretend server, put together."""

from pathlib import Path

from flask import Flask, Response

from integrations.linkedin_sandbox.sending import file_under
from integrations.mastodon_sandbox import (
    admin,
    apps,
    consent,
    gateway,
    instance,
    media,
    pages,
    statuses,
    tokens,
)
from integrations.mastodon_sandbox.memory import Memory
from integrations.mastodon_sandbox.refusals import answer_refusals
from integrations.mastodon_sandbox.settings import SandboxSettings

TEMPLATES = Path(__file__).parents[2] / "templates"
PARTS = (admin, apps, consent, gateway, instance, media, pages, statuses, tokens)

# Forms may lead anywhere: the consent screen's answer is a redirect to its client.
POLICY = (
    "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)


def create_sandbox(settings: SandboxSettings) -> Flask:
    """A server without members, apps or statuses."""
    app = Flask(__name__, static_folder=None, template_folder=str(TEMPLATES))
    # The real server minds no slash at the end, and some clients send one.
    app.url_map.strict_slashes = False
    app.add_url_rule(
        "/static/<path:filename>",
        "static",
        lambda filename: file_under(settings.static, filename),
    )
    app.config["MAX_CONTENT_LENGTH"] = 128 * 1024 * 1024
    app.extensions["mastodon_sandbox"] = Memory(settings)
    app.context_processor(
        lambda: {"home": settings.home, "styled": bool(settings.static)}
    )
    for part in PARTS:
        app.register_blueprint(part.blueprint)
    answer_refusals(app)
    app.after_request(_finished)
    return app


def _finished(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers.setdefault("Cache-Control", "private, no-store")
    return answer
