"""Attacks on a single figure, which must not do better than promised (privacy.md 1.7).

The coin is seeded here, so a run says the same every time; in production it is `secrets`.
"""

from statistics import NormalDist

import pytest

from advocacy.reach.display import shown
from advocacy.reach.models import Metric
from advocacy.reach.release import noisy_sum
from advocacy.reach.tables import BY_HEADS
from tests.advocacy.reach.conftest import SeededCoin

TRIALS = 4000
TABLES = [table for _, table in BY_HEADS]


def bound(shift, sigma):
    """How often the best possible guess is right, 0.5 for a coin."""
    return NormalDist().cdf(shift / (2 * sigma))


def accuracy(measure, others, targets_part, *, published=False):
    """How often somebody who knows what all others add tells whether the target did."""
    coin = SeededCoin(20261101)
    right = 0
    for trial in range(TRIALS):
        secret = trial % 2
        amounts = others + ([targets_part] if secret else [])
        seen = noisy_sum(amounts, measure, coin)
        if published:
            value = shown(measure.metric, seen, measure.margin).value
            seen = 0 if value is None else value
        guess = seen - sum(others) > targets_part / 2
        right += guess == bool(secret)
    return right / TRIALS


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("published", [False, True])
def test_a1_who_knows_all_but_one_hardly_learns_about_that_one(table, published):
    measure = table.measure(Metric.SHARERS)
    limit = bound(1, measure.sigma) + 0.02
    assert accuracy(measure, [1] * 79, 1, published=published) <= limit


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("others", [0, 199])
def test_a12_that_all_shared_or_none_gives_nobody_away(table, others):
    measure = table.measure(Metric.SHARERS)
    limit = bound(1, measure.sigma) + 0.02
    assert accuracy(measure, [1] * others, 1) <= limit


@pytest.mark.parametrize("table", TABLES)
def test_a17_all_but_one_handing_over_their_visits_hardly_expose_that_one(table):
    measure = table.measure(Metric.CLICKS)
    limit = bound(measure.cap, measure.sigma) + 0.02
    assert limit <= 0.62
    assert accuracy(measure, [measure.cap] * 20, measure.cap) <= limit


def test_the_attack_would_work_on_exact_sums():
    """The control: with hardly any noise the same attacker is nearly always right."""

    class Still:
        metric, sigma, margin = Metric.SHARERS, 1, 2

    assert accuracy(Still, [10] * 20, 10) > 0.99
