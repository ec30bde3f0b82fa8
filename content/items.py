"""Items: what communications offers to share, and the states an item goes through."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.media import Media
from content.search import VECTOR
from content.topics import Topic
from content.wordings import Wording
from integrations.clock import now
from integrations.database import Base


class ItemKind(StrEnum):
    """What an item consists of; each kind has one form part and one template part."""

    MESSAGE = "message"
    LINK = "link"
    PICTURES = "pictures"
    VIDEO = "video"
    DOCUMENT = "document"


class ItemState(StrEnum):
    """Where an item stands. Offered or archived follows from its dates instead."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


item_topic = Table(
    "item_topic",
    Base.metadata,
    Column("item_id", ForeignKey("item.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True),
)


class Item(Base):
    """One thing worth sharing."""

    __tablename__ = "item"
    __table_args__ = (
        CheckConstraint(
            "expires_at IS NULL OR offered_at IS NULL OR expires_at > offered_at",
            name="expires_after_offer",
        ),
        # The library's order, read backwards.
        Index(None, "state", "pinned", "offered_at", "id"),
        Index(
            "ix_item_stemmed_search",
            text(f"({VECTOR})"),
            postgresql_using="gin",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ItemKind]
    state: Mapped[ItemState] = mapped_column(default=ItemState.DRAFT)
    title: Mapped[str]
    why: Mapped[str]  # "Why this matters", one or two sentences (A7)
    goal: Mapped[str] = mapped_column(default="")  # which of our goals it serves (A8)
    language: Mapped[str]  # of title and why: "en" or "nl"
    link_address: Mapped[str | None]
    link_title: Mapped[str] = mapped_column(default="")
    link_description: Mapped[str] = mapped_column(default="")
    # Two opening lines that say "I work here", one a language; offered, never forced.
    disclosure_en: Mapped[str] = mapped_column(default="")
    disclosure_nl: Mapped[str] = mapped_column(default="")
    offered_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    pinned: Mapped[bool] = mapped_column(default=False)
    read_only: Mapped[bool] = mapped_column(default=False)  # to read, not to share
    # Raised by every change that a waiting share must notice (reliability.md 2.7).
    epoch: Mapped[int] = mapped_column(default=1)
    # Everything one may search for, folded as `content.search` folds it.
    search_text: Mapped[str] = mapped_column(default="")
    withdrawn_reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    wordings: Mapped[list[Wording]] = relationship(
        lazy="raise",
        order_by=Wording.position,
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    media: Mapped[list[Media]] = relationship(
        lazy="raise", order_by=Media.position, passive_deletes=True
    )
    topics: Mapped[list[Topic]] = relationship(
        secondary=item_topic, lazy="raise", order_by=Topic.position
    )

    def offered(self, at: datetime) -> bool:
        """Whether employees see it in the library at this moment."""
        return (
            self.state is ItemState.PUBLISHED
            and self.offered_at is not None
            and self.offered_at <= at
            and (self.expires_at is None or at < self.expires_at)
        )

    @property
    def posted_title(self) -> str:
        """The title as posts show it: on a video, a document or a card; else empty."""
        if self.kind in {ItemKind.VIDEO, ItemKind.DOCUMENT}:
            return self.title
        card = self.link_address and self.kind is not ItemKind.PICTURES
        return self.link_title or self.title if card else ""

    def shareable(self, at: datetime) -> bool:
        """Whether it may be shared at this moment."""
        return self.offered(at) and not self.read_only
