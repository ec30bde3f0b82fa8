"""Which media a person may see."""

from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from advocacy.shares.models import Share
from content.items import Item, ItemState
from content.media import Media


def media_for_person(
    session: Session, public_id: str, person_id: int, at: datetime, *, curates: bool
) -> Media | None:
    """A medium of an offered item, of an own share's item, or any for an editor."""
    # No text in PostgreSQL holds a NUL.
    wanted = select(Media).where(Media.public_id == public_id.replace("\0", ""))
    if not curates:
        shared = exists().where(
            Share.item_id == Media.item_id, Share.person_id == person_id
        )
        offered = exists().where(
            Item.id == Media.item_id,
            Item.state == ItemState.PUBLISHED,
            Item.offered_at <= at,
            or_(Item.expires_at.is_(None), Item.expires_at > at),
        )
        wanted = wanted.where(or_(offered, shared))
    return session.scalar(wanted)
