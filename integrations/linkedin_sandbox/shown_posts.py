"""A post as the feed shows it: text with links, card, media, and the wire."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import url_for

from integrations.linkedin_sandbox.file_kinds import document_name
from integrations.linkedin_sandbox.little_text import mentioned, organisations
from integrations.linkedin_sandbox.memory import Memory
from integrations.linkedin_sandbox.records import Asset, Post

# An address in running text does not end in what closes the sentence.
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?…)\]'’”]")


@dataclass(frozen=True)
class Piece:
    """A stretch of text, or an address in it."""

    words: str
    is_address: bool = False


@dataclass(frozen=True)
class ShownCard:
    """A link's card; it opens exactly the address that was sent."""

    address: str
    host: str
    title: str
    description: str
    picture: str


@dataclass(frozen=True)
class ShownPicture:
    """A picture and what it shows, in words."""

    address: str
    alt: str


@dataclass(frozen=True)
class ShownVideo:
    """A video, its captions and its still ("" without)."""

    address: str
    title: str
    captions: str
    poster: str


@dataclass(frozen=True)
class ShownDocument:
    """A document, and what kind of file it is."""

    address: str
    title: str
    kind: str


@dataclass(frozen=True)
class ShownPost:
    """Everything the page needs of one post."""

    urn: str
    author: str
    moment: datetime
    text: list[Piece]
    mentions: list[str]
    pages: dict[str, int]  # of the organisations among them
    by_hand: bool
    cut: bool
    card: ShownCard | None
    pictures: list[ShownPicture]
    video: ShownVideo | None
    document: ShownDocument | None
    wire: str


def shown_post(memory: Memory, post: Post) -> ShownPost:
    """`post`, ready for the page."""
    member = memory.members[post.author.rpartition(":")[2]]
    media = post.content.get("media")
    items = post.content.get("multiImage", {}).get("images", [media] if media else [])
    known = [(memory.assets.get(item["id"]), item) for item in items]
    shown = [_shown(asset, item) for asset, item in known if asset]
    article = post.content.get("article")
    return ShownPost(
        urn=post.urn,
        author=member.name,
        moment=datetime.fromtimestamp(post.received_at, UTC).astimezone(),
        text=with_links(post.text),
        mentions=mentioned(post.commentary),
        pages={name: page for page, name in organisations(post.commentary).items()},
        by_hand=post.by_hand,
        cut=post.cut_at is not None,
        card=_card(memory, article) if article else None,
        pictures=[one for one in shown if isinstance(one, ShownPicture)],
        video=next((one for one in shown if isinstance(one, ShownVideo)), None),
        document=next((one for one in shown if isinstance(one, ShownDocument)), None),
        wire=_wire(post),
    )


def _card(memory: Memory, article: dict[str, Any]) -> ShownCard:
    asset = memory.assets.get(str(article.get("thumbnail")))
    return ShownCard(
        address=article["source"],
        host=urlsplit(article["source"]).netloc,
        title=str(article["title"]),
        description=str(article.get("description", "")),
        picture=media_address(asset) if asset else "",
    )


def _shown(
    asset: Asset, item: dict[str, Any]
) -> ShownPicture | ShownVideo | ShownDocument:
    address, title = media_address(asset), str(item.get("title", ""))
    if asset.kind == "image":
        return ShownPicture(address, str(item.get("altText", "")))
    if asset.kind == "document":
        return ShownDocument(address, title, document_name(asset.content_type))
    captions = poster = ""
    if asset.has_captions:
        captions = url_for("pages.captions", number=asset.number)
    if asset.has_poster:
        poster = url_for("pages.poster", number=asset.number)
    return ShownVideo(address, title, captions, poster)


def media_address(asset: Asset) -> str:
    """Where its bytes can be had."""
    return url_for("pages.media", number=asset.number)


def with_links(text: str) -> list[Piece]:
    """The text in pieces, so that its addresses can be clicked."""
    pieces, at = [], 0
    for match in _ADDRESS.finditer(text):
        pieces.append(Piece(text[at : match.start()]))
        pieces.append(Piece(match[0], is_address=True))
        at = match.end()
    return [piece for piece in (*pieces, Piece(text[at:])) if piece.words]


def _wire(post: Post) -> str:
    """The request and its answer, without the token."""
    if post.by_hand:
        return "Typed here by hand. Nothing came over the wire."
    lines = ["POST /rest/posts           201 Created"]
    lines += [f"{name}: {value}" for name, value in post.headers.items()]
    lines += [f"x-restli-id: {post.urn}", ""]
    body = json.loads(post.body)
    return "\n".join([*lines, json.dumps(body, indent=2, ensure_ascii=False)])
