"""Which of an item's files go along with a post: all its pictures, one, or none."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.shares.models import Share
from advocacy.shares.wishes import NO_PICTURE
from content.items import Item, ItemKind
from content.media import Media, MediaKind

SHOWS_MEDIA = {
    ItemKind.PICTURES: MediaKind.PICTURE,
    ItemKind.VIDEO: MediaKind.VIDEO,
    ItemKind.DOCUMENT: MediaKind.DOCUMENT,
    ItemKind.LINK: MediaKind.PICTURE,  # on the card
}


def shown_media(item: Item, media: Sequence[Media]) -> list[Media]:
    """Those of an item's files that a post of it can show, in the editors' order."""
    kind = SHOWS_MEDIA.get(item.kind)
    return [one for one in media if one.kind == kind]


def media_for(
    session: Session, item: Item, media_id: int | None, most: int | None = None
) -> list[Media]:
    """What goes along where a person chose `media_id`, NO_PICTURE, or nothing (None).

    Nothing chosen is all pictures of an item of pictures, as many as `most`, and
    otherwise the first file. LookupError when the chosen one is not this item's.
    """
    if media_id == NO_PICTURE and item.kind is ItemKind.LINK:
        return []
    return chosen_of(item, _media_of(session, item), media_id, most)


def chosen_of(
    item: Item, media: Sequence[Media], media_id: int | None, most: int | None = None
) -> list[Media]:
    """The same, among files that are at hand."""
    shown = shown_media(item, media)
    if media_id is None:
        return shown[: most if item.kind is ItemKind.PICTURES else 1]
    chosen = [one for one in shown if one.id == media_id]
    if not chosen and item.kind in SHOWS_MEDIA:
        raise LookupError(media_id)
    return chosen


def one_id(media: Sequence[Media]) -> int | None:
    """What a share's row says: which one goes along, or None for several or none."""
    return media[0].id if len(media) == 1 else None


def media_of(
    share: Share, item: Item, media: Sequence[Media], most: int | None = None
) -> list[Media]:
    """What a stored share takes along; empty when what was chosen is gone."""
    shown = shown_media(item, media)
    if share.media_id is not None:
        return [one for one in shown if one.id == share.media_id]
    return shown[:most] if item.kind is ItemKind.PICTURES else []


def _media_of(session: Session, item: Item) -> Sequence[Media]:
    if item.kind not in SHOWS_MEDIA:
        return []
    mine = select(Media).where(Media.item_id == item.id)
    return session.scalars(mine.order_by(Media.position, Media.id)).all()
