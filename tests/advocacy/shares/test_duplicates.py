"""The network says that it has these words already: whose post that is, and what follows."""

from advocacy.shares.models import ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from integrations.network import PostDraft
from tests.advocacy.shares.making import (
    attempts,
    make_item,
    queue_due,
    send_again_at_once,
    state_of,
)


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
    send_again_at_once(session, share, person, item)

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.FAILED
    assert share.reason == Reason.DUPLICATE


def test_a_duplicate_of_our_own_doubtful_attempt_is_that_post(
    session, person, item, station, sandbox, in_doubt
):
    share = in_doubt("drop_after_commit")
    send_again_at_once(session, share, person, item)

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.PUBLISHED
    [post] = sandbox.posts()
    assert share.post_id == post["urn"]
    outcomes = [attempt.outcome for attempt in attempts(session, share)]
    assert outcomes == ["uncertain", "published"]
