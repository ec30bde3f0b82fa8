"""Shares to a second network, all the way through the same pipeline."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from advocacy.accounts.queries import account_of
from advocacy.outside import MASTODON
from advocacy.shares.deleting import take_down
from advocacy.shares.models import Share, ShareState
from advocacy.shares.outcomes import outcome_of
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Problem, Reason, WishRefused
from content.items import ItemKind
from integrations.clock import now
from integrations.errors import TextTooLong
from tests.advocacy.shares.interrupting import Interrupted
from tests.advocacy.shares.making import TERMS, add_media, attempts, make_item, state_of
from tests.advocacy.shares.mastodon.queueing import queue_there
from tests.integrations.linkedin.samples import make_picture


def test_a_share_is_posted_once_however_often_the_task_runs(
    session, person, station, mastodon, sandbox
):
    share = queue_there(
        session, station, person, make_item(session), "Tower 41 😀 #grid"
    )

    for _again in range(3):
        publish_share(share.id, station)

    assert state_of(session, share) is ShareState.PUBLISHED
    [status] = mastodon.statuses()
    assert (share.post_id, status["text"]) == (status["id"], "Tower 41 😀 #grid")
    assert share.post_address == f"{mastodon.address}/web/statuses/{status['id']}"
    assert [one.outcome for one in attempts(session, share)] == ["published"]
    assert (mastodon.creates, sandbox.creates) == (1, 0)


def test_the_same_frozen_body_sent_twice_is_one_status(
    session, person, station, mastodon, access
):
    share = queue_there(session, station, person, make_item(session))
    mastodon.set_fault("drop_after_commit")
    bodies = []

    def keep():
        query = select(Share.body).where(Share.id == share.id)
        bodies.append(session.scalar(query))

    network = station.outside.networks[MASTODON]
    watched = {MASTODON: Interrupted(network, "after arm", keep)}
    outside = replace(station.outside, networks=watched)
    publish_share(share.id, replace(station, outside=outside))
    assert state_of(session, share) is ShareState.UNCERTAIN
    [body] = bodies

    made = network.open_line(access).create(body)

    assert mastodon.creates == 2
    assert [status["id"] for status in mastodon.statuses()] == [made]


def test_a_picture_and_a_link_go_along(
    session, person, station, mastodon, tmp_path, access
):
    item = make_item(session, ItemKind.PICTURES)
    add_media(session, item, station.outside.files, make_picture(tmp_path), ".jpg")
    with_picture = queue_there(session, station, person, item)
    linked = make_item(session, ItemKind.LINK)
    with_link = queue_there(session, station, person, linked, "Look at this.")

    publish_share(with_picture.id, station)
    publish_share(with_link.id, station)

    one, two = mastodon.statuses()
    [media] = one["media_attachments"]
    assert media["description"] == "A row of pylons at sunrise"
    assert two["text"] == f"Look at this.\n\n{TERMS.base_url}/l/{with_link.link_code}"


def test_a_post_is_taken_down_and_twice_is_no_harm(session, person, station, mastodon):
    share = queue_there(session, station, person, make_item(session))
    publish_share(share.id, station)

    take_down(share.id, station.outside)
    take_down(share.id, station.outside)

    assert state_of(session, share) is ShareState.REMOVED
    assert [status["deleted"] for status in mastodon.statuses()] == [True]


def test_a_refused_token_asks_for_a_new_connection(session, person, station, mastodon):
    share = queue_there(session, station, person, make_item(session))
    mastodon.revoke_all()

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.NEEDS_RECONNECT
    assert share.reason == Reason.ACCESS_REFUSED
    account = account_of(session, person.id, MASTODON)
    session.refresh(account)
    assert account.refused_at is not None


def test_a_busy_server_is_asked_again_when_it_said(session, person, station, mastodon):
    share = queue_there(session, station, person, make_item(session))
    mastodon.set_fault("busy")

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.SCHEDULED
    assert share.reason == Reason.BUSY
    assert share.next_at > now() + timedelta(minutes=4)


def test_a_text_is_as_long_as_this_network_says(session, person, station):
    item = make_item(session)
    with pytest.raises(WishRefused) as caught:
        queue_there(session, station, person, item, "x" * 501)
    assert caught.value.problems == {"text": Problem.TOO_LONG}
    assert queue_there(session, station, person, item, "x" * 500).network == MASTODON

    # Mastodon makes the card of an address in the text, so that has to fit too.
    linked = make_item(session, ItemKind.LINK)
    with pytest.raises(WishRefused):
        queue_there(session, station, person, linked, "x" * 480)
    assert queue_there(session, station, person, linked, "x" * 450).link_code


def test_a_text_the_network_finds_too_long_is_said_to_be():
    refused = TextTooLong("the text is too long", code="too_long")
    outcome = outcome_of(refused, tries=0, token_is_new=False)
    assert (outcome.state, outcome.reason) == (ShareState.FAILED, Reason.TOO_LONG)
