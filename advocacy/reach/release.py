"""Releasing a window's figures: the only place that may let `drawing` see an exact sum.

Once, for good, at an hour that depends on nothing but the calendar. What people add goes
straight into the drawing, which adds it up; it is not stored, returned or logged. What was
drawn is written down before it is stored, and never drawn again.
"""

import secrets
from collections.abc import Sequence
from fractions import Fraction

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from advocacy.links.retention import reach_back_to
from advocacy.reach import chain
from advocacy.reach.batches import (
    Batch,
    NotReleasable,
    are_days_gone,
    opened,
    still_to_come,
)
from advocacy.reach.collect import amounts
from advocacy.reach.collect_items import item_amounts, use_up_of_everybody
from advocacy.reach.drafts import Draft, Drafts, DraftUnfit
from advocacy.reach.drawing import drawn
from advocacy.reach.figure_rows import columns, figure_rows
from advocacy.reach.gaussian import Coin
from advocacy.reach.ledger import book
from advocacy.reach.models import HeadCount, HeadSnapshot, ReleasedFigure
from advocacy.reach.parameters import in_force
from advocacy.reach.partition import unit_groups
from advocacy.reach.tables import TABLES, Level, Table
from advocacy.reach.unbooked import cost_unbooked
from advocacy.reach.windows import Window
from integrations.clock import now
from integrations.database import hold

LOCK = 0x52454C45415345  # held by whoever releases, so that nobody does it twice


def release_batch(
    session: Session,
    batch: Batch,
    drafts: Drafts | None = None,
    randomness: Coin = secrets,
) -> list[ReleasedFigure]:
    """Release one table's figures of one window; the only time that is possible.

    Without `drafts`, for an invented past, nothing is kept beside the database. Raises
    NotReleasable, NotBooked when the ledger refuses, DraftUnreadable, or OSError when the
    draw could not be written down. Then nothing may be committed. What it returns are the
    rows as they are stored, without their numbers.
    """
    hold(session, LOCK)
    heads = opened(session, batch)
    if not heads:
        raise NotReleasable("no head-count was taken when it began")
    window = Window(heads[0].window_start, heads[0].window_end)
    _check(session, batch, window)
    table = in_force(session, TABLES[batch.table], window.start.year)
    _check_groups(session, table, heads)
    forgotten = cost_unbooked(session, drafts, batch) if drafts else Fraction(0)
    for measure in table.measures:
        book(session, table, measure, window, batch.edition, forgotten=forgotten)
    draft = drafts.find(batch) if drafts else None
    if draft is None:
        _check_days(session, batch)
        draft = _draw(session, table, window, heads, randomness)
        if drafts:
            drafts.keep(batch, draft)  # on the disk before it is used
    elif table.level is Level.ITEM:
        use_up_of_everybody(session, window, len(heads))
    _check_draft(draft, table, heads)
    before = chain.head(session, ReleasedFigure)
    figures = figure_rows(batch, table, heads, draft, before)
    session.execute(insert(ReleasedFigure), [columns(one) for one in figures])
    return figures


def _check(session: Session, batch: Batch, window: Window) -> None:
    if now() < window.released_from:
        raise NotReleasable("it has not ended")
    released = select(ReleasedFigure.id).where(
        ReleasedFigure.table == batch.table,
        ReleasedFigure.window_start == batch.window_start,
        ReleasedFigure.edition >= batch.edition,
    )
    if session.scalar(select(released.exists())):
        raise NotReleasable("it was released before, and for good")
    waiting = select(HeadCount.group).where(
        HeadCount.table == batch.table,
        HeadCount.window_start == batch.window_start,
        still_to_come(),
    )
    if batch.edition == 1 and not session.scalar(select(waiting.exists())):
        raise NotReleasable("it was given up")
    if batch.edition > 1 and are_days_gone(batch, now().date()):
        raise NotReleasable("visits of its first days are not kept by the day any more")
    names = select(HeadSnapshot).where(HeadSnapshot.window_start == window.start)
    of_units = TABLES[batch.table].level is not Level.ITEM
    if of_units and not session.scalar(select(names.exists())):
        raise NotReleasable("who was there when it began is forgotten")


def _check_days(session: Session, batch: Batch) -> None:
    """What comes too late would miss visits, for good; what was drawn in time does not.

    After a long stop the days are all there: nothing put them together meanwhile.
    """
    gone = are_days_gone(batch, now().date())
    if gone and not reach_back_to(session, batch.window_start):
        raise NotReleasable("visits of its first days are not kept by the day any more")


def _check_groups(session: Session, table: Table, heads: Sequence[HeadCount]) -> None:
    """Once more, before anything is drawn: a group that is too small, or in another, would
    say something about a few.
    """
    single = {row.group: row.heads for row in heads if not row.part_keys}
    parts = {part for row in heads for part in row.part_keys}
    units = [unit for ids in unit_groups(session, single).values() for unit in ids]
    if (
        min(single.values(), default=0) < table.floor
        or not parts <= single.keys()
        or len(units) > len(set(units))
    ):
        raise NotReleasable("its groups are not as they were opened")


def _check_draft(draft: Draft, table: Table, heads: Sequence[HeadCount]) -> None:
    """A database that was put back may have opened the window anew, and otherwise."""
    keys = {row.group for row in heads if not row.part_keys}
    drawn_for = [set(each) for each in draft.drawn.values()]
    sigmas = {measure.metric.value: measure.sigma for measure in table.measures}
    if draft.sigmas != sigmas or any(each != keys for each in drawn_for):
        raise DraftUnfit("it was drawn before, for other groups or with other noise")


def _draw(
    session: Session,
    table: Table,
    window: Window,
    heads: Sequence[HeadCount],
    randomness: Coin,
) -> Draft:
    """Of every group, also of those to which nobody added anything; not of totals."""
    keys = [row.group for row in heads if not row.part_keys]
    if table.level is Level.ITEM:
        of_items = item_amounts(session, window, table, keys)
        found = {
            measure.metric: drawn(of_items[measure.metric], measure, randomness)
            for measure in table.measures
        }
    else:
        groups = unit_groups(session, keys)
        found = {
            measure.metric: drawn(
                amounts(session, window, measure, groups), measure, randomness
            )
            for measure in table.measures
        }
    sigmas = {measure.metric.value: measure.sigma for measure in table.measures}
    return Draft(found, sigmas, now())
