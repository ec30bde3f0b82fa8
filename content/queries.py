"""Items to read one at a time, with their parts, and what else pages and shares ask."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_, select, tuple_
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from content.cards import ItemCard, ItemPicture
from content.items import Item, ItemState
from content.media import Media
from content.places import read_place, written_place
from content.search import folded
from content.shelf import Shelf, offered_items
from content.topics import Topic

__all__ = [
    "ItemCard",
    "ItemPicture",
    "Shelf",
    "Stage",
    "all_items_for_curation",
    "curation_place",
    "item_to_change",
    "item_with_parts",
    "media_named",
    "offered_items",
    "topics",
]


class Stage(StrEnum):
    """Where an item is on its way through the library."""

    COMING = "coming"  # drafts, and what is published for a later day
    OFFERED = "offered"
    GONE = "gone"  # expired or withdrawn


def item_with_parts(session: Session, item_id: int) -> Item | None:
    """An item with its wordings, media and topics."""
    return session.get(Item, item_id, options=_parts())


def item_to_change(session: Session, item_id: int) -> Item | None:
    """The same, locked until the transaction ends, and as it is stored by now.

    The lock lets rows be stored that belong to the item: a worker that stores how a post
    of it ended holds that share, which a withdrawal wants, and would wait for the item.
    """
    return session.get(
        Item,
        item_id,
        options=_parts(),
        with_for_update={"key_share": True},
        populate_existing=True,
    )


def media_named(session: Session, public_ids: Sequence[str]) -> list[Media]:
    """The media of these public ids, in this order; unknown ones are left out."""
    found = session.scalars(select(Media).where(Media.public_id.in_(public_ids)))
    return sorted(found, key=lambda media: public_ids.index(media.public_id))


def topics(session: Session) -> Sequence[Topic]:
    """All topics, in their order."""
    return session.scalars(select(Topic).order_by(Topic.position, Topic.id)).all()


def all_items_for_curation(  # noqa: PLR0913 (each is one wish of the page)
    session: Session,
    at: datetime,
    stage: Stage | None = None,
    *,
    search: str = "",
    limit: int = 200,
    before: str = "",
) -> Sequence[Item]:
    """Items with wordings and topics: offered ones by their days, the rest by last change.

    `before` is the `curation_place` of the last one on the page before; what is no place
    is as none.
    """
    found = select(Item).options(selectinload(Item.wordings), selectinload(Item.topics))
    if stage is not None:
        found = found.where(_at_stage(stage, at))
    for word in folded(search).split():
        found = found.where(Item.search_text.contains(word, autoescape=True))
    day = Item.offered_at if stage is Stage.OFFERED else Item.updated_at
    if place := read_place(before):
        found = found.where(tuple_(day, Item.id) < place)
    found = found.order_by(day.desc(), Item.id.desc()).limit(limit)
    return session.scalars(found).all()


def curation_place(item: Item, stage: Stage | None = None) -> str:
    """Where an item stands in `all_items_for_curation`, as text for an address."""
    offered = item.offered_at if stage is Stage.OFFERED else None
    return written_place(offered or item.updated_at, item.id)


def _at_stage(stage: Stage, at: datetime) -> ColumnElement[bool]:
    published = Item.state == ItemState.PUBLISHED
    begun = and_(published, Item.offered_at <= at)
    match stage:
        case Stage.COMING:
            later = and_(published, Item.offered_at > at)
            return or_(Item.state == ItemState.DRAFT, later)
        case Stage.OFFERED:
            stays = or_(Item.expires_at.is_(None), Item.expires_at > at)
            return and_(begun, stays)
        case Stage.GONE:
            expired = and_(begun, Item.expires_at <= at)
            return or_(Item.state == ItemState.WITHDRAWN, expired)


def _parts() -> tuple[ORMOption, ...]:
    return (
        selectinload(Item.wordings),
        selectinload(Item.media),
        selectinload(Item.topics),
    )
