"""OAuth between servers: codes for tokens, and what becomes of tokens."""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from integrations.clock import now
from integrations.linkedin_sandbox.gateway import bearer, memory
from integrations.linkedin_sandbox.records import Code, Token
from integrations.linkedin_sandbox.refusals import Refusal, SignOnRefusal

blueprint = Blueprint("tokens", __name__)

NEEDED = ("grant_type", "code", "redirect_uri", "client_id", "client_secret")


@blueprint.post("/oauth/v2/accessToken")
def trade() -> ResponseReturnValue:
    """A code for a token, asked for in the body and nowhere else."""
    form = request.form
    for name in NEEDED:
        if not form.get(name):
            sentence = f'A required parameter "{name}" is missing'
            raise SignOnRefusal(400, "invalid_request", sentence)
    with memory().lock:
        _check_client(pkce="code_verifier" in form)
        if form["grant_type"] != "authorization_code":
            sentence = "The grant type is not supported"
            raise SignOnRefusal(400, "unsupported_grant_type", sentence)
        code = _take_code(form["code"])
        token = new_token(code.sub, code.scopes)
        memory().save()
    return jsonify(_answer(code, token))


def _check_client(*, pkce: bool = False) -> None:
    settings, form = memory().settings, request.form
    given = (form.get("client_id"), form.get("client_secret"))
    # The web flow knows no PKCE; LinkedIn takes a verifier for a wrong secret.
    if pkce or given != (settings.client_id, settings.client_secret):
        raise SignOnRefusal(401, "invalid_client", "Client authentication failed")


def _take_code(value: str) -> Code:
    code = memory().codes.get(value)
    if code is None or code.used:
        sentence = "Unable to retrieve access token: authorization code not found"
        raise SignOnRefusal(401, "invalid_request", sentence)
    old = now().timestamp() - code.made_at > memory().settings.code_seconds
    if old or code.redirect_address != request.form["redirect_uri"]:
        sentence = (
            "Unable to retrieve access token: appid/redirect uri/code verifier does "
            "not match authorization code. Or authorization code expired. Or external "
            "member binding exists"
        )
        raise SignOnRefusal(400, "invalid_redirect_uri", sentence)
    code.used = True
    return code


def new_token(sub: str, scopes: list[str]) -> Token:
    """A token of usual length. Another set of scopes ends the member's earlier ones."""
    settings, tokens = memory().settings, memory().tokens
    for token in tokens.values():
        if token.sub == sub and set(token.scopes) != set(scopes):
            token.status = "revoked"
    moment = now().timestamp()
    token = Token(
        value=secrets.token_urlsafe(375),
        sub=sub,
        scopes=sorted(scopes),
        made_at=moment,
        expires_at=moment + settings.token_seconds,
        unknown_for=settings.slow_to_know_tokens,
    )
    tokens[token.value] = token
    return token


def _answer(code: Code, token: Token) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "access_token": token.value,
        "expires_in": memory().settings.token_seconds,
        # Asked for with spaces, answered with commas.
        "scope": ",".join(token.scopes),
        "token_type": "Bearer",
    }
    if "openid" in token.scopes:
        answer["id_token"] = _identity(code)
    return answer


def _identity(code: Code) -> str:
    """An ID token with LinkedIn's issuer and, as there, without a nonce."""
    moment = int(now().timestamp())
    claims = {
        "iss": "https://www.linkedin.com/oauth",
        "aud": code.client_id,
        "sub": code.sub,
        "iat": moment,
        "exp": moment + 3600,
        "name": memory().members[code.sub].name,
    }
    head = _encoded(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    signed = f"{head}.{_encoded(json.dumps(claims).encode())}"
    secret = memory().settings.client_secret.encode()
    mark = hmac.new(secret, signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{_encoded(mark)}"


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@blueprint.post("/oauth/v2/introspectToken")
def introspect() -> ResponseReturnValue:
    """The documented way to tell an ended token from a taken one."""
    with memory().lock:
        if request.form.get("client_id") != memory().settings.client_id:
            raise SignOnRefusal(400, "invalid_request", "Invalid client id")
        _check_client()
        token = memory().tokens.get(request.form.get("token", ""))
        if token is None:
            raise SignOnRefusal(400, "invalid_request", "Invalid token")
        status = token.status
        if status == "active" and token.expires_at <= now().timestamp():
            status = "expired"
        return jsonify(
            active=status == "active",
            client_id=memory().settings.client_id,
            authorized_at=int(token.made_at),
            created_at=int(token.made_at),
            status=status,
            expires_at=int(token.expires_at),
            scope=",".join(token.scopes),
            auth_type="3L",
        )


@blueprint.post("/oauth/v2/revoke")
def revoke() -> ResponseReturnValue:
    """Undocumented at LinkedIn; here it works."""
    with memory().lock:
        _check_client()
        if token := memory().tokens.get(request.form.get("token", "")):
            token.status = "revoked"
            memory().save()
    return "", 200


@blueprint.get("/v2/userinfo")
def userinfo() -> ResponseReturnValue:
    """Who the token is for; it has no version and no mail address."""
    with memory().lock:
        token = bearer()
        if not {"openid", "profile"} <= set(token.scopes):
            message = "Not enough permissions to access: userinfo.GET.NO_VERSION"
            raise Refusal(403, message, "ACCESS_DENIED", serviceErrorCode=100)
        member = memory().members[token.sub]
    given, _, family = member.name.partition(" ")
    return jsonify(
        sub=member.sub,
        name=member.name,
        given_name=given,
        family_name=family,
        locale={"country": "NL", "language": "nl"},
    )
