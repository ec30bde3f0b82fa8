"""What figures cost that came out and that this database does not know of.

A database that was put back forgot bookings, not what people read. Each draw is a file
(`drafts.py`), so its cost counts until it is stored, and booked, once more.
"""

from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.reach.batches import Batch
from advocacy.reach.drafts import Drafts
from advocacy.reach.ledger import cost
from advocacy.reach.models import LedgerEntry, Metric
from advocacy.reach.parameters import all_in_force


def cost_unbooked(session: Session, drafts: Drafts, batch: Batch) -> Fraction:
    """Of the other figures on taking part of the batch's year, in 1 / sigma².

    With the noise that this database knows of: more was drawn only if it forgot that as
    well, and then this is too much, not too little.
    """
    year = batch.window_start.year
    booked = select(
        LedgerEntry.table, LedgerEntry.window_start, LedgerEntry.edition
    ).where(LedgerEntry.year == year, LedgerEntry.metric == Metric.SHARERS)
    known = {Batch(*row) for row in session.execute(booked)} | {batch}
    sigmas = {
        name: measure.sigma
        for name, table in all_in_force(session, year).items()
        for measure in table.measures
        if measure.metric is Metric.SHARERS
    }
    return sum(
        (
            cost(sigmas[one.table])
            for one in drafts.kept_in(year) - known
            if one.table in sigmas
        ),
        Fraction(0),
    )
