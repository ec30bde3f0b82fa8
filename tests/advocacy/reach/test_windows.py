"""Windows are whole weeks, months and quarters, and follow each other without a gap."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.reach.tables import PLAN, Rhythm, Size
from advocacy.reach.windows import (
    Window,
    item_window,
    last_opening,
    quarter_of,
    window_of,
    windows_beginning,
)

CALENDAR = st.sampled_from([Rhythm.WEEK, Rhythm.MONTH, Rhythm.QUARTER])


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


@given(CALENDAR, st.dates(date(2020, 1, 1), date(2100, 1, 1)))
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


def test_an_item_has_28_days_of_its_own():
    window = item_window(date(2026, 2, 20))
    assert window == Window(date(2026, 2, 20), date(2026, 3, 20))
    with pytest.raises(ValueError, match="its own day"):
        window_of(Rhythm.ONCE, date(2026, 2, 20))


def days(first, last):
    return [first + timedelta(n) for n in range((last - first).days)]


ALL_DAYS = days(date(2020, 1, 1), date(2041, 1, 1))


@pytest.mark.parametrize("size", Size)
def test_no_day_of_twenty_years_is_in_two_windows_of_one_table_or_in_none(size):
    begun = {}
    for day in ALL_DAYS:
        for table, window in windows_beginning(day, size):
            assert window.start == day
            assert begun.get(table.name, window).end in {day, window.end}
            begun[table.name] = window
        for name, window in begun.items():
            assert window.start <= day < window.end, name
    planned = {t.name for t in PLAN[size] if t.published and t.name != "item"}
    assert begun.keys() == planned


@pytest.mark.parametrize(
    ("size", "year", "number"),
    [
        (Size.SMALL, 2026, {"organisation-small": 4}),
        (Size.MEDIUM, 2026, {"organisation": 12, "unit": 4, "unit-clicks": 4}),
        (Size.LARGE, 2026, {"organisation-large": 52, "division": 12, "unit-large": 4}),
        (Size.LARGE, 2024, {"organisation-large": 53, "division": 12, "unit-large": 4}),
        (Size.LARGE, 2029, {"organisation-large": 53, "division": 12, "unit-large": 4}),
    ],
)
def test_a_year_has_as_many_windows_as_planned(size, year, number):
    year_long = days(date(year, 1, 1), date(year + 1, 1, 1))
    begun = [table for day in year_long for table, _ in windows_beginning(day, size)]
    assert Counter(table.name for table in begun) == number


@given(st.lists(st.sampled_from(Size), min_size=8, max_size=8))
def test_windows_of_two_sizes_share_at_most_the_end_of_a_week(sizes):
    """An organisation whose size is another in every quarter of two years."""
    quarters = {
        date(2024 + n // 4, 1 + n % 4 * 3, 1): size for n, size in enumerate(sizes)
    }
    begun = [
        (size, window)
        for day in days(date(2024, 1, 1), date(2026, 1, 1))
        for size in [quarters[quarter_of(day).start]]
        for _, window in windows_beginning(day, size)
    ]
    for (one, window), (other, later) in combinations(begun, 2):
        if one is not other:
            shared = min(window.end, later.end) - max(window.start, later.start)
            assert shared <= timedelta(days=6)


def test_a_week_belongs_to_the_quarter_of_its_monday():
    assert quarter_of(date(2026, 9, 28)) == Window(date(2026, 7, 1), date(2026, 10, 1))
    monday = windows_beginning(date(2026, 9, 28), Size.LARGE)
    assert [(table.name, window.end) for table, window in monday] == [
        ("organisation-large", date(2026, 10, 5))
    ]
    first = windows_beginning(date(2026, 10, 1), Size.LARGE)
    assert [table.name for table, _ in first] == ["division", "unit-large"]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-02T06:59:59Z", date(2026, 11, 1)),
        ("2026-11-02T07:00:00Z", date(2026, 11, 2)),
        ("2026-11-02T23:59:00Z", date(2026, 11, 2)),
        ("2026-01-01T00:00:00Z", date(2025, 12, 31)),
        ("2026-11-02T07:30:00+01:00", date(2026, 11, 1)),
        ("2026-11-01T23:30:00-08:00", date(2026, 11, 2)),
    ],
)
def test_new_figures_are_seen_from_seven_in_the_morning_utc(moment, day):
    opening = datetime.combine(day, time(7), UTC)
    assert last_opening(datetime.fromisoformat(moment)) == opening


@given(st.integers(0, 20 * 365 * 24 * 60))
def test_figures_of_a_morning_are_seen_that_morning(minutes):
    moment = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    opening = last_opening(moment)
    assert opening <= moment < opening + timedelta(days=1)
    released = Window(opening.date() - timedelta(days=1), opening.date()).released_from
    assert released < opening
