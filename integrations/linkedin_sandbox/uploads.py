"""The addresses that take the bytes of pictures and videos: /dms-uploads/…"""

import hashlib
import io
import secrets
import warnings

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from PIL import Image, UnidentifiedImageError

from integrations.clock import now
from integrations.linkedin_sandbox.gateway import author_of, bearer, memory
from integrations.linkedin_sandbox.records import Asset
from integrations.linkedin_sandbox.refusals import Refusal, forbidden

blueprint = Blueprint("uploads", __name__, url_prefix="/dms-uploads")

MOST_PIXELS = 36_152_320
PICTURE_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}


@blueprint.put("/image/<int:number>")
def picture(number: int) -> ResponseReturnValue:
    """A whole picture in one request, by its owner; a second one replaces the first."""
    body = request.get_data()
    with memory().lock:
        token = bearer()
        asset = _asset(number, "image")
        if asset.owner != author_of(token):
            raise forbidden("this image")
        (memory().media / str(number)).write_bytes(body)
        asset.digest = hashlib.sha256(body).hexdigest()
        asset.content_type, asset.failure = _picture_type(body)
        asset.finished_at = now().timestamp()
        memory().save()
    return Response(status=201)


@blueprint.put("/video/<int:number>/part/<int:place>")
def part(number: int, place: int) -> ResponseReturnValue:
    """One part of a video. The address is the permission; a token is refused."""
    body = request.get_data()
    with memory().lock:
        asset = _asset(number, "video")
        _no_token()
        if not 0 <= place < len(asset.parts):
            raise Refusal(404, "Upload not found", "NOT_FOUND")
        wanted = asset.parts[place]
        if len(body) != wanted.last - wanted.first + 1:
            raise Refusal(400, "Part size does not match its range", "INVALID_PART")
        (memory().media / f"{number}.part{place}").write_bytes(body)
        # Both forms were seen at LinkedIn.
        name = secrets.token_hex(16)
        opaque = f"/ambry-video/signedId/{name}.bin"
        wanted.etag = f'"{name}"' if place % 2 else opaque
        memory().save()
    return Response(status=200, headers={"ETag": wanted.etag})


@blueprint.put("/video/<int:number>/captions")
def captions(number: int) -> ResponseReturnValue:
    """Captions as WebVTT, before the upload is finished."""
    body = request.get_data()
    with memory().lock:
        asset = _asset(number, "video")
        _no_token()
        if not asset.wants_captions or not body.startswith(b"WEBVTT"):
            raise Refusal(400, "Captions are not valid", "INVALID_CAPTIONS")
        (memory().media / f"{number}.vtt").write_bytes(body)
        asset.has_captions = True
        memory().save()
    return Response(status=201)


def _no_token() -> None:
    if "Authorization" in request.headers:
        message = "Only one auth mechanism allowed"
        raise Refusal(400, message, "INVALID_REQUEST")


def _asset(number: int, kind: str) -> Asset:
    asset = memory().asset_numbered(number)
    if asset is None or asset.kind != kind:
        raise Refusal(404, "Upload not found", "NOT_FOUND")
    if now().timestamp() > asset.made_at + memory().settings.upload_seconds:
        raise Refusal(400, "The upload URL has expired", "EXPIRED_UPLOAD_URL")
    return asset


def _picture_type(body: bytes) -> tuple[str, str]:
    """Content type by the bytes, and why processing failed ("" when it did not)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(body), formats=list(PICTURE_TYPES)) as found:
                pixels, kind = found.width * found.height, str(found.format)
    except (UnidentifiedImageError, Image.DecompressionBombError):
        return "application/octet-stream", "INVALID_FORMAT"
    failure = "TOO_MANY_PIXELS" if pixels >= MOST_PIXELS else ""
    return PICTURE_TYPES[kind], failure
