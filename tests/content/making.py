"""Rows and drafts that several tests of items begin with."""

from datetime import UTC, datetime
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.drafts import WordingDraft
from content.items import Item
from content.media import Media, MediaKind
from content.queries import item_with_parts
from content.wordings import Angle

AT = datetime(2026, 11, 19, 9, tzinfo=UTC)
WORDINGS = (
    WordingDraft(Angle.EXPERT, "nl", "Zes jaar file op het net, één getal: 380 A."),
    WordingDraft(Angle.TEAM, "en", "Forty sheep, one dog 🐑"),
    WordingDraft(Angle.PERSONAL, "nl", " Ik fiets er langs. "),
)
_numbers = count(1)


def picture(session: Session, **values: object) -> Media:
    given = {
        "kind": MediaKind.PICTURE,
        "stored_name": f"{next(_numbers):032x}.jpg",
        "content_type": "image/jpeg",
        "width": 900,
        "height": 600,
        "size_bytes": 5,
        "sha256": f"{next(_numbers):064x}",
    }
    media = Media(**(given | values))
    session.add(media)
    session.flush()
    return media


def epoch_of(session: Session, item_id: int) -> int:
    """The item's number in the database, whatever the session has of it."""
    return session.scalars(select(Item.epoch).where(Item.id == item_id)).one()


def stored(session: Session, item: Item) -> Item:
    """What a later request reads."""
    item_id = item.id
    session.expunge_all()
    found = item_with_parts(session, item_id)
    assert found is not None
    return found
