"""Posting once: the way through, and when nothing leaves at all."""

from dataclasses import replace
from datetime import timedelta

from advocacy.shares.models import Share, ShareState
from advocacy.shares.publishing import publish_share
from content.items import ItemKind
from integrations.clock import clock_at, now
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import (
    TERMS,
    attempts,
    make_item,
    queue,
    queue_due,
    state_of,
)


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
