"""Notices that stand where a figure stood, or should have stood."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from advocacy.reach.models import Sealed
from integrations.clock import now


class NoticeKind(StrEnum):
    """What happened to a figure."""

    WITHDRAWN = "withdrawn"  # it was wrong; the row stays, and is not shown
    NOT_RELEASED = "not_released"  # it never comes: it might have come out before


class FigureNotice(Sealed):
    """One notice about all figures of a window, or of one group of it.

    Only ever added, and chained as the figures are: whoever may see the figure reads it.
    """

    __tablename__ = "figure_notice"

    table: Mapped[str]
    window_start: Mapped[date]
    group: Mapped[str | None]  # none: of every group
    edition: Mapped[int]
    kind: Mapped[NoticeKind]
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
