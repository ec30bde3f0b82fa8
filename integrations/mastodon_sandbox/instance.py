"""What the server says of itself: clients ask for its version and limits first."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from integrations.mastodon_sandbox.memory import memory

blueprint = Blueprint("instance", __name__)

VERSION = "4.4.0"


@blueprint.get("/api/v2/instance")
def instance() -> ResponseReturnValue:
    """The parts of Mastodon's instance entity that a client needs."""
    settings = memory().settings
    return jsonify(
        domain=request.host,
        title="Pretend Mastodon",
        version=VERSION,
        api_versions={"mastodon": 6},
        configuration={
            "statuses": {
                "max_characters": settings.longest_text,
                "max_media_attachments": settings.most_media,
                "characters_reserved_per_url": 23,
            },
            "media_attachments": {
                "description_limit": settings.longest_description,
                "image_size_limit": settings.largest_picture,
                "video_size_limit": settings.largest_video,
            },
        },
    )


@blueprint.get("/api/v1/instance")
def older() -> ResponseReturnValue:
    """Where older clients look for the version."""
    return jsonify(uri=request.host, title="Pretend Mastodon", version=VERSION)
