"""OAuth between servers: codes for tokens, and tokens taken back."""

import base64
import hashlib
import secrets

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from integrations.clock import now
from integrations.mastodon_sandbox.memory import memory
from integrations.mastodon_sandbox.records import App, Code
from integrations.mastodon_sandbox.refusals import Refusal

blueprint = Blueprint("tokens", __name__, url_prefix="/oauth")


@blueprint.post("/token")
def trade() -> ResponseReturnValue:
    """A code for a token. A code that was asked for with a challenge needs its answer."""
    with memory().lock:
        app = _app()
        if request.form.get("grant_type") != "authorization_code":
            raise Refusal(400, "unsupported_grant_type", "Not supported by the server.")
        code = memory().codes.pop(request.form.get("code", ""), None)
        if code is None or not _fits(code, app):
            sentence = (
                "The provided authorization grant is invalid, expired, revoked, does"
                " not match the redirection URI used in the authorization request, or"
                " was issued to another client."
            )
            raise Refusal(400, "invalid_grant", sentence)
        token = memory().new_token(code.member, app.client_id, code.scopes)
    return jsonify(
        access_token=token.value,
        token_type="Bearer",  # noqa: S106 – no secret
        scope=" ".join(token.scopes),
        created_at=int(token.made_at),
    )


def _app() -> App:
    app = memory().apps.get(request.form.get("client_id", ""))
    given = request.form.get("client_secret", "")
    if app is None or not secrets.compare_digest(app.client_secret, given):
        sentence = (
            "Client authentication failed due to unknown client, no client"
            " authentication included, or unsupported authentication method."
        )
        raise Refusal(401, "invalid_client", sentence)
    return app


def _fits(code: Code, app: App) -> bool:
    young = now().timestamp() - code.made_at <= memory().settings.code_seconds
    same = (code.client_id, code.redirect_address) == (
        app.client_id,
        request.form.get("redirect_uri"),
    )
    return young and same and _challenge_met(code.challenge)


def _challenge_met(challenge: str) -> bool:
    if not challenge:
        return True
    verifier = request.form.get("code_verifier", "")
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == challenge


@blueprint.post("/revoke")
def revoke() -> ResponseReturnValue:
    """Done twice it is still done; another app's token is not this app's to revoke."""
    with memory().lock:
        app = memory().apps.get(request.form.get("client_id", ""))
        token = memory().tokens.get(request.form.get("token", ""))
        secret = request.form.get("client_secret")
        if app is None or app.client_secret != secret or token is None:
            raise Refusal(403, "unauthorized_client", "You may not revoke this token")
        if token.client_id != app.client_id:
            raise Refusal(403, "unauthorized_client", "You may not revoke this token")
        token.revoked = True
    return jsonify({})
