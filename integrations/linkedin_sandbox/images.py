"""/rest/images: where a picture may be sent. Its state is not for members to read."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from integrations.linkedin_sandbox.gateway import (
    author_of,
    check_call,
    json_object,
    memory,
    only,
    token_for,
)
from integrations.linkedin_sandbox.refusals import Refusal, forbidden, missing

blueprint = Blueprint("images", __name__, url_prefix="/rest/images")


@blueprint.before_request
def check() -> None:
    check_call()


@blueprint.post("")
def act() -> ResponseReturnValue:
    """Only `action=initializeUpload`."""
    if request.args.get("action") != "initializeUpload":
        message = "Resource method could not be resolved from request parameters."
        raise Refusal(400, message, "ILLEGAL_ARGUMENT")
    wanted = json_object("initializeUploadRequest").get("initializeUploadRequest")
    if not isinstance(wanted, dict) or "owner" not in wanted:
        raise missing("/initializeUploadRequest/owner")
    only(wanted, "owner")
    with memory().lock:
        token = token_for("w_member_social", "images.ACTION-initializeUpload")
        if wanted["owner"] != author_of(token):
            raise forbidden("this image")
        asset = memory().new_asset("image", author_of(token))
        memory().save()
    expires = int((asset.made_at + memory().settings.upload_seconds) * 1000)
    return jsonify(
        value={
            "uploadUrlExpiresAt": expires,
            "uploadUrl": f"{request.host_url}dms-uploads/image/{asset.number}",
            "image": asset.urn,
        }
    )


@blueprint.get("/<urn>")
def state(urn: str) -> ResponseReturnValue:
    """Needs a permission that no member's app gets."""
    del urn
    with memory().lock:
        token_for("w_member_social", "images.GET")
    raise forbidden("this image")
