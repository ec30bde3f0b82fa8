"""/api/v2/media and what becomes of it: pictures at once, films after a while."""

import io
import warnings

from flask import Blueprint, Response, abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from PIL import Image, UnidentifiedImageError

from integrations.clock import now
from integrations.mastodon_sandbox.gateway import member_for
from integrations.mastodon_sandbox.memory import memory
from integrations.mastodon_sandbox.records import Media
from integrations.mastodon_sandbox.refusals import Refusal, invalid, not_found

blueprint = Blueprint("media", __name__)

MOST_PIXELS = 7680 * 4320
PICTURE_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}


@blueprint.post("/api/v2/media")
def upload() -> ResponseReturnValue:
    """A file with a type, in one request; 202 while it is not ready to be attached."""
    with memory().lock:
        owner = member_for("write:media")
    sent, thumbnail = request.files.get("file"), request.files.get("thumbnail")
    if sent is None or not sent.mimetype:
        raise invalid("File can't be blank")
    data = sent.read()
    kind, content_type = _kind(data)
    description = request.form.get("description", "")
    settings = memory().settings
    if len(description) > settings.longest_description:
        raise invalid("Description is too long")
    most = settings.largest_video if kind == "video" else settings.largest_picture
    if len(data) > most:
        raise invalid("File is too large")
    wait = settings.processing_seconds if kind == "video" else 0
    with memory().lock:
        media = Media(
            id=memory().next_id(),
            owner=owner.id,
            kind=kind,
            content_type=content_type,
            data=data,
            description=description,
            ready_at=now().timestamp() + wait,
            thumbnail=thumbnail.read() if thumbnail else b"",
        )
        memory().media[media.id] = media
    # The real server answers 202 to every film, however fast it is.
    return jsonify(media_entity(media)), 202 if kind == "video" else 200


def _kind(data: bytes) -> tuple[str, str]:
    """By the bytes; what the client says of them counts for nothing."""
    if data[4:8] == b"ftyp":
        return "video", "video/mp4"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=list(PICTURE_TYPES)) as found:
                pixels, name = found.width * found.height, str(found.format)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise invalid("File content type is invalid, File is invalid") from error
    if pixels > MOST_PIXELS:
        raise invalid("File images are too large")
    return "image", PICTURE_TYPES[name]


@blueprint.get("/api/v1/media/<media_id>")
def state(media_id: str) -> ResponseReturnValue:
    """Whether it is ready; only its owner may ask, and only before it is attached."""
    with memory().lock:
        owner = member_for("write:media")
        media = memory().media.get(media_id)
        if media is None or media.owner != owner.id or media.status:
            raise not_found()
        return jsonify(media_entity(media)), 200 if is_ready(media) else 206


def is_ready(media: Media) -> bool:
    """Whether it may be attached."""
    return now().timestamp() >= media.ready_at


def media_entity(media: Media) -> dict[str, object]:
    """The part of Mastodon's media entity that a client needs."""
    address = url_for("media.file", media_id=media.id, _external=True)
    return {
        "id": media.id,
        "type": media.kind,
        "url": address if is_ready(media) else None,
        "description": media.description or None,
    }


def attach(ids: list[str], owner: str) -> list[Media]:
    """The named media, if a status of `owner` may have them."""
    found = [memory().media.get(media_id) for media_id in ids]
    mine = [one for one in found if one and one.owner == owner and not one.status]
    if len(mine) != len(ids):
        raise invalid("Media not found")
    if len(mine) > memory().settings.most_media:
        raise Refusal(422, "Cannot attach more than 4 files")
    if len(mine) > 1 and any(one.kind == "video" for one in mine):
        raise Refusal(
            422, "Cannot attach a video to a post that already contains images"
        )
    if not all(is_ready(one) for one in mine):
        raise Refusal(
            422,
            "Cannot attach files that have not finished processing. Try again in a"
            " moment!",
        )
    return mine


@blueprint.get("/media_attachments/<media_id>")
def file(media_id: str) -> Response:
    """The bytes exactly as they were uploaded."""
    with memory().lock:
        media = memory().media.get(media_id)
    if media is None:
        abort(404)
    return Response(media.data, content_type=media.content_type)
