"""The one place that adds up and draws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.reach.drawing import drawn, noisy_sum
from advocacy.reach.gaussian import discrete_gaussian
from advocacy.reach.models import Metric
from advocacy.reach.tables import TABLES, Measure
from tests.advocacy.reach.conftest import SeededCoin

SHARERS = TABLES["unit"].measure(Metric.SHARERS)
CLICKS = TABLES["unit-clicks"].measure(Metric.CLICKS)


def noise(measure, seed, draws):
    coin = SeededCoin(seed)
    return [discrete_gaussian(measure.sigma, coin) for _ in range(draws)]


def test_each_group_gets_one_draw_also_when_nobody_adds_anything():
    first, second, third = noise(SHARERS, 5, 3)
    amounts = {"a": [1] * 40, "b": [], "c": iter([1, 1])}
    assert drawn(amounts, SHARERS, SeededCoin(5)) == {
        "a": 40 + first,
        "b": second,
        "c": 2 + third,
    }


def test_groups_are_drawn_in_the_order_of_their_keys():
    amounts = {"a": [1], "b": [1, 1], "c": []}
    turned = dict(reversed(amounts.items()))
    one, other = (drawn(each, SHARERS, SeededCoin(8)) for each in (amounts, turned))
    assert list(one.items()) == list(other.items())


@given(st.lists(st.integers(0, 10_000), max_size=30), st.integers(0, 2**32))
def test_nobody_adds_more_than_the_noise_is_made_for(amounts, seed):
    capped = [min(amount, 40) for amount in amounts]
    assert (
        noisy_sum(amounts, CLICKS, SeededCoin(seed))
        == sum(capped) + (noise(CLICKS, seed, 1)[0])
    )


@pytest.mark.parametrize("sigma", [0, -3])
def test_without_noise_there_is_no_sum(sigma):
    with pytest.raises(ValueError, match="whole sigma above 0"):
        drawn({"a": [1]}, Measure(Metric.SHARERS, 1, sigma, 5), SeededCoin(1))
