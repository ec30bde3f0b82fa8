"""Groups go on through a year: put together where need be, never taken apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.reach.groups import UnitHeads, groups_of, totals_over
from tests.advocacy.reach.unit_trees import (
    FLOORS,
    HEADS,
    NORTH,
    VEENSTROOM,
    ids_of,
    told,
    trees,
)


@pytest.mark.parametrize("floor", [250, 500])
def test_visits_of_the_sample_organisation_need_all_of_it(floor):
    hundreds = ids_of(groups_of(VEENSTROOM, 100))
    (group,) = groups_of(VEENSTROOM, floor, hundreds)
    assert (group.key, group.heads) == ("organisation", 620)
    assert totals_over(VEENSTROOM, [group]) == ()


@given(trees(), st.sampled_from(FLOORS), st.data())
@settings(max_examples=300)
def test_what_is_kept_is_put_together_and_never_taken_apart(units, floor, data):
    kept = ids_of(groups_of(units, floor))
    later = [
        UnitHeads(unit.id, unit.parent_id, unit.name, data.draw(HEADS))
        for unit in units
    ]
    later += [UnitHeads(99, data.draw(st.sampled_from([None, 1])), "New", 120)]
    groups = groups_of(later, floor, kept)
    assert sum(group.heads for group in groups) in {0, sum(u.heads for u in later)}
    assert all(group.heads >= floor for group in groups)
    people = {unit.id for unit in later if unit.heads}
    for before in kept:
        holding = [group for group in groups if group.unit_ids & before & people]
        assert len(holding) <= 1
    assert groups_of(later, floor, ids_of(groups)) == groups


def test_kept_groups_join_what_is_beside_all_of_them():
    units = [
        UnitHeads(1, None, "North", 0),
        UnitHeads(2, 1, "North A", 120),
        UnitHeads(3, 1, "North B", 140),
        UnitHeads(4, None, "South", 0),
        UnitHeads(5, 4, "South A", 130),
        UnitHeads(6, 4, "South B", 400),
        UnitHeads(7, None, "East", 320),
    ]
    hundreds = ids_of(groups_of(units, 100))
    assert told(groups_of(units, 250, hundreds)) == {
        "North": 260,
        "South": 530,
        "East": 320,
    }
    moved = {frozenset({2, 5}), frozenset({3}), frozenset({6}), frozenset({7})}
    assert told(groups_of(units, 255, moved)) == {
        "North, South A": 390,
        "East": 320,
        "South B": 400,
    }
    smaller = [*units[:1], UnitHeads(2, 1, "North A", 20), *units[2:]]
    assert told(groups_of(smaller, 135, moved)) == {
        "North A, South A": 150,
        "North B": 140,
        "South B": 400,
        "East": 320,
    }
    larger = [*units[:2], UnitHeads(3, 1, "North B", 340), *units[3:]]
    assert told(groups_of(larger, 255, moved)) == {
        "East, North A, South A": 570,
        "North B": 340,
        "South B": 400,
    }


@given(trees())
def test_groups_for_visits_are_made_of_groups_for_sharing(units):
    hundreds = groups_of(units, 100)
    for large in groups_of(units, 250, ids_of(hundreds)):
        inside = [group for group in hundreds if group.unit_ids <= large.unit_ids]
        assert (
            frozenset().union(*(group.unit_ids for group in inside)) == large.unit_ids
        )


def test_a_new_unit_joins_the_group_of_its_parent():
    kept = ids_of(groups_of(VEENSTROOM, 100))
    new = [*VEENSTROOM, UnitHeads(6, 2, "Meters", 300)]
    assert told(groups_of(new, 100, kept)) == {
        "Field operations": 236,
        "Customer, Grid planning": 520,
        "Staff, Technology": 164,
    }
    elsewhere = [*VEENSTROOM, UnitHeads(6, None, "Meters", 300)]
    assert told(groups_of(elsewhere, 100, kept)) == {
        "Field operations": 236,
        "Customer, Grid planning": 220,
        "Meters, Staff, Technology": 464,
    }
    assert told(groups_of(elsewhere, 100))["Meters"] == 300


@pytest.mark.parametrize(
    ("new", "joined"),
    [
        (UnitHeads(9, 2, "North B", 9), {2, 9}),
        (UnitHeads(9, 3, "North A1", 9), {3, 9}),
        (UnitHeads(9, 4, "South C", 9), {6, 9}),
        (UnitHeads(9, 1, "West", 9), {7, 9}),
        (UnitHeads(9, 77, "Nowhere", 9), {7, 9}),
        (UnitHeads(1, None, "Company", 9), {7, 1}),
        (UnitHeads(0, None, "", 9), {7, 0}),
    ],
)
def test_a_new_unit_joins_the_nearest_group_and_of_several_the_smallest(new, joined):
    kept = ids_of(groups_of(NORTH, 100))
    assert kept == {frozenset({id_}) for id_ in (2, 3, 5, 6, 7)}
    units = [unit for unit in NORTH if unit.id != new.id]
    assert joined in ids_of(groups_of([*units, new], 100, kept))


def test_a_group_that_everybody_left_changes_no_other():
    kept = ids_of(groups_of(NORTH, 100))
    units = [unit for unit in NORTH if unit.id != 5]
    for gone in (units, [*units, UnitHeads(5, 4, "South A", 0)]):
        assert ids_of(groups_of(gone, 100, kept)) == kept - {frozenset({5})}


def test_groups_kept_that_have_units_in_common_are_one():
    kept = [{2, 3}, {5}, {6, 7}, {3, 5}]
    groups = groups_of(NORTH, 100, [frozenset(ids) for ids in kept])
    assert ids_of(groups) == {frozenset({2, 3, 5}), frozenset({6, 7})}


def test_a_group_that_became_too_small_joins_another_as_a_whole():
    kept = ids_of(groups_of(VEENSTROOM, 100))
    left = [
        UnitHeads(unit.id, None, unit.name, unit.heads - 40 * (unit.id in {4, 5}))
        for unit in VEENSTROOM
    ]
    assert told(groups_of(left, 100, kept)) == {
        "Customer, Grid planning, Staff, 1": 304,
        "Field operations": 236,
    }


def test_a_unit_that_is_gone_leaves_the_key_as_it_was():
    kept = {frozenset({1, 2}), frozenset({3, 4, 5})}
    before = groups_of(VEENSTROOM, 100, kept)
    after = groups_of([unit for unit in VEENSTROOM if unit.id != 5], 100, kept)
    assert {group.key for group in before} == {group.key for group in after}
    assert told(after) == {
        "Customer, Field operations": 360,
        "Grid planning, Technology": 184,
    }
