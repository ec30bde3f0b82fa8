"""What is shown follows from the noisy value alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.reach.apportion import to_the_nearest
from advocacy.reach.display import (
    Shown,
    heads_shown,
    item_shown,
    margin_of,
    shown,
    shown_values,
)
from advocacy.reach.groups import groups_of, totals_over
from advocacy.reach.models import Metric
from advocacy.reach.tables import TABLES
from tests.advocacy.reach.test_gaussian import exact
from tests.advocacy.reach.unit_trees import parts_of, trees

NOISY = st.integers(-5000, 5000)
MARGIN = st.sampled_from([6, 12, 28, 80, 120, 160])


@given(NOISY, MARGIN)
def test_sharers_go_to_the_nearest_five_and_never_below_none(noisy, margin):
    figure = shown(Metric.SHARERS, noisy, margin)
    assert figure.value % 5 == 0
    assert figure.value >= 0
    assert abs(figure.value - max(0, noisy)) <= 2
    assert figure.margin == margin


@given(NOISY, MARGIN)
def test_visits_below_the_margin_are_not_shown(noisy, margin):
    figure = shown(Metric.CLICKS, noisy, margin)
    assert (figure.value is None) == (noisy < margin)
    if figure.value is not None:
        assert figure.value % 10 == 0
        assert abs(figure.value - noisy) <= 5


@given(st.sampled_from([Metric.SHARERS, Metric.CLICKS]), NOISY, NOISY, MARGIN)
def test_a_larger_noisy_value_never_shows_less(metric, one, other, margin):
    low, high = sorted((one, other))
    below, above = shown(metric, low, margin).value, shown(metric, high, margin).value
    assert (below or 0) <= (above or 0)


@pytest.mark.parametrize(
    ("metric", "noisy", "margin", "value"),
    [
        (Metric.SHARERS, -4, 12, 0),
        (Metric.SHARERS, 2, 12, 0),
        (Metric.SHARERS, 3, 12, 5),
        (Metric.SHARERS, 81, 12, 80),
        (Metric.CLICKS, 159, 160, None),
        (Metric.CLICKS, 160, 160, 160),
        (Metric.CLICKS, 887, 160, 890),
    ],
)
def test_examples(metric, noisy, margin, value):
    assert shown(metric, noisy, margin) == Shown(value, margin)


UNIT, UNIT_CLICKS = TABLES["unit"], TABLES["unit-clicks"]
SHARERS, CLICKS = UNIT.measure(Metric.SHARERS), UNIT_CLICKS.measure(Metric.CLICKS)


def the_whole(*keys):
    return {"organisation": keys}


def test_sharers_of_units_add_up_to_the_organisation():
    shown = shown_values(
        UNIT, SHARERS, {"a": 27, "b": 14, "c": 22}, the_whole("a", "b", "c")
    )
    assert shown == {"a": 30, "b": 15, "c": 20, "organisation": 65}


def test_a_part_below_zero_is_taken_from_the_others():
    tree = the_whole("a", "b", "c")
    shown = shown_values(UNIT, SHARERS, {"a": -3, "b": 12, "c": 41}, tree)
    assert shown == {"a": 0, "b": 10, "c": 40, "organisation": 50}
    shown = shown_values(UNIT, SHARERS, {"a": -4, "b": -1, "c": 2}, tree)
    assert shown == {"a": 0, "b": 0, "c": 0, "organisation": 0}


@pytest.mark.parametrize(
    ("noisy", "value"), [(-50, None), (239, None), (240, 240), (245, 250)]
)
def test_visits_of_one_group_are_shown_from_two_sigmas_on(noisy, value):
    assert shown_values(UNIT_CLICKS, CLICKS, {"organisation": noisy}, {}) == {
        "organisation": value
    }


@pytest.mark.parametrize(("second", "whole"), [(99, None), (100, 340)])
def test_visits_of_two_groups_together_are_shown_from_their_own_margin_on(
    second, whole
):
    """Two draws spread √2 as far: 339.4 for sigma 120."""
    shown = shown_values(
        UNIT_CLICKS, CLICKS, {"a": 240, "b": second}, the_whole("a", "b")
    )
    assert shown == {"a": 240, "b": None, "organisation": whole}


def test_visits_that_others_below_zero_use_up_are_not_shown():
    shown = shown_values(
        UNIT_CLICKS, CLICKS, {"a": 250, "b": -200, "c": 900}, the_whole(*"abc")
    )
    assert shown == {"a": None, "b": None, "c": 800, "organisation": 950}


def test_a_total_drawn_below_its_margin_is_not_shown_whatever_others_give_up():
    part = {"ab": ("a", "b")}
    shown = shown_values(
        UNIT_CLICKS, CLICKS, {"a": 600, "b": -300, "c": 900}, the_whole(*"abc") | part
    )
    assert shown == {"a": 450, "b": None, "c": 750, "ab": None, "organisation": 1200}


@given(trees(), st.data())
def test_what_is_shown_of_a_tree_adds_up_and_keeps_to_the_rules(units, data):
    groups = groups_of(units, 100)
    tree = totals_over(units, groups)
    noisy = {group.key: data.draw(st.integers(-400, 900)) for group in groups}
    sharers = shown_values(UNIT, SHARERS, noisy, parts_of(tree))
    clicks = shown_values(UNIT_CLICKS, CLICKS, noisy, parts_of(tree))
    assert sharers.keys() == clicks.keys()
    assert all(value % 5 == 0 and value >= 0 for value in sharers.values())
    for total in tree:
        whole = sharers[total.group.key]
        assert whole == sum(sharers[key] for key in total.parts)
        parts = [clicks[key] for key in total.parts]
        if None not in parts and clicks[total.group.key] is not None:
            assert clicks[total.group.key] == sum(parts)
    for key, value in noisy.items():
        assert clicks[key] is None or clicks[key] >= 240
        assert clicks[key] is None or value >= 240


@given(trees(), st.data())
def test_which_visits_are_shown_follows_from_noisy_values_alone(units, data):
    groups = groups_of(units, 100)
    tree = totals_over(units, groups)
    noisy = {group.key: data.draw(st.integers(0, 900)) for group in groups}
    shown = shown_values(UNIT_CLICKS, CLICKS, noisy, parts_of(tree))
    for total in tree:
        value = sum(noisy[key] for key in total.parts)
        missing = value < margin_of(120, len(total.parts))
        assert (shown[total.group.key] is None) == missing
    assert {key for key, value in shown.items() if value is None} >= {
        key for key, value in noisy.items() if value < 240
    }


@pytest.mark.parametrize(
    ("shares", "clicks", "seen"),
    [
        (-3, 500, (None, None)),
        (9, 500, (None, None)),
        (10, 500, (10, None)),
        (19, 500, (20, None)),
        (20, 59, (20, None)),
        (20, 60, (20, 60)),
        (128, 874, (130, 870)),
        (128, -5, (130, None)),
    ],
)
def test_of_an_item_shares_come_first_and_visits_after_twenty(shares, clicks, seen):
    assert item_shown(shares, clicks) == seen


def test_more_noise_shows_less_of_an_item():
    item = TABLES["item"]
    shares, clicks = item.measures
    louder = replace(
        item, measures=(replace(shares, sigma=8), replace(clicks, sigma=50))
    )
    assert item_shown(15, 80, louder) == (None, None)
    assert item_shown(20, 99, louder) == (20, None)
    assert item_shown(20, 100, louder) == (20, 100)


def test_the_figures_of_an_item_are_not_shown_one_by_one():
    item = TABLES["item"]
    with pytest.raises(ValueError, match="item_shown"):
        shown_values(item, item.measures[0], {"item-1": 30}, {})


@pytest.mark.parametrize("sigma", [1, 3, 5, 14, 120])
def test_the_margin_of_a_sum_is_the_whole_number_above_two_sigmas(sigma):
    assert margin_of(sigma, 1) == 2 * sigma
    assert margin_of(sigma, 4) == 4 * sigma
    for parts in range(1, 50):
        margin = margin_of(sigma, parts)
        assert (margin - 1) ** 2 < 4 * sigma * sigma * parts <= margin**2


@pytest.mark.parametrize(
    ("heads", "told"), [(25, 30), (104, 100), (620, 620), (621, 620), (2345, 2350)]
)
def test_colleagues_are_told_to_the_nearest_ten(heads, told):
    assert heads_shown(heads) == told


MEASURES = [
    (table, measure)
    for table in TABLES.values()
    for measure in table.measures
    if table.published
]


@pytest.mark.parametrize(
    ("table", "measure"), MEASURES, ids=[f"{t.name}-{m.metric}" for t, m in MEASURES]
)
def test_the_margin_holds_95_times_in_100_rounding_included(table, measure):
    """Every draw by its exact probability, over all true values of one step."""
    draws = exact(measure.sigma)
    true_values = range(50 * measure.sigma, 50 * measure.sigma + measure.step)
    held = [
        sum(
            probability
            for draw, probability in draws.items()
            if abs(to_the_nearest(true + draw, measure.step) - true) <= measure.margin
        )
        for true in true_values
    ]
    assert sum(held) / len(held) >= 0.95
    assert min(held) >= 0.90
