"""What stands before every call under /rest: version, protocol, token, permission."""

import re
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request

from integrations.clock import now
from integrations.linkedin_sandbox.apps import App, app_named
from integrations.linkedin_sandbox.bodies import parsed
from integrations.linkedin_sandbox.memory import Memory
from integrations.linkedin_sandbox.records import Token
from integrations.linkedin_sandbox.refusals import (
    Refusal,
    invalid,
    revoked,
)

# Months in which LinkedIn brought out none.
NEVER_MADE = {"202512"}


def memory() -> Memory:
    """The memory of the network that is answering."""
    found = current_app.extensions["linkedin_sandbox"]
    assert isinstance(found, Memory)
    return found


def check_call() -> None:
    """Everything that does not depend on the resource."""
    _check_version(request.headers.get("LinkedIn-Version"))
    if request.headers.get("X-Restli-Protocol-Version") != "2.0.0":
        raise Refusal(400, "Unsupported Rest.li protocol version", "ILLEGAL_ARGUMENT")
    # Flask has decoded the path; the server keeps it as it came.
    raw = urlsplit(request.environ["REQUEST_URI"]).path
    if ":" in raw:
        raise Refusal(400, "Syntax exception in path variables", "ILLEGAL_ARGUMENT")
    if request.method == "POST" and request.mimetype != "application/json":
        raise Refusal(415, "Content-Type is not supported", "UNSUPPORTED_MEDIA_TYPE")


def _check_version(version: str | None) -> None:
    if not version:
        message = (
            "A version must be present. Please specify a version by adding the "
            "Linkedin-Version header."
        )
        raise Refusal(400, message, "VERSION_MISSING")
    if not re.fullmatch(r"\d{6}", version):
        raise Refusal(400, f"Invalid version {version}", "INVALID_VERSION")
    settings = memory().settings
    alive = settings.oldest_version <= version <= settings.newest_version
    if not alive or version in NEVER_MADE.union(settings.dead_versions):
        message = f"Requested version {version}01 is not active"
        raise Refusal(426, message, "NONEXISTENT_VERSION")


def not_before(version: str) -> None:
    """The resource came with `version`; to older ones it is not there."""
    if request.headers["LinkedIn-Version"] < version:
        raise Refusal(404, "No virtual resource found", "NOT_FOUND")


def token_for(
    scope: str, resource: str, *, version: str = "", counted: bool = True
) -> Token:
    """The caller's token, which must carry `scope`; the call is counted."""
    token = bearer()
    if scope not in token.scopes:
        day = version or f"{request.headers['LinkedIn-Version']}01"
        raise Refusal(
            403,
            f"Not enough permissions to access: {resource}.{day}",
            "ACCESS_DENIED",
            serviceErrorCode=100,
        )
    if counted:
        memory().call_counts.count(app_of(token), token.sub)
    return token


def app_of(token: Token) -> App:
    """The app that the token was given to."""
    app = app_named(memory().settings, token.client_id)
    assert app is not None
    return app


def bearer() -> Token:
    """The token in the header, if it is good."""
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    if kind != "Bearer" or not value:
        raise Refusal(401, "Empty oauth2_access_token", "EMPTY_ACCESS_TOKEN")
    token = memory().tokens.get(value)
    if token is None:
        message = "Invalid access token"
        raise Refusal(401, message, "INVALID_ACCESS_TOKEN", serviceErrorCode=65600)
    age = now().timestamp() - token.made_at
    if token.unknown_for or age < memory().settings.slow_to_know_seconds:
        token.unknown_for = max(token.unknown_for - 1, 0)
        raise revoked()
    if token.status == "revoked":
        raise revoked()
    if token.status == "expired" or token.expires_at <= now().timestamp():
        message = "Expired access token"
        raise Refusal(401, message, "EXPIRED_ACCESS_TOKEN", serviceErrorCode=65602)
    return token


def json_object(*allowed: str) -> dict[str, Any]:
    """The body's object; a field that is not known is an error."""
    body = parsed()
    if not isinstance(body, dict):
        raise Refusal(400, "Cannot parse request body", "ILLEGAL_ARGUMENT")
    only(body, *allowed)
    return body


def only(found: dict[str, Any], *allowed: str) -> None:
    """Refuse fields beside the allowed ones."""
    for name in found:
        if name not in allowed:
            raise invalid(name, "UNPERMITTED_FIELD")


def author_of(token: Token) -> str:
    """The URN of the token's member."""
    return f"urn:li:person:{token.sub}"
