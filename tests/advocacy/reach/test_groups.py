"""Groups follow from numbers of colleagues alone, and none is too small."""

import hashlib
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.reach.groups import UnitHeads, divisions_of, groups_of, totals_over
from tests.advocacy.reach.unit_trees import (
    FLOORS,
    VEENSTROOM,
    told,
    trees,
)


def test_the_sample_organisation_reads_about_three_groups():
    groups = groups_of(VEENSTROOM, 100)
    assert told(groups) == {
        "Field operations": 236,
        "Customer, Grid planning": 220,
        "Staff, Technology": 164,
    }
    (total,) = totals_over(VEENSTROOM, groups)
    assert (total.group.key, total.group.name) == ("organisation", "")
    assert total.group.heads == 620
    assert set(total.parts) == {group.key for group in groups}


def test_what_is_too_small_beside_nothing_goes_by_its_parents_name():
    units = [
        UnitHeads(1, None, "Grid", 300),
        UnitHeads(2, 1, "Lines", 0),
        UnitHeads(3, 2, "High", 3),
        UnitHeads(4, 2, "Middle", 8),
        UnitHeads(5, 2, "Low", 99),
    ]
    assert told(groups_of(units, 100)) == {"Lines": 110, "Grid": 300}


def test_a_unit_of_nothing_but_one_part_is_that_part():
    units = [
        UnitHeads(1, None, "Grid", 300),
        UnitHeads(2, 1, "Lines", 0),
        UnitHeads(3, 2, "High", 110),
    ]
    groups = groups_of(units, 100)
    assert told(groups) == {"High": 110, "Grid": 300}
    assert [total.group.key for total in totals_over(units, groups)] == ["organisation"]


def test_one_short_of_the_floor_joins_whoever_is_beside_it():
    units = [UnitHeads(1, None, "Small", 99), UnitHeads(2, None, "Large", 400)]
    assert told(groups_of(units, 100)) == {"": 499}
    units.append(UnitHeads(3, None, "Larger", 401))
    assert told(groups_of(units, 100)) == {"Large, Small": 499, "Larger": 401}


def test_one_person_above_others_is_never_a_difference_of_figures():
    """Why an import of units accepts a parent with one person of its own."""
    units = [
        UnitHeads(1, None, "Grid", 1),
        UnitHeads(2, 1, "High", 150),
        UnitHeads(3, 1, "Low", 160),
    ]
    groups = groups_of(units, 100)
    assert told(groups) == {"Grid, High": 151, "Low": 160}
    (total,) = totals_over(units, groups)
    assert total.parts == tuple(group.key for group in groups)


def test_a_small_unit_joins_a_sibling_before_a_group_deeper_down():
    units = [
        UnitHeads(1, None, "Division", 0),
        UnitHeads(2, 1, "A", 150),
        UnitHeads(3, 1, "B", 160),
        UnitHeads(4, None, "C", 900),
        UnitHeads(5, None, "Small", 20),
    ]
    assert told(groups_of(units, 100)) == {"A": 150, "B": 160, "C, Small": 920}
    assert told(groups_of(units[:3] + units[4:], 100)) == {"A, Small": 170, "B": 160}


def test_a_division_too_small_for_a_group_goes_up_as_one():
    units = [
        UnitHeads(1, None, "Top", 5),
        UnitHeads(2, 1, "Division", 10),
        UnitHeads(3, 2, "A", 30),
        UnitHeads(4, 2, "B", 30),
        UnitHeads(5, 1, "Other", 400),
        UnitHeads(6, 1, "Last", 40),
    ]
    groups = groups_of(units, 100)
    assert told(groups) == {"Division, Last, Top": 115, "Other": 400}


def test_colleagues_without_a_unit_are_with_the_smallest():
    units = [*VEENSTROOM, UnitHeads(0, None, "", 12)]
    (mine,) = [group for group in groups_of(units, 100) if 0 in group.unit_ids]
    assert (mine.unit_ids, mine.heads) == ({0, 4, 5}, 176)
    assert mine.name == "Staff\nTechnology"


def test_below_the_floor_there_are_no_groups():
    assert groups_of([UnitHeads(1, None, "All", 99)], 100) == ()
    assert groups_of([], 100) == ()
    assert divisions_of(VEENSTROOM, 621) == ()


def test_a_circle_is_refused():
    circle = [UnitHeads(1, 2, "A", 100), UnitHeads(2, 1, "B", 100)]
    with pytest.raises(ValueError, match="cycle"):
        groups_of(circle, 100)


def test_more_than_three_units_are_named_by_three_and_a_number():
    units = [UnitHeads(n, None, name, 20) for n, name in enumerate("fedcba", start=1)]
    units.append(UnitHeads(7, None, "Rest", 300))
    assert told(groups_of(units, 120)) == {"a, b, c, 3": 120, "Rest": 300}


def test_divisions_are_whole_whatever_is_in_them():
    units = [
        UnitHeads(1, None, "Company", 30),
        UnitHeads(2, 1, "North", 10),
        UnitHeads(3, 2, "North A", 300),
        UnitHeads(4, 2, "North B", 300),
        UnitHeads(5, 1, "South", 700),
        UnitHeads(6, 1, "East", 400),
    ]
    groups = divisions_of(units, 500)
    assert told(groups) == {"Company, East, North": 1040, "South": 700}
    (total,) = totals_over(units, groups)
    assert total.group.key == "organisation"


def test_the_same_units_have_the_same_key_in_any_year():
    larger = [
        UnitHeads(unit.id, unit.parent_id, unit.name + "!", unit.heads + 2)
        for unit in VEENSTROOM
    ]
    before, after = groups_of(VEENSTROOM, 100), groups_of(larger, 100)
    assert [group.key for group in before] == [group.key for group in after]
    assert all(len(group.key) == 17 for group in before)


def test_a_key_is_made_of_the_units_numbers_in_their_order():
    units = [UnitHeads(8, None, "A", 60), UnitHeads(1, None, "B", 60)]
    units.append(UnitHeads(3, None, "C", 130))
    of_two, of_one = (hashlib.sha256(ids).hexdigest()[:16] for ids in (b"1,8", b"3"))
    assert {group.key for group in groups_of(units, 100)} == {
        f"g{of_two}",
        f"g{of_one}",
    }


@given(trees(), st.sampled_from(FLOORS))
@settings(max_examples=300)
def test_groups_are_a_partition_and_none_is_too_small(units, floor):
    groups = groups_of(units, floor)
    everybody = sum(unit.heads for unit in units)
    assert bool(groups) == (everybody >= floor)
    if not groups:
        return
    assert sum(group.heads for group in groups) == everybody
    assert min(group.heads for group in groups) >= floor
    listed = [id_ for group in groups for id_ in group.unit_ids]
    assert sorted(listed) == [unit.id for unit in units if unit.heads]


@given(trees(), st.sampled_from(FLOORS), st.randoms(use_true_random=False))
def test_the_order_of_units_makes_no_difference(units, floor, random):
    shuffled = random.sample(units, len(units))
    groups = groups_of(units, floor)
    assert groups_of(shuffled, floor) == groups
    assert totals_over(shuffled, groups) == totals_over(units, groups)
    assert divisions_of(shuffled, floor) == divisions_of(units, floor)


@given(trees(), st.sampled_from(FLOORS))
def test_divisions_hold_whole_children_of_the_root(units, floor):
    groups = divisions_of(units, floor)
    tops = [unit.id for unit in units if unit.id and unit.parent_id is None]
    root = tops[0] if len(tops) == 1 else None
    parents = {unit.id: unit.parent_id for unit in units}

    def division(id_):
        while parents[id_] not in {None, root}:
            id_ = parents[id_]
        return id_

    for one, other in combinations([unit.id for unit in units if unit.heads], 2):
        if groups and root not in {one, other} and division(one) == division(other):
            assert any({one, other} <= group.unit_ids for group in groups)


@given(trees())
def test_a_name_is_up_to_three_units_in_alphabetical_order(units):
    groups = groups_of(units, 100)
    names = {unit.name for unit in units}
    for group in groups:
        *listed, last = group.name.split("\n")
        listed += [last] if last and not last.isdigit() else []
        assert set(listed) <= names
        assert listed == sorted(listed, key=str.casefold)
        assert len(listed) <= 3
