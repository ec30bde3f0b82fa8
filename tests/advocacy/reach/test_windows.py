"""Windows are whole weeks, months and quarters, and follow each other without a gap."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.reach.tables import Rhythm
from advocacy.reach.windows import Window, window_of


@pytest.mark.parametrize(
    ("rhythm", "day", "window"),
    [
        (Rhythm.MONTH, date(2026, 12, 31), Window(date(2026, 12, 1), date(2027, 1, 1))),
        (Rhythm.MONTH, date(2024, 2, 29), Window(date(2024, 2, 1), date(2024, 3, 1))),
        (
            Rhythm.QUARTER,
            date(2026, 12, 1),
            Window(date(2026, 10, 1), date(2027, 1, 1)),
        ),
        (Rhythm.QUARTER, date(2026, 1, 1), Window(date(2026, 1, 1), date(2026, 4, 1))),
        (Rhythm.WEEK, date(2027, 1, 1), Window(date(2026, 12, 28), date(2027, 1, 4))),
    ],
)
def test_a_window_is_the_one_the_day_lies_in(rhythm, day, window):
    assert window_of(rhythm, day) == window


@given(st.sampled_from(Rhythm), st.dates(date(2020, 1, 1), date(2100, 1, 1)))
def test_windows_hold_their_day_and_touch_the_next(rhythm, day):
    window = window_of(rhythm, day)
    assert window.start <= day < window.end
    assert window_of(rhythm, window.end).start == window.end
    assert window_of(rhythm, window.end - timedelta(days=1)) == window


def test_figures_come_out_at_six_in_the_morning_after():
    window = window_of(Rhythm.MONTH, date(2026, 10, 20))
    assert window.opens == datetime(2026, 10, 1, tzinfo=UTC)
    assert window.closes == datetime(2026, 11, 1, tzinfo=UTC)
    assert window.released_from == datetime(2026, 11, 1, 6, tzinfo=UTC)
