"""Shares to a second network, all the way through the same pipeline."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from advocacy.accounts.operations import about_token
from advocacy.accounts.queries import account_of
from advocacy.outside import LINKEDIN, MASTODON
from advocacy.shares.claiming import claim_shares
from advocacy.shares.deleting import take_down
from advocacy.shares.models import Share, ShareState
from advocacy.shares.operations import queue_share
from advocacy.shares.outcomes import outcome_of
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Problem, Reason, WishRefused
from advocacy.shares.rows import Circumstances
from advocacy.shares.wishes import ShareWish
from advocacy.shares.wording import row as row_of
from content.items import ItemKind
from integrations.clock import now
from integrations.errors import Refused
from integrations.mastodon.client import Mastodon
from integrations.mastodon.sign_on import MastodonSignOn
from tests.advocacy.shares.interrupting import Interrupted
from tests.advocacy.shares.making import (
    TERMS,
    VAULT,
    add_media,
    attempts,
    connect_account,
    make_item,
    make_person,
    make_station,
    queue_due,
    send_again_at_once,
    state_of,
)
from tests.integrations.linkedin.samples import make_picture
from tests.integrations.mastodon_sandbox.serving import running_mastodon


@pytest.fixture
def mastodon():
    with running_mastodon() as server:
        yield server


@pytest.fixture
def access(mastodon):
    return mastodon.access_for("Ivo Terpstra")


@pytest.fixture
def person(session, access):
    """Somebody who lets us post, connected to Mastodon and to nothing else."""
    person = make_person(session)
    locked = VAULT.lock(access.token, about_token(person.id, MASTODON))
    connect_account(
        session,
        person,
        access,
        network=MASTODON,
        token_locked=locked.data,
        token_key_id=locked.key_id,
    )
    return person


@pytest.fixture
def station(mastodon, sandbox, session, tmp_path):
    station = make_station(sandbox, session.get_bind().engine, tmp_path)
    settings = mastodon.settings_for_client()
    outside = replace(
        station.outside,
        networks=station.outside.networks | {MASTODON: Mastodon(settings)},
        sign_ons=station.outside.sign_ons | {MASTODON: MastodonSignOn(settings)},
    )
    return replace(station, outside=outside)


def _queue(session, station, person, item, text="I was there."):
    """A share whose hold is over."""
    before = now() - timedelta(seconds=TERMS.hold_seconds + 1)
    network = station.outside.networks[MASTODON]
    terms = replace(
        TERMS,
        length=network.length,
        longest_text=network.longest_text,
        link_in_text=network.link_in_text,
    )
    wish = ShareWish(text, network=MASTODON)
    share = queue_share(session, person, item, wish, before, terms=terms)
    session.commit()
    return share


def test_a_share_is_posted_once_however_often_the_task_runs(
    session, person, station, mastodon, sandbox
):
    share = _queue(session, station, person, make_item(session), "Tower 41 😀 #grid")

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
    share = _queue(session, station, person, make_item(session))
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
    with_picture = _queue(session, station, person, item)
    linked = make_item(session, ItemKind.LINK)
    with_link = _queue(session, station, person, linked, "Look at this.")

    publish_share(with_picture.id, station)
    publish_share(with_link.id, station)

    one, two = mastodon.statuses()
    [media] = one["media_attachments"]
    assert media["description"] == "A row of pylons at sunrise"
    assert two["text"] == f"Look at this.\n\n{TERMS.base_url}/l/{with_link.link_code}"


def test_a_post_is_taken_down_and_twice_is_no_harm(session, person, station, mastodon):
    share = _queue(session, station, person, make_item(session))
    publish_share(share.id, station)

    take_down(share.id, station.outside)
    take_down(share.id, station.outside)

    assert state_of(session, share) is ShareState.REMOVED
    assert [status["deleted"] for status in mastodon.statuses()] == [True]


def test_a_refused_token_asks_for_a_new_connection(session, person, station, mastodon):
    share = _queue(session, station, person, make_item(session))
    mastodon.revoke_all()

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.NEEDS_RECONNECT
    assert share.reason == Reason.ACCESS_REFUSED
    account = account_of(session, person.id, MASTODON)
    session.refresh(account)
    assert account.refused_at is not None


def test_a_busy_server_is_asked_again_when_it_said(session, person, station, mastodon):
    share = _queue(session, station, person, make_item(session))
    mastodon.set_fault("busy")

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.SCHEDULED
    assert share.reason == Reason.BUSY
    assert share.next_at > now() + timedelta(minutes=4)


def test_a_text_is_as_long_as_this_network_says(session, person, station):
    item = make_item(session)
    with pytest.raises(WishRefused) as caught:
        _queue(session, station, person, item, "x" * 501)
    assert caught.value.problems == {"text": Problem.TOO_LONG}
    assert _queue(session, station, person, item, "x" * 500).network == MASTODON

    # Mastodon makes the card of an address in the text, so that has to fit too.
    linked = make_item(session, ItemKind.LINK)
    with pytest.raises(WishRefused):
        _queue(session, station, person, linked, "x" * 480)
    assert _queue(session, station, person, linked, "x" * 450).link_code


def test_what_is_sent_again_goes_to_the_same_network(
    session, person, station, mastodon, sandbox
):
    item = make_item(session)
    share = _queue(session, station, person, item)
    mastodon.set_fault("drop_before_commit")
    publish_share(share.id, station)
    assert state_of(session, share) is ShareState.UNCERTAIN
    send_again_at_once(session, share, person, item)

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.PUBLISHED
    assert (len(mastodon.statuses()), sandbox.creates) == (1, 0)


def test_two_networks_may_give_two_posts_the_same_id(
    session, person, station, mastodon
):
    one = _queue(session, station, person, make_item(session))
    publish_share(one.id, station)
    other = _queue(session, station, person, make_item(session))
    session.refresh(one)
    one.network = LINKEDIN
    session.flush()
    other.post_id = one.post_id
    session.flush()
    one.network = MASTODON
    with pytest.raises(IntegrityError), session.begin_nested():
        session.flush()


def test_the_page_names_the_network_of_the_share(session, person, station, app):
    share = _queue(session, station, person, make_item(session))
    session.refresh(share, ["item"])
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert row_of(share, now(), Circumstances(60)).words == "On its way to Mastodon"
        share.reason = Reason.BUSY
        told = row_of(share, now(), Circumstances(60))
    assert told.more == "Mastodon asked us to wait. Nothing was sent yet."


def test_a_text_the_network_finds_too_long_is_said_to_be():
    refused = Refused("the text is too long", code="too_long")
    outcome = outcome_of(refused, tries=0, token_is_new=False)
    assert (outcome.state, outcome.reason) == (ShareState.FAILED, Reason.TOO_LONG)


@pytest.mark.parametrize("first", [LINKEDIN, MASTODON])
def test_a_claim_counts_networks_in_one_order_whichever_is_due_first(
    session, person, station, sandbox, first
):
    """Or two claims, each with shares of both, would wait for each other."""
    colleague = make_person(session)
    connect_account(session, colleague, sandbox.access_for(colleague.email))
    shares = [
        queue_due(session, colleague, make_item(session)),
        _queue(session, station, person, make_item(session)),
    ]
    for share in shares:
        share.next_at = now() - timedelta(minutes=2 if share.network == first else 1)
    session.commit()
    counted = []

    @event.listens_for(session.connection(), "before_cursor_execute")
    def note(_connection, _cursor, statement, parameters, _context, _many):
        if "INSERT INTO call_budget" in statement:
            counted.extend(set(parameters["networks"]))

    assert len(claim_shares(session, [share.id for share in shares], station)) == 2

    assert counted == [LINKEDIN, LINKEDIN, MASTODON, MASTODON]
