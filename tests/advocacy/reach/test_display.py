"""What is shown follows from the noisy value alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.reach.display import Shown, shown
from advocacy.reach.models import Metric

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


@given(st.sampled_from(Metric), NOISY, NOISY, MARGIN)
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
