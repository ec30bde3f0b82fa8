"""Tracked links and what is counted of them: a number per code and day, nothing of visitors."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from integrations.clock import now
from integrations.database import Base


class Outcome(StrEnum):
    """What one visit to a link was (privacy.md 3.2)."""

    COUNTED = "counted"
    AGAIN = "again"  # the same visitor on the same day
    BOT = "bot"
    PREFETCH = "prefetch"
    SCANNER = "scanner"


class Link(Base):
    """One short code. The person is set only while they let us count for them (P3)."""

    __tablename__ = "link"
    __table_args__ = (
        # Without a person it is the item's common link, of which there is one an address.
        Index(
            "uq_link_common",
            "item_id",
            unique=True,
            postgresql_where="person_id IS NULL AND NOT frozen",
        ),
        CheckConstraint("length(code) >= 11", name="64_random_bits"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    target: Mapped[str]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    # After withdrawal the link goes on leading there, and is no longer counted.
    frozen: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)


class ClickDay(Base):
    """How often a link was visited on one UTC day, by outcome."""

    __tablename__ = "click_day"

    code: Mapped[str] = mapped_column(
        ForeignKey("link.code", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    outcome: Mapped[Outcome] = mapped_column(primary_key=True)
    visits: Mapped[int] = mapped_column(default=0)
