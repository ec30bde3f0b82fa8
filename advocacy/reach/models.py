"""Released figures: who was counted as staff, what was published, what it cost."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Identity, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from integrations.clock import now
from integrations.database import Base


class Metric(StrEnum):
    """What a figure counts."""

    SHARERS = "sharers"
    CLICKS = "clicks"


class HeadSnapshot(Base):
    """Everybody who may use the service at a window's start; kept for two windows."""

    __tablename__ = "head_snapshot"

    window_start: Mapped[date] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    unit_id: Mapped[int | None]


class HeadCount(Base):
    """A window that was opened: its table, fixed with it, and how many colleagues the
    group had at its start. The only thing kept of a snapshot.
    """

    __tablename__ = "head_count"
    __table_args__ = (CheckConstraint("window_end > window_start", name="forward"),)

    window_start: Mapped[date] = mapped_column(primary_key=True)
    group: Mapped[str] = mapped_column(primary_key=True)  # "organisation"
    window_end: Mapped[date]  # the first day after it
    table: Mapped[str]
    heads: Mapped[int]


class ReleasedFigure(Base):
    """One published number, noise included, stored once and never changed
    (privacy.md 1.5).
    """

    __tablename__ = "released_figure"
    __table_args__ = (UniqueConstraint("window_start", "table", "group", "metric"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    window_start: Mapped[date]
    window_end: Mapped[date]  # the first day after it
    table: Mapped[str]
    group: Mapped[str]
    metric: Mapped[Metric]
    noisy: Mapped[int]
    margin: Mapped[int]  # 2 sigma
    heads: Mapped[int]
    method_version: Mapped[int]
    released_at: Mapped[datetime] = mapped_column(default=now)
    previous_hash: Mapped[str]
    own_hash: Mapped[str] = mapped_column(unique=True)


class LedgerEntry(Base):
    """What one release cost of the yearly limit: 1 / sigma², so sigma is kept."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("year", "table", "metric", "window_start"),
        CheckConstraint("sigma > 0", name="noise_is_never_none"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    year: Mapped[int]
    table: Mapped[str]
    metric: Mapped[Metric]
    window_start: Mapped[date]
    sigma: Mapped[int]
    booked_at: Mapped[datetime] = mapped_column(default=now)
