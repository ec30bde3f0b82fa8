"""Posting once: the way through, and every answer the network can give."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advocacy.accounts.queries import account_of
from advocacy.shares.changes import send_again
from advocacy.shares.deleting import CannotTakeDown, take_down
from advocacy.shares.models import PublishingPause, Share, ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from content.items import ItemKind
from integrations.clock import clock_at, now
from integrations.network import PostDraft
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import (
    TERMS,
    attempts,
    connect_account,
    make_item,
    make_person,
    make_station,
    queue,
    queue_due,
    state_of,
)
from tests.integrations.linkedin_sandbox.serving import running_sandbox


def test_a_share_is_posted_once_however_often_the_task_runs(
    session, person, item, station, sandbox
):
    share = queue_due(session, person, item, "Tower 41 (at last) #energygrid")
    session.commit()

    for _again in range(3):
        publish_share(share.id, station)

    assert state_of(session, share) is ShareState.PUBLISHED
    [post] = sandbox.posts()
    assert post["text"] == "Tower 41 (at last) #energygrid"
    assert share.post_id == post["urn"]
    assert share.post_address == f"{sandbox.address}/feed/update/{post['urn']}/"
    assert share.posted_at is not None
    assert share.lease_owner is None
    assert share.body is None
    assert sandbox.creates == 1
    [attempt] = attempts(session, share)
    assert attempt.outcome == "published"
    assert attempt.closed_at is not None


def test_nothing_leaves_during_the_hold(session, person, item, station, sandbox):
    share = queue(session, person, item)
    session.commit()

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.SCHEDULED
    assert sandbox.creates == 0


def test_a_link_goes_along_on_a_card_that_is_ours(session, person, station, sandbox):
    item = make_item(session, ItemKind.LINK)
    share = queue_due(session, person, item, "Look at this.")
    session.commit()

    publish_share(share.id, station)

    [post] = sandbox.posts()
    assert post["text"] == "Look at this."
    article = post["content"]["article"]
    assert article["source"] == f"{TERMS.base_url}/l/{share.link_code}"
    assert article["title"] == "The Eempolder line is ready"
    assert article["description"] == "Six years of work, in pictures."


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
    session, person, item, station, sandbox, fault
):
    share = queue_due(session, person, item)
    session.commit()
    sandbox.set_fault(fault)

    publish_share(share.id, station)
    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.UNCERTAIN
    assert share.reason == Reason.NO_ANSWER
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

        assert state_of(session, share) is ShareState.UNCERTAIN
        assert slow.creates == 1


def test_a_post_without_an_id_is_live_and_said_to_be(
    session, person, item, station, sandbox
):
    share = queue_due(session, person, item)
    session.commit()
    sandbox.set_fault("created_without_id")

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.PUBLISHED_UNVERIFIED
    assert share.reason == Reason.NO_ID
    assert share.posted_at is not None


def test_content_that_is_refused_has_failed_for_good(
    session, person, item, station, sandbox
):
    share = queue_due(session, person, item)
    session.commit()
    sandbox.set_fault("too_large")

    publish_share(share.id, station)
    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.FAILED
    assert share.reason == Reason.REFUSED
    assert sandbox.creates == 1
    [attempt] = attempts(session, share)
    assert attempt.answer == "413 REQUEST_ENTITY_TOO_LARGE"


def test_a_refused_token_asks_for_a_new_connection(
    session, person, item, station, sandbox
):
    share = queue_due(session, person, item)
    session.commit()
    sandbox.set_fault("expired_token")

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.NEEDS_RECONNECT
    assert share.reason == Reason.ACCESS_REFUSED
    account = account_of(session, person.id, "linkedin")
    session.refresh(account)
    assert account.refused_at is not None


def test_a_token_of_a_moment_ago_gets_another_try(
    session, person, item, station, sandbox
):
    account = account_of(session, person.id, "linkedin")
    account.connected_at = now()
    share = queue_due(session, person, item)
    session.commit()
    sandbox.set_fault("expired_token")

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.SCHEDULED
    assert share.reason == Reason.NEW_ACCESS
    [attempt] = attempts(session, share)
    assert timedelta(seconds=1) <= share.next_at - attempt.closed_at
    assert share.next_at - attempt.closed_at < timedelta(seconds=10)
    session.refresh(account)
    assert account.refused_at is None


def test_the_days_limit_waits_for_midnight_utc(session, person, item, station, sandbox):
    share = queue_due(session, person, item)
    session.commit()
    sandbox.set_fault("day_limit")

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.SCHEDULED
    assert share.reason == Reason.RATE_LIMIT
    assert share.next_at.date() == now().date() + timedelta(days=1)
    assert (share.next_at.hour, share.next_at.minute < 20) == (0, True)


def test_a_busy_network_is_asked_again_later_and_later(
    session, person, item, station, sandbox
):
    share = queue_due(session, person, item)
    waits = []
    for _try in range(7):
        share.next_at = now() - timedelta(seconds=1)
        session.commit()
        sandbox.set_fault("busy")
        publish_share(share.id, station)
        assert state_of(session, share) is ShareState.SCHEDULED
        closed_at = attempts(session, share)[-1].closed_at
        waits.append((share.next_at - closed_at).total_seconds() / 60)

    expected = [1, 2, 4, 8, 16, 30, 30]
    for wait, least in zip(waits, expected, strict=True):
        assert least <= wait <= least * 1.2 + 0.5
    assert share.reason == Reason.BUSY
    assert share.crash_count == 0
    assert sandbox.posts() == []


def test_without_our_version_nothing_leaves_for_a_while(
    session, person, item, station, sandbox
):
    share = queue_due(session, person, item)
    other = queue_due(session, person, make_item(session))
    session.commit()
    sandbox.set_fault("version_gone")

    publish_share(share.id, station)
    publish_share(other.id, station)

    assert state_of(session, share) is ShareState.SCHEDULED
    assert share.reason == Reason.VERSION
    assert state_of(session, other) is ShareState.SCHEDULED
    assert sandbox.creates == 1

    session.get_one(PublishingPause, "linkedin").until = now() - timedelta(seconds=1)
    session.commit()
    publish_share(other.id, station)

    assert state_of(session, other) is ShareState.PUBLISHED
    session.expire_all()
    assert session.get(PublishingPause, "linkedin") is None


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
    session, person, item, station, tmp_path
):
    share = queue_due(session, person, item)
    session.commit()
    with running_sandbox() as gone:
        away = make_station(gone, station.outside.engine, tmp_path)

    publish_share(share.id, away)

    assert state_of(session, share) is ShareState.SCHEDULED
    assert share.reason == Reason.UNREACHABLE
    assert attempts(session, share) == []


def test_the_same_text_twice_is_told_and_not_tried_again(
    session, person, item, station, sandbox
):
    first = queue_due(session, person, item, "The same words.")
    second = queue_due(session, person, make_item(session), "The same words.")
    session.commit()

    publish_share(first.id, station)
    publish_share(second.id, station)
    publish_share(second.id, station)

    assert state_of(session, first) is ShareState.PUBLISHED
    assert state_of(session, second) is ShareState.FAILED
    assert second.reason == Reason.DUPLICATE
    assert second.post_address == first.post_address
    assert second.post_id is None
    assert len(sandbox.posts()) == 1


def test_what_the_member_posted_elsewhere_is_not_taken_for_ours(
    session, person, item, station, sandbox
):
    share = queue_due(session, person, item, "Typed by hand.")
    session.commit()
    network = station.outside.networks["linkedin"]
    access = sandbox.access_for(f"{person.name} {person.id}")
    line = network.open_line(access)
    by_hand = line.create(network.prepare(access, PostDraft("Typed by hand.")))

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.FAILED
    assert share.reason == Reason.DUPLICATE
    assert by_hand in share.post_address
    assert share.post_id is None


def test_a_duplicate_of_another_share_does_not_end_our_doubt(
    session, person, item, station, sandbox
):
    first = queue_due(session, person, make_item(session), "The same words.")
    share = queue_due(session, person, item, "The same words.")
    session.commit()
    publish_share(first.id, station)
    sandbox.set_fault("error_without_commit")
    publish_share(share.id, station)
    assert state_of(session, share) is ShareState.UNCERTAIN
    at_once = replace(TERMS, hold_seconds=0)
    send_again(session, share, person, item, now(), terms=at_once)
    session.commit()

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.FAILED
    assert share.reason == Reason.DUPLICATE


def test_a_duplicate_of_our_own_doubtful_attempt_is_that_post(
    session, person, item, station, sandbox
):
    share = queue_due(session, person, item)
    session.commit()
    sandbox.set_fault("drop_after_commit")
    publish_share(share.id, station)
    session.refresh(share)
    send_again(
        session, share, person, item, now(), terms=replace(TERMS, hold_seconds=0)
    )
    session.commit()

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.PUBLISHED
    [post] = sandbox.posts()
    assert share.post_id == post["urn"]
    outcomes = [attempt.outcome for attempt in attempts(session, share)]
    assert outcomes == ["uncertain", "published"]


def test_a_post_is_taken_down_and_twice_is_no_harm(
    session, person, item, station, sandbox
):
    share = queue_due(session, person, item)
    session.commit()
    publish_share(share.id, station)

    take_down(share.id, station.outside)
    take_down(share.id, station.outside)

    assert state_of(session, share) is ShareState.REMOVED
    assert all(post["deleted"] for post in sandbox.posts())


def test_without_an_account_a_post_cannot_be_taken_down_from_here(
    session, person, item, station
):
    share = queue_due(session, person, item)
    session.commit()
    publish_share(share.id, station)
    session.delete(account_of(session, person.id, "linkedin"))
    session.commit()

    with pytest.raises(CannotTakeDown):
        take_down(share.id, station.outside)

    assert state_of(session, share) is ShareState.PUBLISHED


def test_without_the_key_of_its_token_a_post_cannot_be_taken_down_either(
    session, person, item, station
):
    share = queue_due(session, person, item)
    session.commit()
    publish_share(share.id, station)
    account_of(session, person.id, "linkedin").token_key_id = "k0"
    session.commit()

    with pytest.raises(CannotTakeDown):
        take_down(share.id, station.outside)


def test_a_stopping_worker_claims_nothing(session, person, item, station, sandbox):
    share = queue_due(session, person, item)
    session.commit()

    begun = []
    watched = interrupted(station, "before prepare", lambda: begun.append(True))
    publish_share(share.id, replace(watched, stopping=lambda: True))

    assert begun == []
    assert state_of(session, share) is ShareState.SCHEDULED
    assert share.crash_count == 0
    assert sandbox.creates == 0


def test_clocks_that_disagree_stop_everything(session, person, item, station, sandbox):
    share = queue_due(session, person, item)
    session.commit()

    with clock_at(now() + timedelta(minutes=1)):
        publish_share(share.id, station)

    assert state_of(session, share) is ShareState.SCHEDULED
    assert session.get_one(Share, share.id).crash_count == 0
    assert sandbox.creates == 0
