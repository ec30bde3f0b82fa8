"""The noise has exactly the promised shape, and comes from the operating system."""

import ast
import inspect
import secrets
from collections import Counter
from math import exp

import pytest

from advocacy.reach import gaussian, release
from advocacy.reach.gaussian import discrete_gaussian
from tests.advocacy.reach.conftest import SeededCoin

DRAWS = 10_000


def exact(sigma, reach=12):
    """The probability of each whole number within `reach` sigmas."""
    weights = {
        x: exp(-x * x / (2 * sigma * sigma))
        for x in range(-reach * sigma, reach * sigma + 1)
    }
    total = sum(weights.values())
    return {x: weight / total for x, weight in weights.items()}


def chi_square(seen, expected):
    """Pearson's sum over cells that expect 10 or more, all others in one; and the cells."""
    rest_seen = rest_expected = total = cells = 0
    for x, probability in expected.items():
        if DRAWS * probability < 10:
            rest_seen += seen.get(x, 0)
            rest_expected += DRAWS * probability
            continue
        cells += 1
        total += (seen.get(x, 0) - DRAWS * probability) ** 2 / (DRAWS * probability)
    if rest_expected > 0:
        cells += 1
        total += (rest_seen - rest_expected) ** 2 / rest_expected
    return total, cells


@pytest.mark.parametrize("sigma", [1, 3, 5, 6, 8, 14, 30, 40, 60, 80, 120])
def test_draws_fit_the_exact_probabilities(sigma):
    coin = SeededCoin(sigma)
    seen = Counter(discrete_gaussian(sigma, coin) for _ in range(DRAWS))
    total, cells = chi_square(seen, exact(sigma))
    # Mean `cells - 1`, deviation sqrt(2 (cells - 1)): four deviations are one in 10,000.
    freedom = cells - 1
    assert total < freedom + 4 * (2 * freedom) ** 0.5
    spread = sum(x * x * times for x, times in seen.items()) / DRAWS
    assert abs(spread / sigma**2 - 1) < 4 * (2 / DRAWS) ** 0.5


def test_opendp_draws_fit_the_same_probabilities():
    """A second opinion on what is exact, where OpenDP happens to be installed."""
    opendp = pytest.importorskip("opendp.prelude")
    opendp.enable_features("contrib")
    domain = opendp.atom_domain(T=int), opendp.absolute_distance(T=int)
    draw = opendp.m.make_gaussian(*domain, scale=6.0)
    theirs = Counter(draw(0) for _ in range(DRAWS))
    total, cells = chi_square(theirs, exact(6))
    assert total < cells - 1 + 4 * (2 * (cells - 1)) ** 0.5


def test_draws_centre_on_nothing_and_spread_by_sigma():
    coin = SeededCoin(7)
    draws = [discrete_gaussian(6, coin) for _ in range(DRAWS)]
    assert abs(sum(draws) / DRAWS) < 0.2
    assert abs(sum(x * x for x in draws) / DRAWS - 36) < 1.5


@pytest.mark.parametrize("sigma", [0, -1, 2.5, "6", None, True])
def test_no_noise_and_part_noise_are_refused(sigma):
    with pytest.raises(ValueError, match="whole sigma above 0"):
        discrete_gaussian(sigma)


def test_in_production_the_randomness_is_the_operating_systems():
    assert inspect.signature(discrete_gaussian).parameters["coin"].default is secrets
    signature = inspect.signature(release.release_batch)
    assert signature.parameters["randomness"].default is secrets
    assert [discrete_gaussian(80) for _ in range(8)] != [
        discrete_gaussian(80) for _ in range(8)
    ]


def test_the_sampler_uses_no_floating_point_and_no_other_randomness():
    tree = ast.parse(inspect.getsource(gaussian))
    imported = {
        name.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert imported == {"secrets", "fractions", "typing"}
    numbers = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
    assert not any(isinstance(number, float) for number in numbers)
    assert "float(" not in inspect.getsource(gaussian)
