"""Tracked links, and what is counted: a number a code and day, nothing of visitors."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from integrations.clock import now
from integrations.database import Base

# After its last share: 24 months. What is still pressed then leads to the neutral page.
LINK_KEPT = timedelta(days=731)


def link_end() -> datetime:
    """When a link ends that is given to a share now."""
    return now() + LINK_KEPT


class Outcome(StrEnum):
    """What one visit to a link was (privacy.md 3.2)."""

    COUNTED = "counted"
    AGAIN = "again"  # the same visitor on the same day
    BOT = "bot"
    LINKEDIN = "linkedin"  # its own crawler, which looks at what a post links to
    PREFETCH = "prefetch"
    SCANNER = "scanner"


def _is_somebodys(context: DefaultExecutionContext) -> bool:
    parameters = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return parameters.get("person_id") is not None


class Link(Base):
    """One short code. The person is set only while they let us count for them (P3)."""

    __tablename__ = "link"
    __table_args__ = (
        # An item has one common link for each address it ever had: a post that is out
        # must go on leading where its author saw it lead.
        Index(
            "uq_link_common",
            "item_id",
            text("md5(target)"),
            unique=True,
            postgresql_where="NOT personal",
        ),
        CheckConstraint("length(code) >= 11", name="64_random_bits"),
        CheckConstraint("personal OR person_id IS NULL", name="common_is_nobodys"),
        CheckConstraint(r"target ~ '^https?://[^\s[:cntrl:]]+$'", name="web_only"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    target: Mapped[str]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    # Made for one share. Stays true after the person is taken off it, so that it never
    # becomes the item's common link.
    personal: Mapped[bool] = mapped_column(default=_is_somebodys)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    # After withdrawal, or 13 months, the link leads on and is no longer counted.
    frozen: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(default=link_end, index=True)


class ClickDay(Base):
    """How often a link was visited on one UTC day, by outcome."""

    __tablename__ = "click_day"

    code: Mapped[str] = mapped_column(
        ForeignKey("link.code", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True, index=True)
    outcome: Mapped[Outcome] = mapped_column(primary_key=True)
    visits: Mapped[int] = mapped_column(default=0)


class ClickTotal(Base):
    """How often a link was visited on the days that are no longer kept apart."""

    __tablename__ = "click_total"

    code: Mapped[str] = mapped_column(
        ForeignKey("link.code", ondelete="CASCADE"), primary_key=True
    )
    outcome: Mapped[Outcome] = mapped_column(primary_key=True)
    visits: Mapped[int] = mapped_column(BigInteger)
