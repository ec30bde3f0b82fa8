"""Floors and noise that an organisation raised, and what is proposed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.reach.models import Metric, Sealed
from integrations.clock import now
from integrations.database import Base


def _says_something() -> CheckConstraint:
    return CheckConstraint(
        "floor IS NOT NULL OR sigma IS NOT NULL", name="says_something"
    )


TAKEN_BACK = 0  # as a floor and as noise: what was decided before it never counts


class Outcome(StrEnum):
    """How a proposal ended."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    TAKEN_BACK = "taken back"  # by who proposed it


class ParameterProposal(Base):
    """What one person wants and a second one has to confirm."""

    __tablename__ = "parameter_proposal"
    __table_args__ = (
        _says_something(),
        CheckConstraint(
            "(closed_at IS NULL) = (outcome IS NULL)", name="closed_with_an_outcome"
        ),
        Index(
            "uq_parameter_proposal_open",
            "year",
            "table",
            "metric",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    year: Mapped[int]  # from the first window that begins in it
    table: Mapped[str]
    metric: Mapped[Metric]
    floor: Mapped[int | None]  # of the table, so of all its metrics
    sigma: Mapped[int | None]
    proposed_by: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]


class ParameterChange(Sealed):
    """What was decided, for every colleague to read: no names, only ever added, chained.

    One that takes back what was decided for a figure and year has TAKEN_BACK for both
    numbers.
    """

    __tablename__ = "parameter_change"
    __table_args__ = (_says_something(),)

    year: Mapped[int]
    table: Mapped[str]
    metric: Mapped[Metric]
    floor: Mapped[int | None]
    sigma: Mapped[int | None]
    decided_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def takes_back(self) -> bool:
        """Whether it raises nothing, and ends what was to be raised."""
        return self.floor == self.sigma == TAKEN_BACK
