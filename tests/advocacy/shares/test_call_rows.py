"""What a row of counted calls still gives, and how calls are added to it."""

from datetime import date

import pytest
from sqlalchemy import select

from advocacy.shares.call_rows import Count, RowKey, add_calls
from advocacy.shares.service_rows import CallBudget

DAY = date(2026, 11, 20)
APP, MARIT = RowKey("linkedin", "app", DAY), RowKey("linkedin", "marit", DAY)


@pytest.mark.parametrize(
    ("calls", "taken", "asked", "expected"),
    [
        (0, 0, 136, True),  # the day's first, whatever it costs
        (10, -10, 136, True),
        (-3, 0, 136, True),
        (1, 0, 89, True),
        (1, 0, 90, False),
        (1, 0, 91, False),
        (5, 0, 85, True),
        (5, 0, 86, False),
        (0, 5, 85, True),
        (0, 5, 86, False),
        (20, 30, 40, True),
        (20, 30, 41, False),
        (90, 0, 0, True),
    ],
)
def test_a_row_gives_what_is_left_of_ninety_calls(calls, taken, asked, expected):
    count = Count(calls, spent=False, taken=taken)
    assert count.take(asked, 90) is expected
    assert count.taken == (taken + asked if expected else taken)


def test_without_a_limit_a_row_gives_anything_until_the_network_says_no():
    assert Count(10**6, spent=False).take(10**6, None)
    assert not Count(0, spent=True).take(1, None)
    assert not Count(0, spent=True).take(1, 90)


def test_what_is_taken_adds_up():
    count = Count(0, spent=False)
    answers = [count.take(calls, 90) for calls in (30, 50, 20, 10, 1)]
    assert answers == [True, True, False, True, False]
    assert count.taken == 90


def test_calls_are_added_and_each_row_is_told_as_it_was(session):
    assert add_calls(session, {}) == {}
    assert add_calls(session, {MARIT: 7}) == {MARIT: Count(0, spent=False)}
    session.get_one(CallBudget, MARIT).spent = True
    session.flush()

    found = add_calls(session, {MARIT: 3, APP: 2})

    assert found == {APP: Count(0, spent=False), MARIT: Count(7, spent=True)}
    rows = session.scalars(
        select(CallBudget).execution_options(populate_existing=True)
    ).all()
    assert {row.who: (row.calls, row.spent) for row in rows} == {
        "app": (2, False),
        "marit": (10, True),
    }
