"""Whose shares and visits are in an item's figures, of at most four items a month."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from advocacy.reach.batches import Batch
from advocacy.reach.collect_items import item_amounts
from advocacy.reach.item_rows import ItemUse
from advocacy.reach.models import Metric
from advocacy.reach.opening import open_due
from advocacy.reach.opening_items import forget_uses
from advocacy.reach.release import release_batch
from advocacy.reach.tables import TABLES
from advocacy.reach.windows import item_window
from integrations.clock import clock_at

DAY = date(2026, 10, 6)
WINDOW = item_window(DAY)
MOMENT = timedelta(microseconds=1)
TABLE = TABLES["item"]
PAGE = "https://veenstroom.example/stork"


def at(day):
    return datetime.combine(day, time(12), UTC)


def found(session, items, day=DAY):
    """What `taken` gives, without using up anything of the month."""
    with session.begin_nested() as before:
        amounts = taken(session, items, day)
        before.rollback()
    return amounts


def taken(session, items, day=DAY):
    """Of each item what people add in shares, and in visits."""
    keys = [f"item-{item.id}" for item in items]
    amounts = item_amounts(session, item_window(day), TABLE, keys)
    return [(amounts[Metric.SHARES][key], amounts[Metric.CLICKS][key]) for key in keys]


def used(session):
    uses = session.execute(select(ItemUse.month, ItemUse.used).order_by(ItemUse.month))
    return [tuple(one) for one in uses]


@pytest.fixture
def offer(session, world):
    world.colleagues(200)

    def begin(*addresses, day=DAY):
        items = [world.offer(day, address) for address in addresses]
        open_due(session, day)
        return items

    return begin


def test_one_person_adds_one_share_and_no_more_visits_than_the_cap(
    session, world, offer
):
    (item,) = offer(None)
    much, little = world.person(), world.person()
    for _ in range(3):
        world.share(much, at(DAY), item=item)
    world.visits(much, 30, DAY, item=item)
    world.share(little, at(DAY), item=item)
    world.visits(little, 3, DAY, item=item)
    assert found(session, [item]) == [([1, 1], [3, 10])]


def test_only_the_four_weeks_count(session, world, offer):
    (item,) = offer(None)
    person = world.person()
    world.share(person, WINDOW.opens - MOMENT, item=item)
    world.share(person, WINDOW.closes, item=item)
    world.visits(person, 3, WINDOW.start - timedelta(days=1), item=item)
    world.visits(person, 3, WINDOW.end, item=item)
    assert found(session, [item]) == [([], [])]
    world.share(person, WINDOW.closes - MOMENT, item=item)
    world.visits(person, 3, WINDOW.end - timedelta(days=1), item=item)
    assert found(session, [item]) == [([1], [3])]


def test_copies_count_as_the_item_they_are_measured_with(session, world, offer):
    item, copy = offer(PAGE, f"{PAGE}#again")
    person = world.person()
    for one in (item, copy):
        world.share(person, at(DAY), item=one)
        world.visits(person, 7, DAY, item=one)
    assert found(session, [item]) == [([1], [10])]


def test_only_who_was_there_on_the_first_day_and_allowed_it_since_counts(
    session, world, offer
):
    (item,) = offer(None)
    late = WINDOW.opens + timedelta(hours=1)
    people = [
        world.person(joined_on=DAY + timedelta(days=1)),
        world.person(left_on=DAY),
        world.person(on=None),
        world.person(on=late),
        world.person(),
    ]
    world.turn_off(people[4], at(DAY))
    for person in people:
        world.share(person, at(DAY), item=item)
        world.visits(person, 5, DAY, item=item)
    assert found(session, [item]) == [([], [])]


def test_four_items_of_a_month_count_one_person_and_the_lot_decides(
    session, world, offer
):
    items = offer(*[None] * 7)
    person = world.person()
    for item in items:
        world.share(person, at(DAY), item=item)
        world.visits(person, 5, DAY, item=item)

    def counted():
        return [bool(shares) for shares, _ in found(session, items)]

    drawn = [counted() for _ in range(40)]
    assert {sum(one) for one in drawn} == {4}
    assert all(any(one[n] for one in drawn) for n in range(7))
    assert len({tuple(one) for one in drawn}) > 1
    shares_and_visits = found(session, items)
    assert all(bool(shares) == bool(visits) for shares, visits in shares_and_visits)


def test_what_is_used_up_of_a_month_is_remembered_for_later_items_of_it(
    session, world, offer
):
    """They come out on different days, so nobody knows all of a month at once."""
    person, other = world.person(), world.person()
    days = [DAY, DAY + timedelta(days=3), date(2026, 11, 2)]
    batches = [offer(None, None, None, day=day) for day in days]
    for day, batch in zip(days, batches, strict=True):
        for item in batch:
            world.share(person, at(day), item=item)
    world.share(other, at(days[1]), item=batches[1][0])

    counts = []
    for day, batch in zip(days, batches, strict=True):
        counts.append(sum(sum(shares) for shares, _ in taken(session, batch, day)))
    assert counts == [3, 1 + 1, 3]
    assert used(session) in (
        [(date(2026, 10, 1), 4), (date(2026, 10, 1), 1), (date(2026, 11, 1), 3)],
        [(date(2026, 10, 1), 1), (date(2026, 10, 1), 4), (date(2026, 11, 1), 3)],
    )


def test_what_was_used_up_is_forgotten_with_the_last_item_of_the_month(
    session, world, offer
):
    (item,) = offer(None)
    world.share(world.person(), at(DAY), item=item)
    with clock_at(WINDOW.released_from):
        release_batch(session, Batch("item", DAY))
    forget_uses(session, date(2026, 11, 28))
    assert len(used(session)) == 1
    forget_uses(session, date(2026, 11, 29))
    assert used(session) == []


def test_while_an_item_of_the_month_waits_it_is_remembered_and_not_for_ever(
    session, world, offer
):
    (item,) = offer(None)
    world.share(world.person(), at(DAY), item=item)
    taken(session, [item])
    forget_uses(session, date(2026, 11, 29))
    assert len(used(session)) == 1
    forget_uses(session, WINDOW.end + timedelta(days=101))
    assert used(session) == []
