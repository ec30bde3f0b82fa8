"""Two networks side by side: each share keeps to its own."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from advocacy.outside import LINKEDIN, MASTODON
from advocacy.shares.claiming import claim_shares
from advocacy.shares.models import ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.rows import Circumstances
from advocacy.shares.wording import row as row_of
from integrations.clock import now
from tests.advocacy.shares.making import (
    connect_account,
    make_item,
    make_person,
    queue_due,
    send_again_at_once,
    state_of,
)
from tests.advocacy.shares.mastodon.queueing import queue_there


def test_what_is_sent_again_goes_to_the_same_network(
    session, person, station, mastodon, sandbox
):
    item = make_item(session)
    share = queue_there(session, station, person, item)
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
    one = queue_there(session, station, person, make_item(session))
    publish_share(one.id, station)
    other = queue_there(session, station, person, make_item(session))
    session.refresh(one)
    one.network = LINKEDIN
    session.flush()
    other.post_id = one.post_id
    session.flush()
    one.network = MASTODON
    with pytest.raises(IntegrityError), session.begin_nested():
        session.flush()


def test_the_page_names_the_network_of_the_share(session, person, station, app):
    share = queue_there(session, station, person, make_item(session))
    session.refresh(share, ["item"])
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert row_of(share, now(), Circumstances(60)).words == "On its way to Mastodon"
        share.reason = Reason.BUSY
        told = row_of(share, now(), Circumstances(60))
    assert told.more == "Mastodon asked us to wait. Nothing was posted yet."


@pytest.mark.parametrize("first", [LINKEDIN, MASTODON])
def test_a_claim_counts_networks_in_one_order_whichever_is_due_first(
    session, person, station, sandbox, first
):
    """Or two claims, each with shares of both, would wait for each other."""
    colleague = make_person(session)
    connect_account(session, colleague, sandbox.access_for(colleague.email))
    shares = [
        queue_due(session, colleague, make_item(session)),
        queue_there(session, station, person, make_item(session)),
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
