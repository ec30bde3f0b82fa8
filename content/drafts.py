"""What a form gives for an item."""

from dataclasses import dataclass
from datetime import datetime

from content.items import Item, ItemKind
from content.wordings import Angle


@dataclass(frozen=True)
class WordingDraft:
    """One suggestion. An empty one is a box left open, and is not kept."""

    angle: Angle
    language: str
    text: str


@dataclass(frozen=True)
class MediaDraft:
    """An upload the item uses, by its public id, and what is said about it."""

    public_id: str
    alt: str = ""
    transcript: str = ""
    nobody_speaks: bool = False


@dataclass(frozen=True)
class ItemDraft:
    """Everything the form holds."""

    kind: ItemKind
    title: str = ""
    why: str = ""
    goal: str = ""
    language: str = "en"
    link_address: str = ""
    link_title: str = ""
    link_description: str = ""
    disclosure_en: str = ""
    disclosure_nl: str = ""
    offered_at: datetime | None = None
    expires_at: datetime | None = None
    pinned: bool = False
    read_only: bool = False
    topics: tuple[str, ...] = ()  # slugs
    wordings: tuple[WordingDraft, ...] = ()
    media: tuple[MediaDraft, ...] = ()


def draft_of(item: Item) -> ItemDraft:
    """The draft that would leave the item as it is; for the form, and to check it."""
    return ItemDraft(
        kind=item.kind,
        title=item.title,
        why=item.why,
        goal=item.goal,
        language=item.language,
        link_address=item.link_address or "",
        link_title=item.link_title,
        link_description=item.link_description,
        disclosure_en=item.disclosure_en,
        disclosure_nl=item.disclosure_nl,
        offered_at=item.offered_at,
        expires_at=item.expires_at,
        pinned=item.pinned,
        read_only=item.read_only,
        topics=tuple(topic.slug for topic in item.topics),
        wordings=tuple(
            WordingDraft(wording.angle, wording.language, wording.text)
            for wording in item.wordings
        ),
        media=tuple(
            MediaDraft(file.public_id, file.alt, file.transcript, file.nobody_speaks)
            for file in item.media
        ),
    )
