"""OAuth between servers: codes, and refresh tokens, for tokens."""

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from integrations.clock import now
from integrations.linkedin_sandbox.apps import App
from integrations.linkedin_sandbox.gateway import memory
from integrations.linkedin_sandbox.given_tokens import new_refresh_token, new_token
from integrations.linkedin_sandbox.id_tokens import id_token
from integrations.linkedin_sandbox.records import Code, RefreshToken, Token
from integrations.linkedin_sandbox.refusals import SignOnRefusal
from integrations.linkedin_sandbox.secrets_of_apps import asking_app

blueprint = Blueprint("tokens", __name__, url_prefix="/oauth/v2")

CLIENT = ("client_id", "client_secret")
NEEDED = {
    "authorization_code": ("code", "redirect_uri", *CLIENT),
    "refresh_token": ("refresh_token", *CLIENT),
}


@blueprint.post("/accessToken")
def trade() -> ResponseReturnValue:
    """A code or a refresh token for a token, asked for in the body and nowhere else."""
    _need("grant_type")
    kind = request.form["grant_type"]
    if kind not in NEEDED:
        sentence = "The grant type is not supported"
        raise SignOnRefusal(400, "unsupported_grant_type", sentence)
    _need(*NEEDED[kind])
    with memory().lock:
        app = asking_app(pkce="code_verifier" in request.form)
        said = _refreshed(app) if kind == "refresh_token" else _signed_on(app)
        memory().save()
    return jsonify(said)


def _need(*names: str) -> None:
    for name in names:
        if not request.form.get(name):
            sentence = f'A required parameter "{name}" is missing'
            raise SignOnRefusal(400, "invalid_request", sentence)


def _take_code(app: App) -> Code:
    code = memory().codes.get(request.form["code"])
    if code is None or code.used:
        sentence = "Unable to retrieve access token: authorization code not found"
        raise SignOnRefusal(401, "invalid_request", sentence)
    old = now().timestamp() - code.made_at > memory().settings.code_seconds
    asked_for = (app.client_id, request.form["redirect_uri"])
    if old or asked_for != (code.client_id, code.redirect_address):
        sentence = (
            "Unable to retrieve access token: appid/redirect uri/code verifier does "
            "not match authorization code. Or authorization code expired. Or external "
            "member binding exists"
        )
        raise SignOnRefusal(400, "invalid_redirect_uri", sentence)
    code.used = True
    return code


def _signed_on(app: App) -> dict[str, Any]:
    code = _take_code(app)
    token = new_token(code.sub, code.scopes, app.client_id)
    said = _told(token) | {
        # Asked for with spaces, answered with commas.
        "scope": ",".join(token.scopes),
        "token_type": "Bearer",
    }
    if "openid" in token.scopes:
        member = memory().members[code.sub]
        said["id_token"] = id_token(member, app.id_of(code.sub), app.client_id)
    if app.partner:
        said |= _told_of(new_refresh_token(token))
    return said


def _refreshed(app: App) -> dict[str, Any]:
    """A new token; the refresh token stays, and so does its end."""
    kept = memory().refresh_tokens.get(request.form["refresh_token"])
    good = (
        kept is not None
        and app.partner
        and kept.client_id == app.client_id
        and kept.status == "active"
        and kept.expires_at > now().timestamp()
    )
    if kept is None or not good:
        sentence = (
            "The provided authorization grant or refresh token is invalid, expired or "
            "revoked"
        )
        raise SignOnRefusal(400, "invalid_request", sentence)
    return _told(new_token(kept.sub, kept.scopes, app.client_id)) | _told_of(kept)


def _told(token: Token) -> dict[str, Any]:
    seconds = memory().settings.token_seconds
    return {"access_token": token.value, "expires_in": seconds}


def _told_of(refresh: RefreshToken) -> dict[str, Any]:
    left = int(refresh.expires_at - now().timestamp())
    return {"refresh_token": refresh.value, "refresh_token_expires_in": left}
