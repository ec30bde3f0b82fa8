"""What stands before every call of a member's app: the token and what it may do."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from integrations.mastodon_sandbox.memory import memory
from integrations.mastodon_sandbox.records import Member
from integrations.mastodon_sandbox.refusals import Refusal

blueprint = Blueprint("accounts", __name__, url_prefix="/api/v1/accounts")


def member_for(scope: str) -> Member:
    """Whose token it is; it must carry `scope` or the wider one before the colon."""
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    token = memory().tokens.get(value) if kind == "Bearer" else None
    if token is None:
        raise Refusal(401, "The access token is invalid")
    if token.revoked:
        raise Refusal(401, "The access token was revoked")
    if not {scope, scope.partition(":")[0]} & set(token.scopes):
        raise Refusal(403, "This action is outside the authorized scopes")
    return memory().members[token.member]


@blueprint.get("/verify_credentials")
def verify_credentials() -> ResponseReturnValue:
    """Who the token is for."""
    with memory().lock:
        return jsonify(account_entity(member_for("read:accounts")))


def account_entity(member: Member) -> dict[str, str]:
    """The part of Mastodon's account entity that a client needs."""
    return {
        "id": member.id,
        "username": member.username,
        "acct": member.username,
        "display_name": member.name,
        "url": f"{request.host_url}@{member.username}",
    }
