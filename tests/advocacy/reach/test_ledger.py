"""What is paid for figures: only what is planned, once, and within the year's limit."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from sqlalchemy import func, select

from advocacy.reach.group_rows import QuarterSize
from advocacy.reach.ledger import (
    BudgetSpent,
    NotPlanned,
    best_guess,
    book,
    spent,
)
from advocacy.reach.models import LedgerEntry, Metric
from advocacy.reach.tables import PLAN, TABLES, YEARLY_LIMIT, Level, Rhythm, Size
from advocacy.reach.windows import Window, item_window, window_of

QUARTERS = [date(2026, month, 1) for month in (1, 4, 7, 10)]


def sizes(session, *of_quarters):
    session.add_all(
        QuarterSize(start=start, size=size, heads=100)
        for start, size in zip(QUARTERS, of_quarters, strict=True)
    )
    session.flush()


def windows_of(rhythm, year=2026):
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    windows = {window_of(rhythm, day) for day in days}
    return sorted(window for window in windows if window.start.year == year)


def pay(session, name, metric, window, edition=1):
    table = TABLES[name]
    book(session, table, table.measure(metric), window, edition)


def pay_as_planned(session, size, windows):
    """Every window of the organisation's tables and of its parts that begins then."""
    for table in PLAN[size]:
        if table.level is Level.ITEM or not table.published:
            continue
        for window in windows(table.rhythm):
            for measure in table.measures:
                book(session, table, measure, window)


def cost_of_visits(session, year):
    """What figures of visits cost somebody who is at the cap in each: no limit is set.

    The sum of (cap / sigma)². Without those of items: they cost only who shared the item,
    and at most four of a month.
    """
    booked = session.execute(
        select(LedgerEntry.table, LedgerEntry.cap, LedgerEntry.sigma).where(
            LedgerEntry.year == year, LedgerEntry.metric == Metric.CLICKS
        )
    )
    return sum(
        (
            Fraction(cap, sigma) ** 2
            for table, cap, sigma in booked
            if TABLES[table].level is not Level.ITEM
        ),
        Fraction(0),
    )


@pytest.mark.parametrize(
    ("size", "taking_part", "visits", "guess"),
    [
        (Size.SMALL, Fraction(4, 9), 1, "0.691"),
        (Size.MEDIUM, Fraction(12, 36) + Fraction(4, 25), 3 + Fraction(4, 9), "0.823"),
        (
            Size.LARGE,
            Fraction(52, 196) + Fraction(12, 64) + Fraction(4, 36),
            13 + Fraction(12, 9),
            "0.971",
        ),
    ],
)
def test_a_planned_year_is_paid_and_fits(session, size, taking_part, visits, guess):
    sizes(session, *[size] * 4)
    pay_as_planned(session, size, windows_of)
    assert spent(session, 2026) == taking_part <= YEARLY_LIMIT
    assert cost_of_visits(session, 2026) == visits
    assert f"{best_guess(cost_of_visits(session, 2026)):.3f}" == guess
    assert spent(session, 2025) == spent(session, 2027) == 0
    assert cost_of_visits(session, 2027) == 0


def test_a_thirteenth_month_is_refused_though_there_would_be_money(session):
    sizes(session, *[Size.MEDIUM] * 4)
    months = windows_of(Rhythm.MONTH)
    for month in months:
        pay(session, "organisation", Metric.SHARERS, month)
    for more in (
        months[3],
        Window(months[3].start, months[4].end),
        Window(date(2026, 4, 15), date(2026, 5, 15)),
        Window(date(2026, 4, 2), date(2026, 5, 1)),
    ):
        with pytest.raises(NotPlanned):
            pay(session, "organisation", Metric.SHARERS, more)
    assert spent(session, 2026) + Fraction(1, 36) < YEARLY_LIMIT


def test_a_table_of_another_size_is_refused_also_beside_the_right_one(session):
    sizes(session, Size.SMALL, Size.MEDIUM, Size.LARGE, Size.SMALL)
    for number, right in enumerate(
        ("organisation-small", "organisation", "organisation-large")
    ):
        for name in ("organisation-small", "organisation", "organisation-large"):
            window = window_of(TABLES[name].rhythm, QUARTERS[number] + timedelta(40))
            if name == right:
                pay(session, name, Metric.SHARERS, window)
            else:
                with pytest.raises(NotPlanned):
                    pay(session, name, Metric.SHARERS, window)


def test_a_week_belongs_to_the_quarter_of_its_monday(session):
    sizes(session, Size.MEDIUM, Size.LARGE, Size.LARGE, Size.MEDIUM)
    across = Window(date(2026, 9, 28), date(2026, 10, 5))
    pay(session, "organisation-large", Metric.SHARERS, across)
    with pytest.raises(NotPlanned):
        pay(
            session,
            "organisation-large",
            Metric.SHARERS,
            window_of(Rhythm.WEEK, date(2026, 10, 5)),
        )


def test_a_quarter_from_before_sizes_keeps_the_tables_of_the_organisation(session):
    window = window_of(Rhythm.QUARTER, QUARTERS[0])
    pay(session, "organisation-small", Metric.SHARERS, window)
    with pytest.raises(NotPlanned):
        pay(session, "unit", Metric.SHARERS, window)


def test_a_replacement_is_paid_again_and_only_where_there_was_a_figure(session):
    sizes(session, *[Size.SMALL] * 4)
    quarters = windows_of(Rhythm.QUARTER)
    with pytest.raises(NotPlanned):
        pay(session, "organisation-small", Metric.SHARERS, quarters[0], edition=2)
    for quarter in quarters:
        pay(session, "organisation-small", Metric.SHARERS, quarter)
    with pytest.raises(NotPlanned):
        pay(session, "organisation-small", Metric.SHARERS, quarters[0])
    pay(session, "organisation-small", Metric.SHARERS, quarters[0], edition=2)
    assert spent(session, 2026) == Fraction(5, 9)
    with pytest.raises(BudgetSpent):
        pay(session, "organisation-small", Metric.SHARERS, quarters[1], edition=2)


def test_no_figure_is_drawn_a_third_time_also_where_no_limit_would_stop_it(session):
    sizes(session, *[Size.MEDIUM] * 4)
    quarter = windows_of(Rhythm.QUARTER)[0]
    for edition in (1, 2):
        pay(session, "unit-clicks", Metric.CLICKS, quarter, edition=edition)
    with pytest.raises(NotPlanned):
        pay(session, "unit-clicks", Metric.CLICKS, quarter, edition=3)


def test_any_mix_of_sizes_stays_within_the_limit(session):
    """Four quarters of the dearest kind, which no calendar has."""
    sizes(session, *[Size.LARGE] * 4)
    dearest = Fraction(14, 196) + Fraction(3, 64) + Fraction(1, 36)
    assert 4 * dearest < YEARLY_LIMIT
    pay_as_planned(session, Size.LARGE, lambda rhythm: windows_of(rhythm, 2026))
    assert spent(session, 2026) < 4 * dearest


def test_items_are_booked_and_have_no_limit(session):
    sizes(session, *[Size.MEDIUM] * 4)
    for number in range(60):
        window = item_window(date(2026, 1, 1) + timedelta(days=number))
        for metric in (Metric.SHARES, Metric.CLICKS):
            pay(session, "item", metric, window)
    assert session.scalar(select(func.count()).select_from(LedgerEntry)) == 120
    assert spent(session, 2026) == cost_of_visits(session, 2026) == 0
    with pytest.raises(NotPlanned):
        pay(session, "item", Metric.SHARES, item_window(date(2026, 1, 1)))


def test_the_entry_keeps_cap_and_noise(session):
    pay(
        session,
        "organisation",
        Metric.CLICKS,
        window_of(Rhythm.MONTH, date(2026, 3, 1)),
    )
    entry = session.scalars(select(LedgerEntry)).one()
    assert (entry.cap, entry.sigma, entry.edition) == (40, 80, 1)
