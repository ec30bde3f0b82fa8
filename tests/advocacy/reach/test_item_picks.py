"""At most four items a month count one person, and nobody can tell which four."""

import secrets

from hypothesis import given
from hypothesis import strategies as st

from advocacy.reach.item_picks import picked

KEY = bytes(range(32))
PEOPLE, ITEMS = st.integers(1, 9), st.integers(1, 12)
SHARED = st.dictionaries(PEOPLE, st.sets(ITEMS))
USED = st.dictionaries(PEOPLE, st.integers(0, 4))


def items_of(person, counted):
    return {item for item, people in counted.items() if person in people}


@given(SHARED, USED, st.binary(min_size=32, max_size=32))
def test_everybody_counts_for_as_many_as_are_left_of_four(shared, used, key):
    counted = picked(shared, used, key)
    for person, items in shared.items():
        mine = items_of(person, counted)
        assert mine <= items
        assert len(mine) == min(len(items), 4 - used.get(person, 0))
    assert counted.keys() == set().union(*shared.values())


def test_who_shared_four_or_fewer_counts_for_each():
    assert picked({1: {10, 11}, 2: {11}}, {}, KEY) == {10: {1}, 11: {1, 2}}
    assert picked({1: {10, 11}}, {1: 4}, KEY) == {10: set(), 11: set()}
    assert picked({}, {}, KEY) == {}


def test_a_month_with_more_used_than_four_counts_for_none():
    assert picked({1: {10, 11}}, {1: 5}, KEY) == {10: set(), 11: set()}


@given(SHARED, USED)
def test_the_same_key_picks_the_same_whatever_the_order(shared, used):
    turned = {person: set(items) for person, items in reversed(shared.items())}
    assert picked(turned, used, KEY) == picked(shared, used, KEY)


def test_what_others_shared_changes_nothing_about_ones_own():
    alone = picked({1: set(range(9))}, {}, KEY)
    among = picked({1: set(range(9)), 2: set(range(5, 20))}, {}, KEY)
    assert items_of(1, alone) == items_of(1, among)


def test_every_item_is_picked_about_equally_often():
    times = dict.fromkeys(range(8), 0)
    for _ in range(2000):
        for item, people in picked(
            {1: set(range(8))}, {}, secrets.token_bytes(32)
        ).items():
            times[item] += len(people)
    # Four of eight: 1,000 each, deviation 22.
    assert all(850 < number < 1150 for number in times.values())


def test_people_are_picked_for_apart_from_each_other():
    same = sum(
        items_of(1, counted) == items_of(2, counted)
        for number in range(500)
        for counted in [
            picked({1: set(range(8)), 2: set(range(8))}, {}, number.to_bytes(32))
        ]
    )
    assert same < 30  # 1 in 70 by chance
