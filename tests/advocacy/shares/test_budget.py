"""What a network takes in a day is counted before it is asked (reliability.md 2.10)."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from advocacy.outside import LINKEDIN
from advocacy.shares.budget import (
    FOR_POSTING,
    PARTS,
    SMALLEST_DIVIDED,
    count,
    forget_old,
    give_back,
    mark_spent,
    payer_of,
    reserve,
    reserve_each,
    used_by_app,
)
from advocacy.shares.claiming import database_time
from advocacy.shares.deleting import take_down
from advocacy.shares.models import ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.service_rows import CallBudget
from advocacy.shares.tasks import forget
from content.items import ItemKind
from content.movie_making import LARGEST_RESULT
from integrations.clock import now
from integrations.database import transaction
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.media_limits import MOST_PICTURES
from integrations.linkedin.settings import LinkedInSettings
from integrations.network import DayLimits, Document, Picture, PostDraft, Video
from tests.advocacy.shares.making import (
    add_media,
    connect_account,
    make_item,
    make_person,
    make_station,
    queue_due,
    state_of,
)
from tests.integrations.linkedin_sandbox.serving import running_sandbox

S = ShareState
DAY = date(2026, 11, 20)
MARIT, JOOST = (payer_of(LINKEDIN, name, DAY) for name in ("member-1", "member-2"))
OPEN = DayLimits()


def test_a_member_has_nine_tenths_for_posting(session):
    limits = DayLimits(member=20)

    assert [reserve(session, MARIT, 6, limits) for _ in range(4)] == [
        True,
        True,
        True,
        False,
    ]
    assert reserve(session, JOOST, 6, limits)
    assert reserve(session, MARIT._replace(day=DAY + timedelta(days=1)), 6, limits)


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
    assert _calls(session, JOOST.who) == 4


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
    assert reserve(session, JOOST._replace(day=DAY + timedelta(days=1)), 1, OPEN)


def test_a_large_count_is_kept_in_parts_that_fill_up_together(session):
    limits = DayLimits(app=SMALLEST_DIVIDED)

    taken = 0
    while reserve(session, MARIT, 300, limits):
        taken += 300

    parts = session.scalars(
        select(CallBudget.calls).where(CallBudget.who.startswith("app"))
    ).all()
    assert len(parts) == PARTS
    assert max(parts) <= SMALLEST_DIVIDED / PARTS * 0.9
    assert taken == used_by_app(session, LINKEDIN, DAY) == sum(parts)


def test_deleting_is_counted_and_never_refused(session):
    limits = DayLimits(member=10, app=10)
    assert reserve(session, MARIT, 9, limits)

    count(session, MARIT, 1, limits)

    assert _calls(session, MARIT.who) == 10
    assert used_by_app(session, LINKEDIN, DAY) == 10


def test_nobody_is_named_and_after_two_days_nothing_is_left(session):
    reserve(session, MARIT, 1, OPEN)
    assert "member-1" not in {row.who for row in session.scalars(select(CallBudget))}

    forget_old(session, DAY + timedelta(days=1))
    assert _calls(session, MARIT.who) == 1

    forget_old(session, DAY + timedelta(days=2))
    assert session.scalars(select(CallBudget)).all() == []


def test_several_posts_get_their_calls_together(session):
    limits = DayLimits(member=20, app=100)

    granted = reserve_each(session, [(MARIT, 3), (JOOST, 4), (MARIT, 5)], limits)

    assert granted == [True, True, True]
    assert _calls(session, MARIT.who) == 8
    assert _calls(session, JOOST.who) == 4
    assert used_by_app(session, LINKEDIN, DAY) == 12


def test_of_several_posts_those_that_fit_get_their_calls(session):
    """Each as it would have alone: 18 of 20 calls are for posting."""
    limits = DayLimits(member=20, app=100)
    reserve(session, JOOST, 17, limits)

    granted = reserve_each(session, [(MARIT, 18), (JOOST, 2), (JOOST, 1)], limits)

    assert granted == [True, False, True]
    assert _calls(session, MARIT.who) == _calls(session, JOOST.who) == 18
    assert used_by_app(session, LINKEDIN, DAY) == 36


def test_of_several_posts_the_app_takes_what_fits(session):
    limits = DayLimits(member=100, app=20)

    granted = reserve_each(session, [(MARIT, 10), (JOOST, 10), (JOOST, 8)], limits)

    assert granted == [True, False, True]
    assert _calls(session, JOOST.who) == 8
    assert used_by_app(session, LINKEDIN, DAY) == 18


def test_a_spent_day_is_over_for_several_posts_too(session):
    mark_spent(session, MARIT, OPEN, whole_app=False)

    assert reserve_each(session, [(MARIT, 1), (JOOST, 1)], OPEN) == [False, True]


def test_one_of_several_may_cost_more_than_a_day_has(session):
    limits = DayLimits(member=20)

    assert reserve_each(session, [(MARIT, 30), (MARIT, 1)], limits) == [True, False]


def test_what_was_given_back_can_be_reserved_again(session):
    limits = DayLimits(member=20)
    assert reserve(session, MARIT, 18, limits)

    give_back(session, MARIT, 18, limits)

    assert used_by_app(session, LINKEDIN, DAY) == 0
    assert reserve(session, MARIT, 136, limits), "the first of the day again"


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


def _calls(session, who):
    return session.scalar(
        select(func.sum(CallBudget.calls)).where(CallBudget.who == who)
    )


@dataclass
class Narrow:
    """The same network, which takes less."""

    network: object
    day_limits: DayLimits

    def __getattr__(self, name):
        return getattr(self.network, name)


@pytest.fixture
def share(session, person, item):
    share = queue_due(session, person, item)
    session.commit()
    return share


@pytest.fixture
def narrow(station):
    def narrow(**limits):
        network = Narrow(station.outside.networks[LINKEDIN], DayLimits(**limits))
        outside = replace(station.outside, networks={LINKEDIN: network})
        return replace(station, outside=outside)

    return narrow


def midnight(session):
    at = database_time(session) + timedelta(days=1)
    return datetime(at.year, at.month, at.day, tzinfo=UTC)


def test_what_is_over_the_limit_waits_for_midnight_without_a_call(
    session, person, share, narrow, sandbox
):
    station = narrow(member=2)
    publish_share(share.id, station)
    second = queue_due(session, person, make_item(session), "Once more.")
    session.commit()

    publish_share(second.id, station)

    assert state_of(session, share) is S.PUBLISHED
    assert state_of(session, second) is S.SCHEDULED
    assert second.reason == Reason.RATE_LIMIT
    assert second.crash_count == 0
    wait = second.next_at - midnight(session)
    assert timedelta(minutes=1) <= wait <= timedelta(minutes=15)
    assert sandbox.creates == 1


@pytest.mark.parametrize("whole_app", [False, True])
def test_a_day_limit_in_the_answer_stops_further_calls_of_those_it_names(
    session, item, tmp_path, whole_app
):
    level = "app" if whole_app else "member"
    with running_sandbox(**{f"{level}_calls_a_day": 0 if whole_app else 1}) as sandbox:
        station = make_station(sandbox, session.get_bind().engine, tmp_path)
        shares = []
        for number in (1, 1, 1, 2):
            if len(shares) in {0, 3}:
                person = make_person(session)
                connect_account(session, person, sandbox.access_for(f"N {number}"))
            shares.append(queue_due(session, person, make_item(session), f"{shares}"))
        session.commit()

        for one in shares:
            publish_share(one.id, station)

        asked = sandbox.memory.call_counts.today()
    *mine, theirs = [state_of(session, one) for one in shares]
    posted, waits = S.PUBLISHED, S.SCHEDULED
    assert mine == ([waits] * 3 if whole_app else [posted, waits, waits])
    assert theirs is (waits if whole_app else posted)
    assert {one.reason for one in shares} - {""} == {Reason.RATE_LIMIT}
    everybody = [one["calls"] for one in asked if one["member"] == ""]
    assert everybody == [1 if whole_app else 2]


def test_a_video_that_is_gone_is_told_although_its_cost_is_not_known(
    session, person, station
):
    item = make_item(session, ItemKind.VIDEO)
    files = station.outside.files
    video = add_media(session, item, files, b"not really", ".mp4")
    share = queue_due(session, person, item, media_id=video.id)
    session.commit()
    files.remove(video.stored_name)

    publish_share(share.id, station)

    assert state_of(session, share) is S.FAILED
    assert share.reason == Reason.MEDIA_GONE


def test_taking_down_is_counted(session, person, share, station, sandbox):
    publish_share(share.id, station)

    take_down(share.id, station.outside)

    today = database_time(session).date()
    assert used_by_app(session, LINKEDIN, today) == 2


def test_the_clock_forgets_old_counts(session, station):
    old = payer_of(LINKEDIN, "member-1", now().date() - timedelta(days=3))
    count(session, old, 1, OPEN)
    session.commit()

    forget()

    assert session.scalars(select(CallBudget)).all() == []


def test_the_dearest_post_there_can_be_fits_into_a_day(tmp_path):
    """Or it would wait for ever: no day has more."""
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(LARGEST_RESULT)
    video = Video(film, "A long one", captions=film, poster=film)
    pictures = [Picture(film, "One of many")] * MOST_PICTURES
    network = LinkedIn(LinkedInSettings("id", "secret", "http://localhost/back"))

    for draft in (
        PostDraft("Look.", video=video),
        PostDraft("Look.", pictures=pictures),
        PostDraft("Look.", document=Document(film, "Pages")),
    ):
        calls = network.calls_for(draft)
        assert calls <= FOR_POSTING * network.day_limits.member
