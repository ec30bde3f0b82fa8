"""Asking about a token, and having it forgotten."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from integrations.clock import now
from integrations.linkedin_sandbox.apps import app_named
from integrations.linkedin_sandbox.gateway import app_of, memory
from integrations.linkedin_sandbox.given_tokens import end_tokens
from integrations.linkedin_sandbox.refusals import SignOnRefusal
from integrations.linkedin_sandbox.secrets_of_apps import asking_app

blueprint = Blueprint("asking_tokens", __name__, url_prefix="/oauth/v2")


@blueprint.post("/introspectToken")
def introspect() -> ResponseReturnValue:
    """The documented way to tell an ended token from a taken one."""
    with memory().lock:
        if not app_named(memory().settings, request.form.get("client_id") or None):
            raise SignOnRefusal(400, "invalid_request", "Invalid client id")
        app = asking_app()
        token = memory().tokens.get(request.form.get("token", ""))
        if token is None or app_of(token) != app:
            raise SignOnRefusal(400, "invalid_request", "Invalid token")
        status = token.status
        if status == "active" and token.expires_at <= now().timestamp():
            status = "expired"
        return jsonify(
            active=status == "active",
            client_id=app.client_id,
            authorized_at=int(token.made_at),
            created_at=int(token.made_at),
            status=status,
            expires_at=int(token.expires_at),
            scope=",".join(token.scopes),
            auth_type="3L",
        )


@blueprint.post("/revoke")
def revoke() -> ResponseReturnValue:
    """Undocumented at LinkedIn; here it works, and forgets the refresh token too."""
    with memory().lock:
        app = asking_app()
        token = memory().tokens.get(request.form.get("token", ""))
        if token and app_of(token) == app:
            end_tokens("revoked", token.sub, app.client_id)
            memory().save()
    return "", 200
