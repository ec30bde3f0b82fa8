"""/rest/videos: announcing a video, finishing its upload, asking how it is."""

import secrets
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from integrations.linkedin_sandbox.asset_state import asset_state, failure_of
from integrations.linkedin_sandbox.gateway import (
    author_of,
    check_call,
    json_object,
    memory,
    only,
    token_for,
)
from integrations.linkedin_sandbox.records import Asset, Part
from integrations.linkedin_sandbox.refusals import (
    Refusal,
    forbidden,
    invalid,
    missing,
)
from integrations.linkedin_sandbox.video_joining import join_parts

blueprint = Blueprint("videos", __name__, url_prefix="/rest/videos")

ANNOUNCED = ("owner", "fileSizeBytes", "uploadCaptions", "uploadThumbnail")
FINISHED = ("video", "uploadToken", "uploadedPartIds")


@blueprint.before_request
def check() -> None:
    check_call()


@blueprint.post("")
def act() -> ResponseReturnValue:
    """Two actions, named in the query."""
    action = request.args.get("action")
    if action == "initializeUpload":
        wanted = _fields("initializeUploadRequest", ANNOUNCED, required=2)
        return _announce(wanted)
    if action == "finalizeUpload":
        return _finish(_fields("finalizeUploadRequest", FINISHED, required=3))
    message = "Resource method could not be resolved from request parameters."
    raise Refusal(400, message, "ILLEGAL_ARGUMENT")


def _fields(name: str, known: tuple[str, ...], *, required: int) -> dict[str, Any]:
    found = json_object(name).get(name)
    if not isinstance(found, dict):
        raise missing(f"/{name}")
    only(found, *known)
    for field in known[:required]:
        if field not in found:
            raise missing(f"/{name}/{field}")
    return found


def _announce(wanted: dict[str, Any]) -> ResponseReturnValue:
    size, settings = wanted["fileSizeBytes"], memory().settings
    if not isinstance(size, int) or not 0 < size <= settings.largest_video:
        raise invalid("/initializeUploadRequest/fileSizeBytes")
    with memory().lock:
        token = token_for("w_member_social", "videos.ACTION-initializeUpload")
        if wanted["owner"] != author_of(token):
            raise forbidden("this video")
        asset = memory().new_asset("video", author_of(token))
        asset.size = size
        asset.upload_token = secrets.token_urlsafe(24)
        asset.wants_captions = wanted.get("uploadCaptions") is True
        asset.wants_poster = wanted.get("uploadThumbnail") is True
        step = settings.part_bytes
        asset.parts = [
            Part(first, min(first + step, size) - 1) for first in range(0, size, step)
        ]
        memory().save()
    return jsonify(value=_instructions(asset))


def _instructions(asset: Asset) -> dict[str, Any]:
    address = f"{request.host_url}dms-uploads/video/{asset.number}"
    expires = int((asset.made_at + memory().settings.upload_seconds) * 1000)
    value: dict[str, Any] = {
        "uploadUrlsExpireAt": expires,
        "video": asset.urn,
        "uploadInstructions": [
            {
                "uploadUrl": f"{address}/part/{place}",
                "firstByte": part.first,
                "lastByte": part.last,
            }
            for place, part in enumerate(asset.parts)
        ],
        "uploadToken": asset.upload_token,
    }
    if asset.wants_captions:
        value["captionsUploadUrl"] = f"{address}/captions"
    if asset.wants_poster:
        value["thumbnailUploadUrl"] = f"{address}/thumbnail"
    return value


def _finish(wanted: dict[str, Any]) -> ResponseReturnValue:
    with memory().lock:
        token = token_for("w_member_social", "videos.ACTION-finalizeUpload")
        asset = _own(str(wanted["video"]), author_of(token))
        if wanted["uploadToken"] != asset.upload_token:
            raise invalid("/finalizeUploadRequest/uploadToken")
        given = wanted["uploadedPartIds"]
        ids = [part.etag.strip('"') for part in asset.parts]
        if not all(ids) or not isinstance(given, list):
            raise invalid("/finalizeUploadRequest/uploadedPartIds")
        # With or without quotes; every part, and in the order of the bytes.
        if [str(one).strip('"') for one in given] != ids:
            raise invalid("/finalizeUploadRequest/uploadedPartIds")
        if asset.finished_at is None:
            join_parts(asset)
            memory().save()
    return Response(status=200)


def _own(urn: str, author: str) -> Asset:
    asset = memory().assets.get(urn)
    if asset is None or asset.kind != "video":
        raise Refusal(404, "Video not found", "NOT_FOUND")
    if asset.owner != author:
        raise forbidden("this video")
    return asset


@blueprint.get("/<urn>")
def state(urn: str) -> ResponseReturnValue:
    """Members may ask this of their own videos."""
    with memory().lock:
        token = token_for("w_member_social", "videos.GET")
        asset = _own(urn, author_of(token))
        status = asset_state(asset)
        said = {"id": asset.urn, "owner": asset.owner, "status": status}
        if status == "PROCESSING_FAILED":
            said["processingFailureReason"] = failure_of(asset)
    return jsonify(said)
