"""Rounded parts make up their rounded whole, on every level."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.reach.adding_up import rounded_tree
from advocacy.reach.apportion import add_up, never_below_zero, to_the_nearest
from advocacy.reach.groups import groups_of, totals_over
from tests.advocacy.reach.unit_trees import parts_of, trees

NOISY = st.lists(st.integers(-60, 400), min_size=1, max_size=12)
STEP = st.sampled_from([1, 5, 10, 1000])


def test_the_largest_remainders_are_rounded_up():
    """27, 14 and 22 of 63: shown is 65, so two of the three go up."""
    assert to_the_nearest(63, 5) == 65
    assert add_up(65, [Fraction(27), Fraction(14), Fraction(22)], 5) == [30, 15, 20]


def test_of_equal_remainders_the_largest_part_goes_up_then_the_first():
    thirds = [Fraction(2), Fraction(22), Fraction(12)]
    assert add_up(35, thirds, 5) == [0, 25, 10]
    assert add_up(10, [Fraction(3), Fraction(3), Fraction(4)], 5) == [5, 0, 5]


def test_what_is_below_zero_is_taken_from_the_others():
    assert never_below_zero([-3, 12, 41]) == [0, Fraction(21, 2), Fraction(79, 2)]
    assert never_below_zero([-4, -1]) == [0, 0]
    assert never_below_zero([-10, 1, 50]) == [0, 0, 41]
    assert never_below_zero([5, -5]) == [0, 0]
    assert never_below_zero([]) == []


@pytest.mark.parametrize(("total", "step"), [(20, 5), (35, 5), (31, 5), (-5, 5)])
def test_a_total_of_something_else_is_refused(total, step):
    with pytest.raises(ValueError, match="not that of the parts"):
        add_up(total, [Fraction(12), Fraction(15)], step)


@given(NOISY)
def test_the_sum_stays_and_nothing_is_below_zero(noisy):
    raised = never_below_zero(noisy)
    assert sum(raised) == max(0, sum(noisy))
    assert min(raised) >= 0
    each = list(zip(noisy, raised, strict=True))
    given_up = max(before - after for before, after in each)
    assert all(after == max(0, before - max(0, given_up)) for before, after in each)


@given(NOISY, st.randoms(use_true_random=False))
def test_no_values_of_the_same_sum_are_nearer(noisy, random):
    """Moving a little from any part to any other makes the distance larger."""
    raised = never_below_zero(noisy)
    if sum(noisy) <= 0:
        return

    def distance(values):
        return sum((one - other) ** 2 for one, other in zip(values, noisy, strict=True))

    for _ in range(10):
        give, take = random.randrange(len(noisy)), random.randrange(len(noisy))
        little = min(raised[give], Fraction(1, 100))
        moved = list(raised)
        moved[give] -= little
        moved[take] += little
        assert distance(moved) >= distance(raised)


@given(NOISY, STEP)
def test_rounded_parts_make_up_the_rounded_whole(noisy, step):
    raised = never_below_zero(noisy)
    total = to_the_nearest(sum(raised), step)
    rounded = add_up(total, raised, step)
    assert sum(rounded) == total
    for part, exact in zip(rounded, raised, strict=True):
        assert part % step == 0
        assert part >= 0
        assert abs(part - exact) < step
        assert part == exact or exact % step


@given(trees(), STEP, st.data())
def test_so_they_do_all_over_a_tree(units, step, data):
    groups = groups_of(units, 100)
    tree = totals_over(units, groups)
    noisy = {group.key: data.draw(st.integers(-30, 200)) for group in groups}
    rounded = rounded_tree(noisy, parts_of(tree), step)
    assert rounded.keys() == noisy.keys() | {total.group.key for total in tree}
    for total in tree:
        whole = rounded[total.group.key]
        assert whole.value == sum(rounded[key].value for key in total.parts)
        assert whole.raised == sum(rounded[key].raised for key in total.parts)
        assert whole.noisy == sum(noisy[key] for key in total.parts)
        assert abs(whole.value - whole.raised) < step
    if tree:
        whole = rounded["organisation"]
        assert whole.value == to_the_nearest(max(0, sum(noisy.values())), step)


@given(trees(), st.data())
def test_the_order_of_groups_and_totals_makes_no_difference(units, data):
    groups = groups_of(units, 100)
    tree = totals_over(units, groups)
    noisy = {group.key: data.draw(st.integers(-30, 60)) for group in groups}
    turned = dict(reversed(noisy.items()))
    rounded = rounded_tree(noisy, parts_of(tree), 5)
    assert rounded_tree(turned, parts_of(tree[::-1]), 5) == rounded


def test_groups_without_a_total_over_them_are_rounded_each_by_itself():
    rounded = rounded_tree({"a": -3, "b": 12, "c": 13}, {}, 5)
    assert [rounded[key].value for key in "abc"] == [0, 10, 15]
