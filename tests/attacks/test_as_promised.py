"""Noise that is a little wider than was promised is found, and the promised one is not."""

from random import Random

import pytest

from advocacy.reach import drawing
from advocacy.reach.gaussian import discrete_gaussian
from tests.attacks.as_promised import differ, more_than, of_other_noise
from tests.attacks.lengths import Lengths
from tests.attacks.useful_items import PROMISED as ITEMS
from tests.attacks.useful_items import useful_items
from tests.attacks.utility import PROMISES, useful_figures

LENGTHS = Lengths(useful_years=8)


def errors(sigma, number, seed):
    chance = Random(seed)  # noqa: S311
    return [abs(round(chance.gauss(0, sigma))) / 100 for _ in range(number)]


@pytest.mark.parametrize("seed", range(20))
def test_the_same_noise_is_found_the_same(seed):
    assert not of_other_noise(errors(10, 1_000, f"a{seed}"), errors(10, 9_000, seed))


@pytest.mark.parametrize("sigma", [7, 13])
def test_wider_and_narrower_noise_is_found(sigma):
    assert of_other_noise(errors(sigma, 1_000, "a"), errors(10, 9_000, "b"))


def test_shares_differ_by_more_than_chance_or_not():
    assert not differ(50, 100, 55, 100)
    assert differ(20, 100, 60, 100)
    assert not differ(100, 100, 100, 100)


def test_a_promise_is_passed_only_beyond_rounding_and_chance():
    found = errors(10, 2_000, "a")  # the median is 7 per cent
    assert not more_than(found, 7, 0.5)
    assert not more_than(found, None, 0.5)
    assert more_than(found, 5, 0.5)
    assert not more_than(found, 16, 0.9)
    assert more_than(found, 13, 0.9)


def useful(monkeypatch, wider):
    """Some figures, with noise that is so much wider than the release's own."""
    monkeypatch.setattr("tests.attacks.utility.PROMISES", PROMISES[2:4])
    monkeypatch.setattr("tests.attacks.useful_items.PROMISED", {500: ITEMS[500]})
    monkeypatch.setattr(
        drawing,
        "discrete_gaussian",
        lambda sigma, coin: discrete_gaussian(round(wider * sigma), coin),
    )
    return [*useful_figures(LENGTHS), *useful_items(LENGTHS)]


def test_the_release_draws_the_promised_noise(monkeypatch):
    assert [one.far_off for one in useful(monkeypatch, 1)] == [False] * 3


def test_a_third_more_noise_is_far_off(monkeypatch):
    assert [one.far_off for one in useful(monkeypatch, 4 / 3)] == [True] * 3
