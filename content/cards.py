"""Items as they stand on the shelf: light rows, made by the database in one query."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Connection,
    ScalarSelect,
    Select,
    case,
    cast,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import TEXT, aggregate_order_by
from sqlalchemy.orm import Session

from content.items import Item, ItemKind, item_topic
from content.media import VERSION_LETTERS, Media, MediaKind
from content.topics import Topic
from content.wordings import Wording

KEPT = 200  # lists a process remembers


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
    # What `Media.version_of` says: of the widest, and of the copies that there are.
    version: str | None
    copy_640: str | None
    copy_1280: str | None
    seconds: float | None
    captions_name: bool
    pages: int | None

    def version_of(self, part: str) -> str | None:
        """As `Media.version_of`."""
        return {"640": self.copy_640, "1280": self.copy_1280}.get(part, self.version)


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

    def __hash__(self) -> int:
        """As good as of all of it, and asked for with every card of every page."""
        return hash(self.id)


def all_cards() -> Select[Any]:
    """One row an item, all of it as one piece of JSON that the database makes."""
    topics = (
        select(func.json_agg(item_topic.c.topic_id))
        .where(item_topic.c.item_id == Item.id)
        .scalar_subquery()
    )
    said = select(func.count(), func.json_agg(Wording.language.distinct()))
    wordings = said.where(Wording.item_id == Item.id).lateral()
    card = func.json_build_array(
        *(Item.id, Item.kind, Item.title, Item.why, Item.language),
        *(Item.offered_at, Item.expires_at, Item.pinned, Item.read_only),
        *(topics, _picture(), *wordings.c),
    )
    return select(card).select_from(Item).join(wordings, true())


def _picture() -> ScalarSelect[Any]:
    widest = case(
        (Media.kind == MediaKind.PICTURE, Media.stored_name), else_=Media.poster_name
    )
    files = (widest, Media.copy_640, Media.copy_1280)
    shown = func.json_build_array(
        *(Media.kind, Media.public_id, Media.alt, Media.width, Media.height),
        *(func.left(stored, VERSION_LETTERS) for stored in files),
        *(Media.seconds, Media.captions_name.is_not(None), Media.pages),
    )
    first = select(shown).where(Media.item_id == Item.id)
    first = first.order_by(Media.position, Media.id).limit(literal_column("1"))
    return first.scalar_subquery()


def with_topics(cards: Select[Any]) -> Select[str, str]:
    """One row: a choice among `all_cards` in its order, and all topics, each as a text."""
    listed = func.array_to_json(func.array(cards.scalar_subquery()))
    topic = func.json_build_array(Topic.id, Topic.slug, Topic.name_en, Topic.name_nl)
    topics = func.json_agg(aggregate_order_by(topic, Topic.position, Topic.id))
    return select(cast(listed, TEXT), select(cast(topics, TEXT)).scalar_subquery())


def read_cards(
    database: Session | Connection, found: Select[str, str], values: Mapping[str, Any]
) -> tuple[tuple[ItemCard, ...], tuple[ItemTopic, ...]]:
    """Run what `with_topics` gave with its parameters."""
    return _read(*database.execute(found, values).one())


@lru_cache(KEPT)  # by all that is said of them, so they are never those of another
def _read(
    cards: str, topics: str | None
) -> tuple[tuple[ItemCard, ...], tuple[ItemTopic, ...]]:
    known = {number: ItemTopic(*names) for number, *names in json.loads(topics or "[]")}
    read = tuple(_card(known, *parts) for parts in json.loads(cards))
    return read, tuple(known.values())


def _card(known: Mapping[int, ItemTopic], *parts: Any) -> ItemCard:
    number, kind, title, why, language, *rest = parts
    offered_at, expires_at, pinned, read_only, *rest = rest
    topics, picture, wordings, languages = rest
    return ItemCard(
        id=number,
        kind=ItemKind(kind),
        title=title,
        why=why,
        language=language,
        offered_at=datetime.fromisoformat(offered_at),
        expires_at=datetime.fromisoformat(expires_at) if expires_at else None,
        pinned=pinned,
        read_only=read_only,
        topics=tuple(known[one] for one in known if one in (topics or ())),
        picture=ItemPicture(MediaKind(picture[0]), *picture[1:]) if picture else None,
        wordings=wordings,
        languages=tuple(languages or ()),
    )
