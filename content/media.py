"""Media rows: a picture, video or document as it is stored, checked and re-encoded."""

from datetime import datetime
from enum import StrEnum
from secrets import token_urlsafe

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from integrations.clock import now
from integrations.database import Base

VERSION_LETTERS = 8


class MediaKind(StrEnum):
    """What sort of file it is."""

    PICTURE = "picture"
    VIDEO = "video"
    DOCUMENT = "document"


class Media(Base):
    """One file and what people who cannot see or hear it are told.

    A row without an item is an upload whose form was refused or not sent yet; it is
    kept for a day, so that nobody has to upload twice.
    """

    __tablename__ = "media"
    __table_args__ = (CheckConstraint("size_bytes > 0", name="not_empty"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # The name in addresses and forms: random, so that it cannot be guessed or counted.
    public_id: Mapped[str] = mapped_column(
        unique=True, default=lambda: token_urlsafe(12)
    )
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("item.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[MediaKind]
    stored_name: Mapped[str]  # in integrations.files
    content_type: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    size_bytes: Mapped[int]
    sha256: Mapped[str]
    alt: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[float | None]  # videos only
    has_sound: Mapped[bool] = mapped_column(default=False)
    pages: Mapped[int | None]  # documents only
    # Stored name of a video's still picture, or of a document's first page.
    poster_name: Mapped[str | None]
    # Stored names of the picture, or of the poster, as WebP 640 and 1280 pixels wide.
    # None where the full size is no wider than that.
    copy_640: Mapped[str | None]
    copy_1280: Mapped[str | None]
    captions_name: Mapped[str | None]  # stored name of a video's WebVTT file
    captions_language: Mapped[str | None]
    transcript: Mapped[str] = mapped_column(
        default=""
    )  # what is said, in place of captions
    # An editor says so: sound alone does not tell speech from a hum.
    nobody_speaks: Mapped[bool] = mapped_column(default=False)
    original_name: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)

    def stored(self, part: str) -> str | None:
        """The stored name of "full", "640", "1280", "poster" or "captions"; else None."""
        names = {
            "full": self.stored_name,
            "640": self.copy_640,
            "1280": self.copy_1280,
            "poster": self.poster_name,
            "captions": self.captions_name,
        }
        return names.get(part)

    def version_of(self, part: str) -> str | None:
        """What addresses of a part say of the file in it: another file, another address."""
        stored = self.stored(part)
        return stored[:VERSION_LETTERS] if stored else None
