"""What pictures and documents share: an address for the bytes, and a state nobody sees."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from integrations.linkedin_sandbox.gateway import (
    author_of,
    json_object,
    memory,
    only,
    token_for,
)
from integrations.linkedin_sandbox.refusals import Refusal, forbidden, missing


def announce(kind: str) -> ResponseReturnValue:
    """Only `action=initializeUpload`, for oneself: where the file may be sent."""
    if request.args.get("action") != "initializeUpload":
        message = "Resource method could not be resolved from request parameters."
        raise Refusal(400, message, "ILLEGAL_ARGUMENT")
    wanted = json_object("initializeUploadRequest").get("initializeUploadRequest")
    if not isinstance(wanted, dict) or "owner" not in wanted:
        raise missing("/initializeUploadRequest/owner")
    only(wanted, "owner")
    with memory().lock:
        token = token_for("w_member_social", f"{kind}s.ACTION-initializeUpload")
        if wanted["owner"] != author_of(token):
            raise forbidden(f"this {kind}")
        asset = memory().new_asset(kind, author_of(token))
        memory().save()
    expires = int((asset.made_at + memory().settings.upload_seconds) * 1000)
    return jsonify(
        value={
            "uploadUrlExpiresAt": expires,
            "uploadUrl": f"{request.host_url}dms-uploads/{kind}/{asset.number}",
            kind: asset.urn,
        }
    )


def keep_state_secret(kind: str) -> ResponseReturnValue:
    """Needs a permission that no member's app gets."""
    with memory().lock:
        token_for("w_member_social", f"{kind}s.GET")
    raise forbidden(f"this {kind}")
