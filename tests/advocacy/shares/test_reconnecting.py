"""What a new connection makes of what waited: after a hold of its own, never at once."""

from datetime import timedelta

import pytest

from advocacy.accounts.queries import account_of
from advocacy.hooks import PostsWaiting
from advocacy.outside import LINKEDIN
from advocacy.shares.models import ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.reconnecting import posts_waiting, reconnected
from integrations.clock import now
from tests.advocacy.shares.making import (
    TERMS,
    connect_account,
    make_item,
    make_person,
    put_into,
    queue,
    state_of,
    stored,
)

S = ShareState
HOLD = timedelta(seconds=TERMS.hold_seconds)


def waiting(session, person, at, **since):
    share = queue(session, person, make_item(session))
    put_into(session, share, S.NEEDS_RECONNECT)
    share.due_at = share.next_at = at - timedelta(**since)
    session.flush()
    return share


def test_what_waited_leaves_after_a_hold_or_is_missed(session, person):
    at = now()
    in_time = waiting(session, person, at, hours=5, minutes=58)
    too_late = waiting(session, person, at, hours=5, minutes=58, seconds=1)

    found = reconnected(session, person.id, LINKEDIN, at, hold=HOLD)

    assert found == PostsWaiting(leaving=1, late=1)
    assert state_of(session, in_time) is S.SCHEDULED
    assert (in_time.next_at, in_time.reason) == (at + HOLD, "")
    assert state_of(session, too_late) is S.MISSED
    assert too_late.reason == Reason.LATE


def test_what_was_due_in_this_minute_is_held_and_a_later_plan_keeps_its_time(
    session, person
):
    at = now()
    soon, later = (queue(session, person, make_item(session)) for _ in range(2))
    soon.next_at = at + timedelta(seconds=2)
    later.due_at = later.next_at = planned = at + timedelta(days=2)

    found = reconnected(session, person.id, LINKEDIN, at, hold=HOLD)

    assert found == PostsWaiting(leaving=1)
    assert stored(session, soon).next_at == at + HOLD
    assert stored(session, later).next_at == planned


def test_a_post_of_a_later_day_that_waited_keeps_its_time(session, person):
    at = now()
    share = waiting(session, person, at, days=-2)
    found = reconnected(session, person.id, LINKEDIN, at, hold=HOLD)
    assert found == PostsWaiting(planned=1)
    assert stored(session, share).next_at == at + timedelta(days=2)


def scheduled(session, person, due_at, next_at, reason=""):
    share = queue(session, person, make_item(session))
    share.due_at, share.next_at, share.reason = due_at, next_at, reason
    share.agreed_at = next_at if reason == Reason.RATE_LIMIT else None
    session.flush()
    return share


@pytest.mark.parametrize(
    ("due", "tried", "reason", "becomes"),
    [
        # Its hold would end too late for it.
        ({"hours": 5, "minutes": 59}, {"hours": 5, "minutes": 59}, "", S.MISSED),
        ({"hours": 5, "minutes": 57}, {"hours": 5, "minutes": 57}, "", S.SCHEDULED),
        # So is the next try.
        ({"hours": 5, "minutes": 50}, {"minutes": -30}, Reason.BUSY, S.MISSED),
        ({"hours": 5}, {"minutes": -30}, Reason.BUSY, S.SCHEDULED),
        # Whoever waited for the next day is late from then on.
        ({"hours": 9}, {"minutes": 1}, Reason.RATE_LIMIT, S.SCHEDULED),
        ({"hours": 9}, {"hours": -3}, Reason.RATE_LIMIT, S.SCHEDULED),
        ({"hours": 19}, {"hours": 7}, Reason.RATE_LIMIT, S.MISSED),
    ],
)
def test_what_the_hold_makes_too_late_is_missed_at_once_and_counted_so(
    session, person, due, tried, reason, becomes
):
    at = now()
    times = at - timedelta(**due), at - timedelta(**tried)
    share = scheduled(session, person, *times, reason)
    account = account_of(session, person.id, LINKEDIN)
    account.refused_at = at
    session.flush()
    would = posts_waiting(session, person.id, LINKEDIN, at, hold=HOLD)
    found = reconnected(session, person.id, LINKEDIN, at, hold=HOLD)
    assert state_of(session, share) is becomes
    assert would.late == found.late == (becomes is S.MISSED)
    assert would.leaving == found.leaving


def test_a_worker_takes_nothing_of_it_before_its_hold_is_over(
    session, person, station, sandbox
):
    share = waiting(session, person, now(), minutes=15)
    reconnected(session, person.id, LINKEDIN, now(), hold=HOLD)
    session.commit()
    publish_share(share.id, station)
    assert state_of(session, share) is S.SCHEDULED
    assert sandbox.posts() == []

    share.next_at = now()  # as if the hold were over
    session.commit()
    publish_share(share.id, station)
    assert state_of(session, share) is S.PUBLISHED
    assert len(sandbox.posts()) == 1


@pytest.fixture
def all_kinds(session, person):
    at = now()
    waiting(session, person, at, minutes=15)
    waiting(session, person, at, hours=7)
    on_hold = queue(session, person, make_item(session))
    on_hold.next_at = at + timedelta(seconds=30)
    planned = queue(session, person, make_item(session))
    planned.due_at = planned.next_at = at + timedelta(days=2)
    session.flush()
    return at


def test_what_connecting_would_do_is_counted_before(session, person, all_kinds):
    account = account_of(session, person.id, LINKEDIN)
    profile = account.member_hash

    def count(profile=None):
        at, who = all_kinds, person.id
        return posts_waiting(session, who, LINKEDIN, at, profile, hold=HOLD)

    assert count() == count(profile) == PostsWaiting(leaving=1, late=1)
    session.delete(account)
    session.flush()
    assert count() == count(profile) == PostsWaiting(leaving=2, planned=1, late=1)
    assert count("another") == PostsWaiting(others=4)


def test_what_was_counted_is_what_happens(session, person, all_kinds):
    account = account_of(session, person.id, LINKEDIN)
    account.refused_at = now()
    profile = account.member_hash
    session.flush()
    would = posts_waiting(session, person.id, LINKEDIN, all_kinds, profile, hold=HOLD)
    found = reconnected(session, person.id, LINKEDIN, all_kinds, hold=HOLD)
    assert (found.leaving, found.late) == (would.leaving, would.late) == (2, 1)


def test_nobody_elses_posts_are_counted_or_moved(session, person, all_kinds):
    account = connect_account(session, make_person(session))
    assert account.person_id != person.id
    found = reconnected(session, account.person_id, LINKEDIN, all_kinds, hold=HOLD)
    assert found == PostsWaiting()
