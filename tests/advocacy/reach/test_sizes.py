"""What a whole year costs, and so what it promises, by the size of an organisation."""

from fractions import Fraction
from itertools import product

import pytest

from advocacy.reach.ledger import best_guess
from advocacy.reach.sizes import YearCosts, year_costs
from advocacy.reach.tables import YEARLY_LIMIT, Size

LARGE = Fraction(12, 64) + Fraction(4, 36)  # without its weeks


@pytest.mark.parametrize(
    ("size", "year", "cost", "percent"),
    [
        (Size.SMALL, 2026, Fraction(4, 9), 63.06),
        (Size.MEDIUM, 2026, Fraction(12, 36) + Fraction(4, 25), 63.73),
        (Size.LARGE, 2026, Fraction(52, 196) + LARGE, 64.63),
        (Size.LARGE, 2024, Fraction(53, 196) + LARGE, 64.70),
        (Size.LARGE, 2029, Fraction(53, 196) + LARGE, 64.70),
    ],
)
def test_taking_part_for_a_year_costs_what_was_promised(size, year, cost, percent):
    costs = year_costs(size, year)
    assert costs.taking_part == cost <= YEARLY_LIMIT
    assert round(100 * best_guess(costs.taking_part), 2) == percent


@pytest.mark.parametrize(
    ("size", "visits", "with_items"),
    [(Size.SMALL, 69.1, 69.1), (Size.MEDIUM, 82.3, 93.1), (Size.LARGE, 97.1, 98.7)],
)
def test_somebody_at_every_cap_all_year_is_known_if_all_others_tell(
    size, visits, with_items
):
    costs = year_costs(size, 2026)
    assert round(100 * best_guess(costs.visits), 1) == visits
    assert round(100 * best_guess(costs.visits + costs.items), 1) == with_items


def test_a_small_organisation_has_no_items():
    assert year_costs(Size.SMALL, 2026) == YearCosts(
        Fraction(4, 9), Fraction(1), Fraction(0)
    )


def test_a_year_in_which_the_size_changes_every_quarter_stays_below_the_limit():
    """A quarter of any size costs at most 0.1461, also one that has 14 Mondays."""
    dearest = {
        Size.SMALL: Fraction(1, 9),
        Size.MEDIUM: Fraction(3, 36) + Fraction(1, 25),
        Size.LARGE: Fraction(14, 196) + Fraction(3, 64) + Fraction(1, 36),
    }
    costs = [sum(year, Fraction(0)) for year in product(dearest.values(), repeat=4)]
    assert round(float(max(costs)), 3) == 0.584
    assert max(costs) < YEARLY_LIMIT
