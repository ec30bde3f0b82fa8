"""Suggested wordings: ways into an item, by angle and language; never scripts."""

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from integrations.database import Base


class Angle(StrEnum):
    """From which side a suggestion tells the item (E4, E11)."""

    EXPERT = "expert"
    TEAM = "team"
    PERSONAL = "personal"


class Wording(Base):
    """One suggestion."""

    __tablename__ = "wording"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(
        ForeignKey("item.id", ondelete="CASCADE"), index=True
    )
    angle: Mapped[Angle]
    language: Mapped[str]  # "en" or "nl"
    text: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
