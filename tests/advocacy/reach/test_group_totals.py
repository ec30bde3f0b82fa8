"""Larger parts of an organisation are sums of whole groups."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from advocacy.reach.groups import UnitHeads, groups_of, totals_over
from tests.advocacy.reach.unit_trees import (
    FLOORS,
    NORTH,
    ids_of,
    trees,
)


def test_parts_of_parts_add_up():
    units = [
        UnitHeads(1, None, "Company", 0),
        UnitHeads(2, 1, "North", 100),
        UnitHeads(3, 2, "North A", 100),
        UnitHeads(4, 1, "South", 0),
        UnitHeads(5, 4, "South A", 200),
        UnitHeads(6, 4, "South B", 200),
        UnitHeads(7, 6, "South B1", 300),
    ]
    totals = totals_over(units, groups_of(units, 100))
    named = {
        total.group.name: (total.group.heads, len(total.parts)) for total in totals
    }
    assert named == {
        "": (900, 5),
        "South": (700, 3),
        "South B": (500, 2),
        "North": (200, 2),
    }


@given(trees(most=9), st.sampled_from(FLOORS))
def test_no_sums_of_published_groups_differ_by_fewer_than_the_floor(units, floor):
    heads = {unit.id: unit.heads for unit in units}
    groups = groups_of(units, floor)
    published = {group.unit_ids for group in groups}
    published |= {total.group.unit_ids for total in totals_over(units, groups)}
    for one, other in combinations(published, 2):
        for rest in (one - other, other - one, one | other, one & other):
            assert sum(heads[id_] for id_ in rest) not in range(1, floor)


@given(trees(), st.sampled_from(FLOORS))
def test_totals_are_nested_or_apart_and_add_up(units, floor):
    groups = {group.key: group for group in groups_of(units, floor)}
    totals = totals_over(units, list(groups.values()))
    for total in totals:
        assert total.group.heads == sum(groups[key].heads for key in total.parts)
        assert len(total.parts) > 1
    for one, other in combinations([set(total.parts) for total in totals], 2):
        assert one < other or other < one or not one & other
    if len(groups) > 1:
        assert totals[0].group.key == "organisation"
        assert set(totals[0].parts) == set(groups)


def test_a_unit_that_shares_a_group_with_another_has_no_total():
    kept = [frozenset(ids) for ids in ({2}, {3, 5}, {6}, {7})]
    groups = groups_of(NORTH, 100, kept)
    assert ids_of(groups) == set(kept)
    assert [total.group.key for total in totals_over(NORTH, groups)] == ["organisation"]
