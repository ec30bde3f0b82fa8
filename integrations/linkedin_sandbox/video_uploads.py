"""The addresses that take a video's parts, captions and still: /dms-uploads/video/…"""

import secrets

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from integrations.linkedin_sandbox.file_kinds import picture_kind
from integrations.linkedin_sandbox.gateway import memory
from integrations.linkedin_sandbox.records import Asset
from integrations.linkedin_sandbox.refusals import Refusal
from integrations.linkedin_sandbox.uploads import announced

blueprint = Blueprint(
    "video_uploads", __name__, url_prefix="/dms-uploads/video/<int:number>"
)


@blueprint.put("/part/<int:place>")
def part(number: int, place: int) -> ResponseReturnValue:
    """One part of a video, as long as its range; its id comes back as the ETag."""
    body = request.get_data()
    with memory().lock:
        asset = _without_token(number)
        if not 0 <= place < len(asset.parts):
            raise Refusal(404, "Upload not found", "NOT_FOUND")
        wanted = asset.parts[place]
        exact = len(body) == wanted.last - wanted.first + 1
        if memory().settings.strict_parts and not exact:
            raise Refusal(400, "Part size does not match its range", "INVALID_PART")
        (memory().media / f"{number}.part{place}").write_bytes(body)
        # Both forms were seen at LinkedIn.
        name = secrets.token_hex(16)
        opaque = f"/ambry-video/signedId/{name}.bin"
        wanted.etag = f'"{name}"' if place % 2 else opaque
        memory().save()
    return Response(status=200, headers={"ETag": wanted.etag})


@blueprint.put("/captions")
def captions(number: int) -> ResponseReturnValue:
    """Captions as WebVTT, before the upload is finished."""
    body = request.get_data()
    with memory().lock:
        asset = _without_token(number)
        if not asset.wants_captions or not body.startswith(b"WEBVTT"):
            raise Refusal(400, "Captions are not valid", "INVALID_CAPTIONS")
        (memory().media / f"{number}.vtt").write_bytes(body)
        asset.has_captions = True
        memory().save()
    return Response(status=201)


@blueprint.put("/thumbnail")
def thumbnail(number: int) -> ResponseReturnValue:
    """The still that is shown before it plays, before the upload is finished."""
    body = request.get_data()
    _, failure = picture_kind(body)
    with memory().lock:
        asset = _without_token(number)
        if not asset.wants_poster or failure:
            raise Refusal(400, "Thumbnail is not valid", "INVALID_THUMBNAIL")
        (memory().media / f"{number}.poster").write_bytes(body)
        asset.has_poster = True
        memory().save()
    return Response(status=201)


def _without_token(number: int) -> Asset:
    """The address is the permission: with a token beside it, it is refused."""
    if memory().settings.refuses_token_on_parts and "Authorization" in request.headers:
        message = "Only one auth mechanism allowed"
        raise Refusal(400, message, "INVALID_REQUEST")
    return announced(number, "video")
