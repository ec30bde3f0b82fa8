"""Four weeks as bars: heights say no more than the numbers beside them."""

from datetime import date, timedelta

from advocacy.own_figures.picture import TALLEST, picture

POSTED = date(2026, 11, 1)


def drawn(visits, *, exact, today=POSTED + timedelta(days=40)):
    days = {POSTED + timedelta(days=after): number for after, number in visits.items()}
    return picture(days, POSTED, today, exact=exact)


def heights(visits, *, exact):
    return [bar.height for bar in drawn(visits, exact=exact).bars]


def test_in_bands_a_height_tells_the_band_and_nothing_more():
    lowest, highest = (1, 5, 20, 50), (4, 19, 49, 4000)
    low = heights(dict(enumerate(lowest)), exact=False)
    high = heights(dict(enumerate(highest)), exact=False)
    assert low == high == [TALLEST // 4, TALLEST // 2, TALLEST * 3 // 4, TALLEST]


def test_exactly_heights_are_in_proportion_and_a_single_visit_still_shows():
    assert heights({0: 100, 1: 50, 2: 1, 3: 0}, exact=True) == [
        TALLEST,
        TALLEST // 2,
        1,
    ]


def test_a_bar_stands_on_the_ground_at_its_day():
    (bar,) = drawn({27: 3}, exact=True).bars
    assert (bar.x, bar.top + bar.height) == (270, TALLEST)
    assert bar.day == POSTED + timedelta(days=27)


def test_what_comes_after_four_weeks_is_not_in_it():
    assert drawn({28: 3}, exact=True).bars == []


def test_it_knows_how_many_days_there_were():
    assert drawn({}, exact=True, today=POSTED).days_so_far == 1
    assert drawn({}, exact=True, today=POSTED).reached == 7
    assert drawn({}, exact=True, today=POSTED + timedelta(days=90)).days_so_far == 28


def test_there_is_none_once_days_are_put_together():
    assert drawn({0: 3}, exact=True, today=POSTED + timedelta(days=100)) is not None
    assert drawn({5: 3}, exact=True, today=POSTED + timedelta(days=101)) is None
