"""What the network may answer instead of taking a post, and what each means for the share."""

from datetime import timedelta

import pytest

from advocacy.accounts.queries import account_of
from advocacy.shares.models import PublishingPause, ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from integrations.clock import now
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import (
    attempts,
    connect_account,
    make_item,
    make_person,
    make_station,
    queue_due,
    state_of,
)
from tests.integrations.linkedin_sandbox.serving import running_sandbox

S = ShareState


@pytest.fixture
def answered(session, share, station, sandbox):
    """What became of the share when the network answered so, however often it was due."""

    def publish(fault, times=1):
        sandbox.set_fault(fault)
        for _time in range(times):
            publish_share(share.id, station)
        return state_of(session, share), share.reason

    return publish


@pytest.mark.parametrize(
    "fault",
    [
        "drop_after_commit",
        "drop_before_commit",
        "gateway_timeout_after_commit",
        "error_without_commit",
        "garbled_after_commit",
        "half_an_answer_after_commit",
        "conflict",
    ],
)
def test_no_clear_answer_is_a_doubt_and_never_sent_again(
    session, share, sandbox, answered, fault
):
    assert answered(fault, times=2) == (S.UNCERTAIN, Reason.NO_ANSWER)
    assert sandbox.creates == 1
    assert [attempt.outcome for attempt in attempts(session, share)] == ["uncertain"]


def test_an_answer_that_comes_too_late_is_a_doubt(session, item, tmp_path):
    # A network of its own: it takes the post long after this test.
    with running_sandbox(slow_seconds=11) as slow:
        person = make_person(session)
        connect_account(session, person, slow.access_for(person.email))
        station = make_station(slow, session.get_bind().engine, tmp_path)
        share = queue_due(session, person, item)
        session.commit()
        slow.set_fault("slow")

        publish_share(share.id, station)

        assert state_of(session, share) is S.UNCERTAIN
        assert slow.creates == 1


def test_a_post_without_an_id_is_live_and_said_to_be(share, answered):
    found = answered("created_without_id")
    assert found == (S.PUBLISHED_UNVERIFIED, Reason.NO_ID)
    assert share.posted_at is not None


def test_content_that_is_refused_has_failed_for_good(session, share, sandbox, answered):
    assert answered("too_large", times=2) == (S.FAILED, Reason.REFUSED)
    assert sandbox.creates == 1
    [attempt] = attempts(session, share)
    assert attempt.answer == "413 REQUEST_ENTITY_TOO_LARGE"


def test_a_refused_token_asks_for_a_new_connection(session, person, answered):
    found = answered("expired_token")
    assert found == (S.NEEDS_RECONNECT, Reason.ACCESS_REFUSED)
    account = account_of(session, person.id, "linkedin")
    session.refresh(account)
    assert account.refused_at is not None


def test_a_token_of_a_moment_ago_gets_another_try(session, share, person, answered):
    account = account_of(session, person.id, "linkedin")
    account.connected_at = now()
    session.commit()

    assert answered("expired_token") == (S.SCHEDULED, Reason.NEW_ACCESS)

    [attempt] = attempts(session, share)
    assert timedelta(seconds=1) <= share.next_at - attempt.closed_at
    assert share.next_at - attempt.closed_at < timedelta(seconds=10)
    session.refresh(account)
    assert account.refused_at is None


def test_the_days_limit_waits_for_midnight_utc(share, answered):
    assert answered("day_limit") == (S.SCHEDULED, Reason.RATE_LIMIT)
    assert share.next_at.date() == now().date() + timedelta(days=1)
    assert (share.next_at.hour, share.next_at.minute < 20) == (0, True)


def test_a_busy_network_is_asked_again_later_and_later(
    session, share, sandbox, answered
):
    waits = []
    for _try in range(7):
        share.next_at = now() - timedelta(seconds=1)
        session.commit()
        assert answered("busy") == (S.SCHEDULED, Reason.BUSY)
        closed_at = attempts(session, share)[-1].closed_at
        waits.append((share.next_at - closed_at).total_seconds() / 60)

    expected = [1, 2, 4, 8, 16, 30, 30]
    for wait, least in zip(waits, expected, strict=True):
        assert least <= wait <= least * 1.2 + 0.5
    assert share.crash_count == 0
    assert sandbox.posts() == []


def test_without_our_version_nothing_leaves_for_a_while(
    session, share, person, station, sandbox
):
    other = queue_due(session, person, make_item(session))
    session.commit()
    sandbox.set_fault("version_gone")

    publish_share(share.id, station)
    publish_share(other.id, station)

    assert state_of(session, share) is S.SCHEDULED
    assert share.reason == Reason.VERSION
    assert state_of(session, other) is S.SCHEDULED
    assert sandbox.creates == 1

    session.get_one(PublishingPause, "linkedin").until = now() - timedelta(seconds=1)
    session.commit()
    publish_share(other.id, station)

    assert state_of(session, other) is S.PUBLISHED
    session.expire_all()
    assert session.get(PublishingPause, "linkedin") is None
    # What waited for it is due at once, so nobody reads of a pause that is over.
    assert share.next_at <= now()


@pytest.mark.parametrize("step", ["before prepare", "after connect"])
def test_without_our_version_nothing_leaves_that_is_in_hand_already(
    session, share, person, station, sandbox, step
):
    other = queue_due(session, person, make_item(session))
    session.commit()
    sandbox.set_fault("version_gone")

    def meanwhile():
        publish_share(share.id, station)

    publish_share(other.id, interrupted(station, step, meanwhile))

    assert state_of(session, share) is S.SCHEDULED
    assert share.reason == Reason.VERSION
    assert state_of(session, other) is S.SCHEDULED
    assert attempts(session, other) == []
    assert sandbox.creates == 1


def test_after_the_pause_one_post_tries_and_the_others_wait_for_it(
    session, person, item, station, sandbox
):
    shares = [queue_due(session, person, make_item(session)) for _ in range(3)]
    session.commit()
    sandbox.set_fault("version_gone", 2)
    publish_share(shares[0].id, station)
    for share in shares:
        session.refresh(share)
        share.next_at = now() - timedelta(seconds=1)
    session.get_one(PublishingPause, "linkedin").until = now() - timedelta(seconds=1)
    session.commit()

    for share in shares:
        publish_share(share.id, station)

    assert sandbox.creates == 2  # one before the pause, and one after it
    assert [share.tries for share in shares] == [0, 0, 0]
    assert session.get_one(PublishingPause, "linkedin").until > now()


def test_a_network_out_of_reach_is_asked_again_and_nothing_was_armed(
    session, share, station, tmp_path
):
    with running_sandbox() as gone:
        away = make_station(gone, station.outside.engine, tmp_path)

    publish_share(share.id, away)

    assert state_of(session, share) is S.SCHEDULED
    assert share.reason == Reason.UNREACHABLE
    assert attempts(session, share) == []
