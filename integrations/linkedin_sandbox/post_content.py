"""What a post may show: a card, a picture, a video or pictures, all the author's."""

import json
from typing import Any
from urllib.parse import urlsplit

from integrations.linkedin_sandbox.asset_state import asset_state
from integrations.linkedin_sandbox.gateway import memory, only
from integrations.linkedin_sandbox.records import Asset
from integrations.linkedin_sandbox.refusals import (
    Refusal,
    forbidden,
    invalid,
    missing,
)

KINDS = ("article", "media", "multiImage")
LONGEST_ALT = 4086


def check_content(content: object, author: str) -> None:
    """Refuse what LinkedIn refuses. The article's page is never fetched."""
    if not isinstance(content, dict) or len(content) != 1:
        raise invalid("/content")
    only(content, *KINDS)
    [(kind, shown)] = content.items()
    if not isinstance(shown, dict):
        raise invalid(f"/content/{kind}")
    if kind == "article":
        _check_article(shown, author)
    elif kind == "media":
        _check_media(shown, author, ("image", "video"))
    else:
        _check_pictures(shown, author)


def _check_article(article: dict[str, Any], author: str) -> None:
    only(article, "source", "title", "description", "thumbnail")
    for name in ("source", "title"):
        if not article.get(name):
            raise missing(f"/content/article/{name}")
    parts = urlsplit(str(article["source"]))
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise invalid("/content/article/source")
    if "thumbnail" in article:
        _check_asset(article["thumbnail"], author, ("image",))


def _check_media(media: dict[str, Any], author: str, kinds: tuple[str, ...]) -> None:
    only(media, "id", "title", "altText")
    if not media.get("id"):
        raise missing("/content/media/id")
    if len(str(media.get("altText", ""))) > LONGEST_ALT:
        raise invalid("/content/media/altText", "FIELD_LENGTH_TOO_LONG")
    _check_asset(media["id"], author, kinds)


def _check_pictures(shown: dict[str, Any], author: str) -> None:
    only(shown, "images")
    images = shown.get("images")
    if not isinstance(images, list) or not 2 <= len(images) <= 20:
        raise invalid("/content/multiImage/images")
    for image in images:
        _check_media(image, author, ("image",))


def _check_asset(urn: object, author: str, kinds: tuple[str, ...]) -> None:
    asset = memory().assets.get(str(urn))
    if asset is None or asset.kind not in kinds:
        raise Refusal(400, f"Media {urn} is not known", "INVALID_IMAGE_ID")
    if asset.owner != author:
        raise forbidden(f"this {asset.kind}")
    state = asset_state(asset)
    if state in {"WAITING_UPLOAD", "PROCESSING"}:
        raise Refusal(400, f"{urn} is not ready", "MEDIA_ASSET_WAITING_UPLOAD")
    if state == "PROCESSING_FAILED":
        message = f"{urn} could not be processed"
        raise Refusal(400, message, "MEDIA_ASSET_PROCESSING_FAILED")


def assets_of(content: dict[str, Any]) -> list[Asset]:
    """The pictures and videos in the content, the card's picture too."""
    media = content.get("media", {})
    urns = [media.get("id"), content.get("article", {}).get("thumbnail")]
    images = content.get("multiImage", {}).get("images", [])
    urns += [image.get("id") for image in images]
    return [memory().assets[urn] for urn in urns if urn in memory().assets]


def sameness(text: str, content: dict[str, Any]) -> str:
    """Equal for posts that a member would call the same, freshly uploaded media too."""
    source = content.get("article", {}).get("source", "")
    digests = [asset.digest for asset in assets_of(content)]
    return json.dumps([text, source, digests])
