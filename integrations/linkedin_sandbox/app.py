"""The pretend network, put together."""

import secrets
from pathlib import Path

from flask import Flask, Response

from integrations.linkedin_sandbox import (
    admin,
    asking_tokens,
    consent,
    documents,
    figures,
    handles,
    id_tokens,
    identity,
    images,
    organisations,
    pages,
    post_changes,
    posts,
    switch_views,
    tokens,
    uploads,
    video_uploads,
    videos,
    website,
)
from integrations.linkedin_sandbox.clock_ahead import ahead
from integrations.linkedin_sandbox.memory import Memory
from integrations.linkedin_sandbox.refusals import answer_refusals
from integrations.linkedin_sandbox.sending import file_under
from integrations.linkedin_sandbox.settings import SandboxSettings

TEMPLATES = Path(__file__).parents[2] / "templates"
PARTS = (
    admin,
    asking_tokens,
    consent,
    documents,
    figures,
    handles,
    id_tokens,
    identity,
    images,
    organisations,
    pages,
    post_changes,
    posts,
    switch_views,
    tokens,
    uploads,
    video_uploads,
    videos,
    website,
)

# Forms may lead anywhere: the consent screen's answer is a redirect to its client.
POLICY = (
    "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)


def create_sandbox(settings: SandboxSettings) -> Flask:
    """A network with the memory that `settings.folder` holds."""
    app = Flask(__name__, static_folder=None, template_folder=str(TEMPLATES))
    app.add_url_rule(
        "/static/<path:filename>",
        "static",
        lambda filename: file_under(settings.static, filename),
    )
    # More than the largest file that is sent in one piece.
    app.config["MAX_CONTENT_LENGTH"] = settings.largest_document + 1024 * 1024
    memory = app.extensions["linkedin_sandbox"] = Memory(settings)
    app.wsgi_app = ahead(app.wsgi_app, memory)  # type: ignore[assignment,method-assign]
    app.context_processor(
        lambda: {"home": settings.home, "styled": bool(settings.static)}
    )
    for part in PARTS:
        app.register_blueprint(part.blueprint)
    answer_refusals(app)
    app.after_request(_finished)
    return app


def _finished(answer: Response) -> Response:
    """The headers LinkedIn's support asks for, and a browser's safety."""
    for name in ("x-li-uuid", "x-li-fabric", "x-li-request-id"):
        answer.headers[name] = secrets.token_hex(8)
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
