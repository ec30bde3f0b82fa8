"""The ledger as people read it: what was booked, by the year it counts in.

A booking is shown from the opening on that its figure can be read at, as every page of
figures changes at that hour alone (`windows.last_opening`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from advocacy.reach.ledger import cost
from advocacy.reach.models import LedgerEntry, Metric, ReleasedFigure
from advocacy.reach.windows import last_opening


@dataclass(frozen=True)
class LedgerYear:
    """What the bookings of one calendar year cost on taking part, and how many there are."""

    year: int
    entries: int
    spent: Fraction


def ledger_years(session: Session, moment: datetime) -> list[LedgerYear]:
    """Newest first; the year of `moment` is one of them, whatever was booked."""
    booked = session.execute(
        select(LedgerEntry.year, LedgerEntry.metric, LedgerEntry.sigma).where(
            LedgerEntry.booked_at < last_opening(moment)
        )
    ).all()
    years = {row.year for row in booked} | {moment.year}
    return [
        LedgerYear(
            year=year,
            entries=sum(row.year == year for row in booked),
            spent=sum(
                (
                    cost(row.sigma)
                    for row in booked
                    if (row.year, row.metric) == (year, Metric.SHARERS)
                ),
                Fraction(0),
            ),
        )
        for year in sorted(years, reverse=True)
    ]


def bookings(session: Session, year: int, moment: datetime) -> Sequence[LedgerEntry]:
    """All of one year, oldest first."""
    query = select(LedgerEntry).where(
        LedgerEntry.year == year, LedgerEntry.booked_at < last_opening(moment)
    )
    return session.scalars(query.order_by(LedgerEntry.id)).all()


def figures_unpaid(session: Session) -> int:
    """How many releases were not booked, or with other noise than they have: none, if all
    is well.
    """
    paid = (
        select(LedgerEntry.id)
        .where(
            LedgerEntry.table == ReleasedFigure.table,
            LedgerEntry.metric == ReleasedFigure.metric,
            LedgerEntry.window_start == ReleasedFigure.window_start,
            LedgerEntry.edition == ReleasedFigure.edition,
            # The margin is under seal, the ledger is not.
            or_(
                ReleasedFigure.parts > 1,
                ReleasedFigure.margin == 2 * LedgerEntry.sigma,
            ),
        )
        .exists()
    )
    unpaid = (
        select(
            ReleasedFigure.table,
            ReleasedFigure.metric,
            ReleasedFigure.window_start,
            ReleasedFigure.edition,
        )
        .where(~paid)
        .distinct()
    )
    return len(session.execute(unpaid).all())
