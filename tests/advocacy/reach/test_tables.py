"""The numbers of privacy.md 1.5. Who changes one must change this test, and say why."""

from fractions import Fraction

import pytest

from advocacy.reach.ledger import best_guess, cost
from advocacy.reach.models import Metric
from advocacy.reach.tables import (
    BY_HEADS,
    METHOD_VERSION,
    YEARLY_LIMIT,
    Rhythm,
    table_for,
)

A_YEAR = {Rhythm.WEEK: 53, Rhythm.MONTH: 12, Rhythm.QUARTER: 4}


def test_the_promise_is_what_the_works_council_agreed_to():
    assert METHOD_VERSION == 1
    assert Fraction(6, 10) == YEARLY_LIMIT
    told = {
        table.name: (
            least,
            table.rhythm,
            table.floor,
            *((m.metric, m.cap, m.sigma, m.margin) for m in table.measures),
        )
        for least, table in BY_HEADS
    }
    s, c = Metric.SHARERS, Metric.CLICKS
    assert told == {
        "organisation-small": (25, "quarter", 25, (s, 1, 3, 6), (c, 30, 60, 120)),
        "organisation": (200, "month", 25, (s, 1, 6, 12), (c, 40, 80, 160)),
        "organisation-large": (2000, "week", 25, (s, 1, 14, 28), (c, 20, 40, 80)),
    }


@pytest.mark.parametrize(
    ("heads", "name"),
    [
        (0, None),
        (24, None),
        (25, "organisation-small"),
        (199, "organisation-small"),
        (200, "organisation"),
        (1999, "organisation"),
        (2000, "organisation-large"),
    ],
)
def test_the_table_follows_from_the_number_of_colleagues(heads, name):
    table = table_for(heads)
    assert (table.name if table else None) == name


@pytest.mark.parametrize("table", [table for _, table in BY_HEADS])
def test_a_whole_year_of_any_table_fits_the_limit(table):
    sharers = table.measure(Metric.SHARERS)
    assert A_YEAR[table.rhythm] * cost(sharers.sigma) <= YEARLY_LIMIT


@pytest.mark.parametrize("table", [table for _, table in BY_HEADS])
def test_noise_is_at_least_twice_what_one_person_can_add(table):
    assert all(measure.sigma >= 2 * measure.cap for measure in table.measures)


def test_at_the_limit_a_reader_of_everything_guesses_65_times_in_100():
    assert round(100 * best_guess(YEARLY_LIMIT)) == 65
    assert best_guess(Fraction(0)) == 0.5
