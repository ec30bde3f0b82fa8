"""What a post may show: a card, media, several pictures or a poll; media are the author's."""

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

LONGEST_ALT = 4086
FEWEST_PICTURES, MOST_PICTURES = 2, 20
POLL_LENGTHS = {"ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS"}


def check_content(content: object, author: str) -> None:
    """Refuse what LinkedIn refuses. The article's page is never fetched."""
    if not isinstance(content, dict) or len(content) != 1:
        raise invalid("/content")
    only(content, "article", "media", "multiImage", "poll")
    [(kind, shown)] = content.items()
    if not isinstance(shown, dict):
        raise invalid(f"/content/{kind}")
    if kind == "article":
        _check_article(shown, author)
    elif kind == "media":
        _check_media(shown, author)
    elif kind == "multiImage":
        _check_pictures(shown, author)
    else:
        _check_poll(shown)


def _check_article(article: dict[str, Any], author: str) -> None:
    only(article, "source", "title", "description", "thumbnail")
    for name in ("source", "title"):
        if not article.get(name):
            raise missing(f"/content/article/{name}")
    parts = urlsplit(str(article["source"]))
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise invalid("/content/article/source")
    _check_blanks(article, "/content/article")
    if "thumbnail" in article:
        _asset(article["thumbnail"], author, ("image",))


def _check_media(media: dict[str, Any], author: str) -> None:
    """One picture, video or document; only a document cannot go without a title."""
    _check_fields(media, "/content/media")
    asset = _asset(media["id"], author, ("image", "video", "document"))
    if asset.kind == "document" and "title" not in media:
        raise missing("/content/media/title")


def _check_pictures(shown: dict[str, Any], author: str) -> None:
    only(shown, "images")
    images = shown.get("images")
    if not isinstance(images, list):
        raise missing("/content/multiImage/images")
    if not FEWEST_PICTURES <= len(images) <= MOST_PICTURES:
        raise invalid("/content/multiImage/images")
    for image in images:
        if not isinstance(image, dict):
            raise invalid("/content/multiImage/images")
        _check_fields(image, "/content/multiImage/images")
        _asset(image["id"], author, ("image",))


def _check_fields(media: dict[str, Any], place: str) -> None:
    only(media, "id", "title", "altText")
    if not media.get("id"):
        raise missing(f"{place}/id")
    if len(str(media.get("altText", ""))) > LONGEST_ALT:
        raise invalid(f"{place}/altText", "FIELD_LENGTH_TOO_LONG")
    _check_blanks(media, place)


def _check_blanks(fields: dict[str, Any], place: str) -> None:
    """A field that may be left out may not be there with nothing in it."""
    for name, value in fields.items():
        if not str(value).strip():
            raise invalid(f"{place}/{name}", "INVALID_VALUE_BLANK_FIELD")


def _check_poll(poll: dict[str, Any]) -> None:
    only(poll, "question", "options", "settings")
    if not poll.get("question"):
        raise missing("/content/poll/question")
    options = poll.get("options")
    if not isinstance(options, list) or not 2 <= len(options) <= 4:
        raise invalid("/content/poll/options")
    if not all(isinstance(one, dict) and one.get("text") for one in options):
        raise missing("/content/poll/options/text")
    settings = poll.get("settings")
    if not isinstance(settings, dict) or settings.get("duration") not in POLL_LENGTHS:
        raise invalid("/content/poll/settings/duration")


def _asset(urn: object, author: str, kinds: tuple[str, ...]) -> Asset:
    """The author's own asset, ready to be shown."""
    if not str(urn).startswith(tuple(f"urn:li:{kind}:" for kind in kinds)):
        raise Refusal(400, f"{urn} is of another type", "INVALID_URN_TYPE")
    asset = memory().assets.get(str(urn))
    if asset is None:
        raise Refusal(400, f"Media {urn} is not known", "INVALID_IMAGE_ID")
    if asset.owner != author:
        raise forbidden(f"this {asset.kind}")
    state = asset_state(asset)
    if state in {"WAITING_UPLOAD", "PROCESSING"}:
        raise Refusal(400, f"{urn} is not ready", "MEDIA_ASSET_WAITING_UPLOAD")
    if state == "PROCESSING_FAILED":
        message = f"{urn} could not be processed"
        raise Refusal(400, message, "MEDIA_ASSET_PROCESSING_FAILED")
    return asset


def assets_of(content: dict[str, Any]) -> list[Asset]:
    """The pictures, videos and documents in the content, the card's picture too."""
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
