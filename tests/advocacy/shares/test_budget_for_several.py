"""Several posts ask for their calls together, and many processes at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from advocacy.outside import LINKEDIN
from advocacy.shares.budget import (
    FOR_POSTING,
    PARTS,
    SMALLEST_DIVIDED,
    mark_spent,
    payer_of,
    reserve,
    reserve_each,
    used_by_app,
)
from integrations.database import transaction
from integrations.network import DayLimits
from tests.advocacy.shares.paying import DAY, JOOST, MARIT, calls_of

OPEN = DayLimits()


def test_several_posts_get_their_calls_together(session):
    limits = DayLimits(member=20, app=100)

    granted = reserve_each(session, [(MARIT, 3), (JOOST, 4), (MARIT, 5)], limits)

    assert granted == [True, True, True]
    assert calls_of(session, MARIT.who) == 8
    assert calls_of(session, JOOST.who) == 4
    assert used_by_app(session, LINKEDIN, DAY) == 12


def test_of_several_posts_those_that_fit_get_their_calls(session):
    """Each as it would have alone: 18 of 20 calls are for posting."""
    limits = DayLimits(member=20, app=100)
    reserve(session, JOOST, 17, limits)

    granted = reserve_each(session, [(MARIT, 18), (JOOST, 2), (JOOST, 1)], limits)

    assert granted == [True, False, True]
    assert calls_of(session, MARIT.who) == calls_of(session, JOOST.who) == 18
    assert used_by_app(session, LINKEDIN, DAY) == 36


def test_of_several_posts_the_app_takes_what_fits(session):
    limits = DayLimits(member=100, app=20)

    granted = reserve_each(session, [(MARIT, 10), (JOOST, 10), (JOOST, 8)], limits)

    assert granted == [True, False, True]
    assert calls_of(session, JOOST.who) == 8
    assert used_by_app(session, LINKEDIN, DAY) == 18


def test_a_spent_day_is_over_for_several_posts_too(session):
    mark_spent(session, MARIT, OPEN, whole_app=False)

    assert reserve_each(session, [(MARIT, 1), (JOOST, 1)], OPEN) == [False, True]


def test_one_of_several_may_cost_more_than_a_day_has(session):
    limits = DayLimits(member=20)

    assert reserve_each(session, [(MARIT, 30), (MARIT, 1)], limits) == [True, False]


def test_many_at_once_never_take_more_than_there_is(database_url):
    """Members cross in the app's parts; nobody waits in a circle."""
    limits = DayLimits(member=100, app=SMALLEST_DIVIDED)

    def payer(number):
        return payer_of(LINKEDIN, f"member-{number % 40}", DAY)

    def press(number):
        """Alone, or with others, in any order of members."""
        several = [(payer(number * step), 45) for step in (1, 7, 3)]
        with transaction() as session:
            return reserve_each(session, several[: 1 + number % 3], limits)

    with ThreadPoolExecutor(12) as threads:
        answers = threads.map(press, range(240))
        granted = Counter(one for answer in answers for one in answer)

    assert granted[True] == 80  # two each: the member's limit
    with transaction() as session:
        assert used_by_app(session, LINKEDIN, DAY) == 80 * 45


def test_claims_with_a_member_who_has_too_little_do_not_wait_in_a_circle(database_url):
    """Each holds members and then asks the app for calls, in the same order as all."""
    limits = DayLimits(member=150, app=100_000)
    with transaction() as session:
        for number in range(2):
            assert reserve(
                session, payer_of(LINKEDIN, f"full-{number}", DAY), 135, limits
            )

    def claim(number):
        mine, rounds = number % 2, number // 2
        names = [f"{mine}-{rounds}-{one}" for one in range(19)] + [f"full-{mine}"]
        with transaction() as session:
            wanted = [(payer_of(LINKEDIN, name, DAY), 3) for name in names]
            return reserve_each(session, wanted, limits)

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(claim, range(16))) == [[True] * 19 + [False]] * 16


def test_claims_that_the_app_has_too_little_for_do_not_wait_in_a_circle(database_url):
    """Together they fit into no part any more, so each looks into all of them."""
    limits = DayLimits(app=SMALLEST_DIVIDED)
    most = int(SMALLEST_DIVIDED / PARTS * FOR_POSTING)

    def claim(number):
        names = [f"{number}-{one}" for one in range(5)]
        with transaction() as session:
            wanted = [(payer_of(LINKEDIN, name, DAY), 60) for name in names]
            return reserve_each(session, wanted, limits)

    with ThreadPoolExecutor(6) as threads:
        granted = Counter(
            one for answer in threads.map(claim, range(60)) for one in answer
        )

    assert granted[True] == PARTS * (most // 60)
    with transaction() as session:
        assert used_by_app(session, LINKEDIN, DAY) == granted[True] * 60
