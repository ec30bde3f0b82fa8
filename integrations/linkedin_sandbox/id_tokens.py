"""ID tokens as LinkedIn makes them: its issuer, a key to check them with, no nonce."""

import base64
import json
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from integrations.clock import now
from integrations.linkedin_sandbox.records import Member

blueprint = Blueprint("id_tokens", __name__, url_prefix="/oauth")

# Not where this network is: clients that compare must know LinkedIn's own.
ISSUER = "https://www.linkedin.com/oauth"
KEY_NAME = "pretend-1"


@cache
def _key() -> rsa.RSAPrivateKey:
    """One key for as long as the process lives, made when it is first needed."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def id_token(member: Member, member_id: str, client_id: str) -> str:
    """Who signed on, in signed words."""
    moment = int(now().timestamp())
    given, _, family = member.name.partition(" ")
    claims = {
        "iss": ISSUER,
        "aud": client_id,
        "sub": member_id,
        "iat": moment,
        "exp": moment + 3600,
        "name": member.name,
        "given_name": given,
        "family_name": family,
        "locale": {"country": "NL", "language": "nl"},
    }
    head = {"alg": "RS256", "typ": "JWT", "kid": KEY_NAME}
    signed = ".".join(_encoded(json.dumps(part).encode()) for part in (head, claims))
    mark = _key().sign(signed.encode(), padding.PKCS1v15(), SHA256())
    return f"{signed}.{_encoded(mark)}"


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _number(value: int) -> str:
    return _encoded(value.to_bytes((value.bit_length() + 7) // 8))


@blueprint.get("/.well-known/openid-configuration")
def discovery() -> ResponseReturnValue:
    """Where everything is."""
    oauth = f"{request.host_url}oauth"
    found: dict[str, Any] = {
        "issuer": ISSUER,
        "authorization_endpoint": f"{oauth}/v2/authorization",
        "token_endpoint": f"{oauth}/v2/accessToken",
        "userinfo_endpoint": f"{request.host_url}v2/userinfo",
        "jwks_uri": f"{oauth}/openid/jwks",
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "profile", "email"],
        "claims_supported": ["iss", "aud", "iat", "exp", "sub", "name"],
    }
    return jsonify(found)


@blueprint.get("/openid/jwks")
def keys() -> ResponseReturnValue:
    """The key that ID tokens are signed with."""
    numbers = _key().public_key().public_numbers()
    key = {
        "kty": "RSA",
        "use": "sig",
        "alg": "RS256",
        "kid": KEY_NAME,
        "n": _number(numbers.n),
        "e": _number(numbers.e),
    }
    return jsonify(keys=[key])
