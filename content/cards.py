"""Items as they stand on the shelf: light rows, made by the database in one query."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, true
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from content.items import Item, ItemKind, item_topic
from content.media import Media, MediaKind
from content.topics import Topic
from content.wordings import Wording


@dataclass(frozen=True)
class ItemTopic:
    """A topic's names."""

    slug: str
    name_en: str
    name_nl: str


@dataclass(frozen=True)
class ItemPicture:
    """What stands on the card: the first picture, a video's poster, a first page."""

    kind: MediaKind
    public_id: str
    alt: str
    width: int
    height: int
    copy_640: bool  # whether there is one
    copy_1280: bool
    seconds: float | None
    captions_name: bool
    pages: int | None


@dataclass(frozen=True)
class ItemCard:
    """An item as it stands on the shelf."""

    id: int
    kind: ItemKind
    title: str
    why: str
    language: str
    offered_at: datetime
    expires_at: datetime | None
    pinned: bool
    read_only: bool
    topics: tuple[ItemTopic, ...]
    picture: ItemPicture | None
    wordings: int
    languages: tuple[str, ...]  # of the wordings


def all_cards() -> Select[Any]:
    """One row an item, its parts as JSON made by the database."""
    topic = func.json_build_array(Topic.slug, Topic.name_en, Topic.name_nl)
    topics = (
        select(func.json_agg(aggregate_order_by(topic, Topic.position)))
        .join(item_topic, item_topic.c.topic_id == Topic.id)
        .where(item_topic.c.item_id == Item.id)
        .scalar_subquery()
    )
    said = select(func.count(), func.array_agg(Wording.language.distinct()))
    wordings = said.where(Wording.item_id == Item.id).lateral()
    picture = (
        select(
            func.json_build_array(
                *(Media.kind, Media.public_id, Media.alt, Media.width, Media.height),
                *(Media.copy_640.is_not(None), Media.copy_1280.is_not(None)),
                *(Media.seconds, Media.captions_name.is_not(None), Media.pages),
            )
        )
        .where(Media.item_id == Item.id)
        .order_by(Media.position, Media.id)
        .limit(1)
        .scalar_subquery()
    )
    return select(
        *(Item.id, Item.kind, Item.title, Item.why, Item.language),
        *(Item.offered_at, Item.expires_at, Item.pinned, Item.read_only),
        *(topics, picture, *wordings.c),
    ).join(wordings, true())


def read_cards(session: Session, found: Select[Any]) -> list[ItemCard]:
    """Run a choice among `all_cards`."""
    return [_card(*row) for row in session.execute(found)]


def _card(*row: Any) -> ItemCard:
    *plain, topics, picture, wordings, languages = row
    parts = (
        tuple(ItemTopic(*topic) for topic in topics or ()),
        ItemPicture(MediaKind(picture[0]), *picture[1:]) if picture else None,
        wordings,
        tuple(languages or ()),
    )
    return ItemCard(*(*plain, *parts))
