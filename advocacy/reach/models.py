"""Released figures: who was counted as staff, what was published, what it cost."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Identity, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from integrations.clock import now
from integrations.database import Base


class Metric(StrEnum):
    """What a figure counts."""

    SHARERS = "sharers"
    CLICKS = "clicks"
    SHARES = "shares"  # of one item
    IMPRESSIONS = "impressions"  # times shown, as LinkedIn reports them


class Sealed(Base):
    """Rows that are only ever added, each under a seal that covers the one before
    (`chain.seal`).
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    previous_hash: Mapped[str]
    own_hash: Mapped[str] = mapped_column(unique=True)


class HeadSnapshot(Base):
    """Everybody who may use the service at a window's start; kept for the latest two
    windows of each table, and until the figures are out.
    """

    __tablename__ = "head_snapshot"

    window_start: Mapped[date] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    unit_id: Mapped[int | None]


class HeadCount(Base):
    """A window that was opened: one group of one table, fixed with it, and how many
    colleagues it had at its start. The only thing kept of a snapshot.

    A total, as the organisation above its parts, is a row whose `part_keys` name the
    groups of the same table and window that it adds up.
    """

    __tablename__ = "head_count"
    __table_args__ = (CheckConstraint("window_end > window_start", name="forward"),)

    table: Mapped[str] = mapped_column(primary_key=True)
    window_start: Mapped[date] = mapped_column(primary_key=True)
    group: Mapped[str] = mapped_column(primary_key=True)  # "organisation"
    window_end: Mapped[date]  # the first day after it
    level: Mapped[str]  # a `tables.Level`, as the name of a table is one of TABLES
    name: Mapped[str] = mapped_column(default="")  # of the units in it
    part_keys: Mapped[list[str]] = mapped_column(ARRAY(TEXT), default=list)
    heads: Mapped[int]


class ReleasedFigure(Sealed):
    """One published number, noise included, stored once and never changed
    (privacy.md 1.5).

    Everything but `id` is under the seal, so everything is set before `chain.seal`:
    nothing here has a default but the moment.
    """

    __tablename__ = "released_figure"
    __table_args__ = (
        UniqueConstraint("window_start", "table", "group", "metric", "edition"),
    )

    window_start: Mapped[date]
    window_end: Mapped[date]  # the first day after it
    table: Mapped[str]
    group: Mapped[str]
    metric: Mapped[Metric]
    edition: Mapped[int]  # 1, or one more for each time it was replaced
    level: Mapped[str]
    name: Mapped[str]  # of the group then; empty for the whole organisation
    noisy: Mapped[int]
    margin: Mapped[int]  # 2 sigma, times the root of `parts`
    # What people read: none is "too few to show". Figures of the first method have none
    # at all, and are shown as they were then.
    shown: Mapped[int | None]
    parts: Mapped[int]  # so many draws of noise are in it; 1 unless it is a total
    heads: Mapped[int]
    method_version: Mapped[int]
    released_at: Mapped[datetime] = mapped_column(default=now)


class LedgerEntry(Base):
    """What one release cost of the yearly limit: 1 / sigma², so sigma is kept."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("year", "table", "metric", "window_start", "edition"),
        CheckConstraint("sigma > 0", name="noise_is_never_none"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    year: Mapped[int]
    table: Mapped[str]
    metric: Mapped[Metric]
    window_start: Mapped[date]
    edition: Mapped[int] = mapped_column(default=1)
    sigma: Mapped[int]
    cap: Mapped[int | None]  # not noted for figures of the first method
    booked_at: Mapped[datetime] = mapped_column(default=now)
