"""What taking figures back, or drawing them anew, would cost, before anybody does it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.reach.batches import Batch, are_days_gone
from advocacy.reach.drafts import Drafts
from advocacy.reach.ledger import cost, spent
from advocacy.reach.models import HeadSnapshot, Metric, ReleasedFigure
from advocacy.reach.parameters import in_force
from advocacy.reach.replacing import is_withdrawn, newest_edition
from advocacy.reach.tables import MOST_EDITIONS, TABLES, YEARLY_LIMIT, Level
from advocacy.reach.unbooked import cost_unbooked
from integrations.clock import now


class Obstacle(StrEnum):
    """Why figures that were taken back are not drawn anew."""

    ITEM = "figures of an item come once"
    EDITIONS = "they were replaced before, and figures are replaced once at most"
    FORGOTTEN = "who was there when the period began is forgotten"
    DAYS = "visits of its first days are not kept by the day any more"
    DISK = "what was drawn before cannot be read on the disk"
    BUDGET = "the year would cost more than it may"


@dataclass(frozen=True)
class Outlook:
    """Of one table and period. Costs are those of taking part, in 1 / sigma²."""

    edition: int  # the newest that came out; 0: none
    withdrawn: bool
    figures: int  # of that edition
    year: int
    spent: Fraction  # of the year, so far
    cost: Fraction  # of a replacement
    obstacle: Obstacle | None


def outlook(
    session: Session, table: str, window_start: date, drafts: Drafts
) -> Outlook:
    """What stands, and whether it could be replaced today."""
    edition = newest_edition(session, table, window_start) or 0
    year = window_start.year
    measures = in_force(session, TABLES[table], year).measures
    price = sum(
        (cost(one.sigma) for one in measures if one.metric is Metric.SHARERS),
        Fraction(0),
    )
    batch = Batch(table, window_start, edition + 1)
    before, obstacle = spent(session, year), None
    try:
        before += cost_unbooked(session, drafts, batch)
    except OSError:
        obstacle = Obstacle.DISK
    return Outlook(
        edition=edition,
        withdrawn=is_withdrawn(session, table, window_start, edition),
        figures=_figures(session, batch),
        year=year,
        spent=before,
        cost=price,
        obstacle=obstacle or _obstacle(session, batch, before + price),
    )


def _figures(session: Session, following: Batch) -> int:
    counted = select(func.count()).where(
        ReleasedFigure.table == following.table,
        ReleasedFigure.window_start == following.window_start,
        ReleasedFigure.edition == following.edition - 1,
    )
    return session.scalar(counted) or 0


def _obstacle(session: Session, batch: Batch, after: Fraction) -> Obstacle | None:
    """The first thing that `release_batch` would refuse it for."""
    if TABLES[batch.table].level is Level.ITEM:
        return Obstacle.ITEM
    if batch.edition > MOST_EDITIONS:
        return Obstacle.EDITIONS
    names = select(HeadSnapshot).where(HeadSnapshot.window_start == batch.window_start)
    if not session.scalar(select(names.exists())):
        return Obstacle.FORGOTTEN
    if are_days_gone(batch, now().date()):
        return Obstacle.DAYS
    return Obstacle.BUDGET if after > YEARLY_LIMIT else None
