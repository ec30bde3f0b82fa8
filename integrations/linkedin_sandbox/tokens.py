"""OAuth between servers: codes for tokens, and what becomes of tokens."""

import secrets
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from integrations.clock import now
from integrations.linkedin_sandbox.apps import App, app_named
from integrations.linkedin_sandbox.gateway import app_of, memory
from integrations.linkedin_sandbox.id_tokens import id_token
from integrations.linkedin_sandbox.records import Code, RefreshToken, Token
from integrations.linkedin_sandbox.refusals import SignOnRefusal

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
        app = _client(pkce="code_verifier" in request.form)
        said = _refreshed(app) if kind == "refresh_token" else _signed_on(app)
        memory().save()
    return jsonify(said)


def _need(*names: str) -> None:
    for name in names:
        if not request.form.get(name):
            sentence = f'A required parameter "{name}" is missing'
            raise SignOnRefusal(400, "invalid_request", sentence)


def _client(*, pkce: bool = False) -> App:
    """The app that is asking, which knows its secret."""
    app = app_named(memory().settings, request.form.get("client_id") or None)
    secret = request.form.get("client_secret")
    # The web flow knows no PKCE; LinkedIn takes a verifier for a wrong secret.
    if pkce or app is None or app.client_secret != secret:
        raise SignOnRefusal(401, "invalid_client", "Client authentication failed")
    return app


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
        said |= _told_of(_new_refresh_token(token))
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


def new_token(sub: str, scopes: list[str], client_id: str) -> Token:
    """A token of usual length.

    Another set of scopes ends the tokens that this member gave the app before.
    """
    settings = memory().settings
    given: list[Token | RefreshToken] = [*memory().tokens.values()]
    for earlier in (*given, *memory().refresh_tokens.values()):
        same_pair = (earlier.sub, earlier.client_id) == (sub, client_id)
        if same_pair and set(earlier.scopes) != set(scopes):
            earlier.status = "revoked"
    moment = now().timestamp()
    token = Token(
        value=secrets.token_urlsafe(375),
        sub=sub,
        scopes=sorted(scopes),
        made_at=moment,
        expires_at=moment + settings.token_seconds,
        unknown_for=settings.slow_to_know_tokens,
        client_id=client_id,
    )
    memory().tokens[token.value] = token
    return token


def _new_refresh_token(token: Token) -> RefreshToken:
    refresh = RefreshToken(
        value=secrets.token_urlsafe(375),
        client_id=token.client_id,
        sub=token.sub,
        scopes=token.scopes,
        expires_at=token.made_at + memory().settings.refresh_seconds,
    )
    memory().refresh_tokens[refresh.value] = refresh
    return refresh


def _told(token: Token) -> dict[str, Any]:
    seconds = memory().settings.token_seconds
    return {"access_token": token.value, "expires_in": seconds}


def _told_of(refresh: RefreshToken) -> dict[str, Any]:
    left = int(refresh.expires_at - now().timestamp())
    return {"refresh_token": refresh.value, "refresh_token_expires_in": left}


@blueprint.post("/introspectToken")
def introspect() -> ResponseReturnValue:
    """The documented way to tell an ended token from a taken one."""
    with memory().lock:
        if not app_named(memory().settings, request.form.get("client_id") or None):
            raise SignOnRefusal(400, "invalid_request", "Invalid client id")
        app = _client()
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
        app = _client()
        token = memory().tokens.get(request.form.get("token", ""))
        if token and app_of(token) == app:
            end_tokens("revoked", token.sub, app.client_id)
            memory().save()
    return "", 200


def end_tokens(status: str, sub: str = "", client_id: str = "") -> None:
    """End the tokens of one member, of one app, or all of them.

    Those that are revoked take their refresh tokens along; time does not.
    """
    ended: list[Token | RefreshToken] = [*memory().tokens.values()]
    if status == "revoked":
        ended += memory().refresh_tokens.values()
    for one in ended:
        if sub in {"", one.sub} and client_id in {"", one.client_id}:
            one.status = status
