"""Which items are measured, and on which days."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from advocacy.reach.item_rows import ItemWindow
from advocacy.reach.models import HeadCount
from advocacy.reach.opening import open_due
from advocacy.reach.parameter_rows import ParameterChange
from content.items import ItemState

DAY = date(2026, 10, 6)
END = DAY + timedelta(days=28)
PAGE = "https://veenstroom.example/stork"


def measured(session):
    """Key, first day, day after the last, and heads of each item with figures of its own."""
    rows = session.scalars(
        select(HeadCount).where(HeadCount.table == "item").order_by(HeadCount.group)
    )
    return [(row.group, row.window_start, row.window_end, row.heads) for row in rows]


def test_an_item_is_measured_for_four_weeks_from_its_day(session, world):
    world.colleagues(240)
    item = world.offer(DAY)
    open_due(session, DAY - timedelta(days=1))
    assert measured(session) == []
    open_due(session, DAY)
    open_due(session, DAY + timedelta(days=2))
    assert measured(session) == [(f"item-{item.id}", DAY, END, 240)]
    assert session.scalars(
        select(HeadCount.name).where(HeadCount.table == "item")
    ).all() == [item.title]


@pytest.mark.parametrize("heads", [1, 10, 99, 199])
def test_items_of_small_organisations_are_not_measured(session, world, heads):
    world.colleagues(heads)
    world.offer(DAY)
    open_due(session, DAY)
    assert measured(session) == []
    assert session.scalars(select(ItemWindow)).all() == []


def test_a_raised_floor_leaves_out_items_that_are_offered_to_fewer(session, world):
    change = {"previous_hash": "a", "own_hash": "b", "sigma": None, "floor": 300}
    session.add(ParameterChange(year=2026, table="item", metric="shares", **change))
    world.colleagues(299)
    world.offer(DAY)
    open_due(session, DAY)
    assert measured(session) == []


@pytest.mark.parametrize(
    "different",
    [
        {"state": ItemState.DRAFT},
        {"state": ItemState.WITHDRAWN},
        {"read_only": True},
        {"day": DAY + timedelta(days=1)},
        {"day": DAY - timedelta(days=4)},
    ],
)
def test_only_what_was_just_offered_to_be_shared_is_measured(session, world, different):
    world.colleagues(200)
    world.offer(**({"day": DAY} | different))
    open_due(session, DAY)
    assert measured(session) == []


def test_copies_of_an_item_are_measured_as_one(session, world):
    """A14: fifty items that lead to one page make one row."""
    world.colleagues(200)
    items = [world.offer(DAY, f"{PAGE}?utm_source={n}#{n}") for n in range(25)]
    open_due(session, DAY)
    items += [world.offer(DAY + timedelta(days=2), f"{PAGE}/") for _ in range(25)]
    open_due(session, DAY + timedelta(days=2))
    assert measured(session) == [(f"item-{items[0].id}", DAY, END, 200)]
    windows = session.scalars(select(ItemWindow)).all()
    assert {(one.leads_item_id, one.window_start) for one in windows} == {
        (items[0].id, DAY)
    }
    assert {one.item_id for one in windows} == {item.id for item in items}


def test_a_copy_that_comes_after_the_four_weeks_is_measured_anew(session, world):
    world.colleagues(200)
    first = world.offer(DAY, PAGE)
    open_due(session, DAY)
    second = world.offer(END - timedelta(days=1), PAGE)
    open_due(session, END - timedelta(days=1))
    third = world.offer(END, PAGE)
    open_due(session, END)
    keys = {key for key, *_ in measured(session)}
    assert keys == {f"item-{first.id}", f"item-{third.id}"}
    assert session.get(ItemWindow, second.id).leads_item_id == first.id


def test_items_that_lead_nowhere_are_no_copies_of_each_other(session, world):
    world.colleagues(200)
    items = [world.offer(DAY) for _ in range(3)]
    open_due(session, DAY)
    assert len(measured(session)) == len(items)
