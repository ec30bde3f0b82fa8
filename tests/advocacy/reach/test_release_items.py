"""Releases of single items: four weeks after they were offered, all of a day together."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import delete, func, select

from advocacy.people.models import Person
from advocacy.reach import chain
from advocacy.reach.batches import Batch, due_batches
from advocacy.reach.item_rows import ItemUse
from advocacy.reach.ledger import spent
from advocacy.reach.models import Metric, ReleasedFigure
from advocacy.reach.opening import open_due
from advocacy.reach.release import release_batch
from advocacy.reach.windows import item_window
from advocacy.shares.models import Share
from integrations.clock import clock_at
from tests.advocacy.reach.conftest import SeededCoin

DAY = date(2026, 10, 6)


@pytest.fixture
def stories(session, world):
    """Two items of one day: thirty shared the one, with visits, and three the other."""
    world.colleagues(250)
    items = [world.offer(DAY) for _ in range(2)]
    open_due(session, DAY)
    at = datetime.combine(DAY, time(12), UTC)
    for item, number in zip(items, (30, 3), strict=True):
        for _ in range(number):
            person = world.person()
            world.share(person, at, item=item)
            world.visits(person, 10, DAY, item=item)
    return items


def released(session):
    rows = select(ReleasedFigure).where(ReleasedFigure.table == "item")
    return session.scalars(rows.order_by(ReleasedFigure.id)).all()


def test_items_come_out_together_four_weeks_after_their_day(session, stories):
    due = item_window(DAY).released_from
    batch = Batch("item", DAY)
    assert batch not in due_batches(session, due - timedelta(seconds=1))
    assert batch in due_batches(session, due)
    with clock_at(due):
        release_batch(session, batch, randomness=SeededCoin(1))
    much, little = (
        {row.metric: row for row in released(session) if row.group == key}
        for key in (f"item-{item.id}" for item in stories)
    )
    assert abs(much[Metric.SHARES].noisy - 30) <= 15
    assert abs(much[Metric.CLICKS].noisy - 300) <= 150
    assert much[Metric.SHARES].shown % 5 == much[Metric.CLICKS].shown % 10 == 0
    assert little[Metric.SHARES].shown is little[Metric.CLICKS].shown is None
    assert {row.margin for row in much.values()} == {6, 60}
    assert much[Metric.SHARES].name == stories[0].title
    assert chain.is_whole(session, ReleasedFigure)


def test_a_release_of_items_notes_what_people_used_up_of_the_month(session, stories):
    with clock_at(item_window(DAY).released_from):
        release_batch(session, Batch("item", DAY))
    assert session.scalars(select(ItemUse.used)).all() == [1] * 33


def test_what_was_drawn_and_not_stored_uses_up_the_month_of_everybody(
    session, stories, drafts
):
    """Whom it counted is not written down, and who shared may have deleted it since."""
    session.commit()
    with clock_at(item_window(DAY).released_from):
        release_batch(session, Batch("item", DAY), drafts)
        session.rollback()
        session.execute(delete(Share))
        release_batch(session, Batch("item", DAY), drafts)
    people = session.scalar(select(func.count()).select_from(Person))
    assert session.scalars(select(ItemUse.used)).all() == [2] * people


def test_items_cost_nothing_of_the_yearly_limit(session, stories):
    with clock_at(item_window(DAY).released_from):
        release_batch(session, Batch("item", DAY))
    assert spent(session, 2026) == 0
