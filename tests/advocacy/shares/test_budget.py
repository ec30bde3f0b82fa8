"""What a network takes in a day is counted before it is asked (reliability.md 2.10)."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from advocacy.outside import LINKEDIN
from advocacy.shares.budget import (
    count,
    forget_old,
    give_back,
    mark_spent,
    payer_of,
    reserve,
    used_by_app,
)
from advocacy.shares.service_rows import CallBudget
from integrations.network import DayLimits
from tests.advocacy.shares.paying import DAY, JOOST, MARIT, calls_of

OPEN = DayLimits()
ONE_DAY = timedelta(days=1)


def test_a_member_has_nine_tenths_for_posting(session):
    limits = DayLimits(member=20)

    assert [reserve(session, MARIT, 6, limits) for _ in range(4)] == [
        True,
        True,
        True,
        False,
    ]
    assert reserve(session, JOOST, 6, limits)
    assert reserve(session, MARIT._replace(day=DAY + ONE_DAY), 6, limits)


def test_the_app_has_one_limit_for_all(session):
    limits = DayLimits(member=100, app=20)

    assert reserve(session, MARIT, 10, limits)
    assert not reserve(session, JOOST, 10, limits)
    assert reserve(session, JOOST, 8, limits)
    assert used_by_app(session, LINKEDIN, DAY) == 18


def test_what_the_app_refuses_costs_the_member_nothing(session):
    limits = DayLimits(member=10, app=10)
    assert reserve(session, MARIT, 5, limits)

    assert not reserve(session, JOOST, 5, limits)

    assert reserve(session, JOOST, 4, limits)
    assert calls_of(session, JOOST.who) == 4


def test_a_post_that_costs_more_than_a_day_has_goes_first_thing(session):
    """A day later it would cost the same."""
    limits = DayLimits(member=100)
    assert reserve(session, MARIT, 136, limits)
    assert not reserve(session, MARIT, 1, limits)


def test_a_network_without_limits_is_counted_all_the_same(session):
    assert all(reserve(session, MARIT, 1000, OPEN) for _ in range(20))
    assert used_by_app(session, LINKEDIN, DAY) == 20_000


def test_the_networks_own_word_counts_for_a_member_or_for_all(session):
    mark_spent(session, MARIT, OPEN, whole_app=False)
    assert not reserve(session, MARIT, 1, OPEN)
    assert reserve(session, JOOST, 1, OPEN)

    mark_spent(session, MARIT, OPEN, whole_app=True)
    assert not reserve(session, JOOST, 1, OPEN)
    assert reserve(session, JOOST._replace(day=DAY + ONE_DAY), 1, OPEN)


@pytest.mark.parametrize("day", [8_000, 80_000])
def test_a_large_count_is_kept_in_eight_parts_that_fill_up_together(session, day):
    limits, cost = DayLimits(app=day), day * 3 // 80

    taken = 0
    while reserve(session, MARIT, cost, limits):
        taken += cost

    parts = session.scalars(
        select(CallBudget.calls).where(CallBudget.who.startswith("app"))
    ).all()
    assert len(parts) == 8
    assert max(parts) <= day / 8 * 0.9
    assert taken == used_by_app(session, LINKEDIN, DAY) == sum(parts)


@pytest.mark.parametrize(
    ("day", "parts"), [(None, 8), (8_001, 8), (8_000, 8), (7_999, 1), (100, 1)]
)
def test_a_small_count_is_not_worth_dividing(session, day, parts):
    mark_spent(session, MARIT, DayLimits(app=day), whole_app=True)
    rows = select(func.count()).select_from(CallBudget)
    assert session.scalar(rows) == parts


def test_calls_are_counted_for_one_network_and_one_day(session):
    assert used_by_app(session, LINKEDIN, DAY) == 0
    for network in ("a network", LINKEDIN, "mastodon"):
        for days in (-1, 0, 1):
            payer = MARIT._replace(network=network, day=DAY + days * ONE_DAY)
            count(session, payer, 3, OPEN)

    assert used_by_app(session, LINKEDIN, DAY) == 3


def test_that_a_day_is_over_is_no_call(session):
    mark_spent(session, MARIT, OPEN, whole_app=False)
    mark_spent(session, MARIT, OPEN, whole_app=True)
    assert calls_of(session, MARIT.who) == 0
    assert used_by_app(session, LINKEDIN, DAY) == 0


def test_deleting_is_counted_and_never_refused(session):
    limits = DayLimits(member=10, app=10)
    assert reserve(session, MARIT, 9, limits)

    count(session, MARIT, 1, limits)

    assert calls_of(session, MARIT.who) == 10
    assert used_by_app(session, LINKEDIN, DAY) == 10


def test_nobody_is_named_and_after_two_days_nothing_is_left(session):
    reserve(session, MARIT, 1, OPEN)
    reserve(session, MARIT._replace(day=DAY - 5 * ONE_DAY), 1, OPEN)
    assert "member-1" not in {row.who for row in session.scalars(select(CallBudget))}
    assert len(bytes.fromhex(payer_of(LINKEDIN, "member-1", DAY).who)) == 16

    forget_old(session, DAY + ONE_DAY)
    assert calls_of(session, MARIT.who) == 1

    forget_old(session, DAY + 2 * ONE_DAY)
    assert session.scalars(select(CallBudget)).all() == []


def test_what_was_given_back_can_be_reserved_again(session):
    limits = DayLimits(member=20)
    assert reserve(session, MARIT, 18, limits)

    give_back(session, MARIT, 18, limits)

    assert used_by_app(session, LINKEDIN, DAY) == 0
    assert reserve(session, MARIT, 136, limits), "the first of the day again"
