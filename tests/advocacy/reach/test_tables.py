"""The numbers of privacy.md 1.5. Who changes one must change this test, and say why."""

from fractions import Fraction

import pytest

from advocacy.reach import tables
from advocacy.reach.ledger import best_guess
from advocacy.reach.models import Metric
from advocacy.reach.tables import (
    PLAN,
    TABLES,
    Level,
    Rhythm,
    Size,
    method_digest,
    size_for,
)

S, C = Metric.SHARERS, Metric.CLICKS
ITEM = ("item", "item", "once", 100, True, (Metric.SHARES, 1, 3, 5), (C, 10, 30, 10))
IMPRESSIONS = (
    *("impressions", "organisation", "quarter", 25, False),
    (Metric.IMPRESSIONS, 6000, 12000, 1000),
)
AGREED = {
    "small": [
        (
            *("organisation-small", "organisation", "quarter", 25, True),
            *((S, 1, 3, 5), (C, 30, 60, 10)),
        ),
    ],
    "medium": [
        (
            *("organisation", "organisation", "month", 25, True),
            *((S, 1, 6, 5), (C, 40, 80, 10)),
        ),
        ("unit", "unit", "quarter", 100, True, (S, 1, 5, 5)),
        ("unit-clicks", "unit", "quarter", 250, True, (C, 40, 120, 10)),
        ITEM,
        IMPRESSIONS,
    ],
    "large": [
        (
            *("organisation-large", "organisation", "week", 25, True),
            *((S, 1, 14, 5), (C, 20, 40, 10)),
        ),
        (
            *("division", "division", "month", 500, True),
            *((S, 1, 8, 5), (C, 40, 120, 10)),
        ),
        ("unit-large", "unit", "quarter", 100, True, (S, 1, 6, 5)),
        ITEM,
        IMPRESSIONS,
    ],
}


def told(table):
    return (
        *(table.name, table.level, table.rhythm, table.floor, table.published),
        *((one.metric, one.cap, one.sigma, one.step) for one in table.measures),
    )


def test_the_promise_is_what_the_works_council_agreed_to():
    assert {size: [told(table) for table in PLAN[size]] for size in PLAN} == AGREED


def test_so_are_the_numbers_that_hold_for_all_tables():
    assert tables.METHOD_VERSION == 2
    assert Fraction(6, 10) == tables.YEARLY_LIMIT
    assert tables.MOST_EDITIONS == 2
    assert (tables.RELEASE_HOUR, tables.OPENING_HOUR) == (6, 7)
    assert (tables.ITEM_DAYS, tables.ITEMS_A_MONTH) == (28, 4)
    assert (tables.SHARES_SHOWN_FROM, tables.CLICKS_SHOWN_FROM) == (10, 20)
    assert tables.HEADS_STEP == 10


def test_the_digest_of_the_method_is_the_one_people_have_been_told():
    digest = "19d1a3cabdae9a861959a195a4c380ef535f93ecadd8781f31be383831b8f2fe"
    assert method_digest() == digest


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("METHOD_VERSION", 3),
        ("YEARLY_LIMIT", Fraction(61, 100)),
        ("MOST_EDITIONS", 3),
        ("OPENING_HOUR", 8),
        ("CLICKS_SHOWN_FROM", 19),
        ("HEADS_STEP", 1),
        ("SIZES", ((24, Size.SMALL), (200, Size.MEDIUM), (2000, Size.LARGE))),
        ("PLAN", {**PLAN, Size.SMALL: PLAN[Size.MEDIUM]}),
    ],
)
def test_the_digest_changes_with_every_number(monkeypatch, name, value):
    before = method_digest()
    monkeypatch.setattr(tables, name, value)
    assert method_digest() != before


def test_the_digest_is_the_same_for_equal_numbers(monkeypatch):
    before = method_digest()
    monkeypatch.setattr(tables, "PLAN", {size: PLAN[size] for size in reversed(Size)})
    assert method_digest() == before


@pytest.mark.parametrize(
    ("heads", "size"),
    [
        (0, None),
        (24, None),
        (25, Size.SMALL),
        (199, Size.SMALL),
        (200, Size.MEDIUM),
        (1999, Size.MEDIUM),
        (2000, Size.LARGE),
        (100_000, Size.LARGE),
    ],
)
def test_the_size_follows_from_the_number_of_colleagues(heads, size):
    assert size_for(heads) is size


def test_every_size_begins_with_the_organisation_as_a_whole():
    assert {plan[0].level for plan in PLAN.values()} == {Level.ORGANISATION}


def test_a_name_means_one_table():
    named = {}
    for table in (table for plan in PLAN.values() for table in plan):
        assert named.setdefault(table.name, table) == table
    assert named == TABLES


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_noise_is_at_least_twice_what_one_person_can_add(table):
    assert all(measure.sigma >= 2 * measure.cap for measure in table.measures)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_has_one_measure_of_a_metric_found_by_its_word(table):
    assert len({measure.metric for measure in table.measures}) == len(table.measures)
    for measure in table.measures:
        assert table.measure(measure.metric.value) is measure
        assert measure.margin == 2 * measure.sigma


def test_figures_of_parts_need_100_colleagues_and_their_visits_250():
    for table in TABLES.values():
        if table.level in {Level.UNIT, Level.DIVISION, Level.ITEM}:
            assert table.floor >= 100
        if table.level in {Level.UNIT, Level.DIVISION}:
            assert table.floor >= 250 or C not in {one.metric for one in table.measures}


def test_only_items_come_out_once():
    once = {table.name for table in TABLES.values() if table.rhythm is Rhythm.ONCE}
    assert once == {"item"}


def test_at_the_limit_a_reader_of_everything_guesses_65_times_in_100():
    assert round(100 * best_guess(tables.YEARLY_LIMIT)) == 65
    assert best_guess(Fraction(0)) == 0.5
