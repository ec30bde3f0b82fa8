"""An answer is worth gold: late, twice, or contradicted, it is not lost."""

import pytest

from advocacy.accounts.queries import account_of
from advocacy.shares.models import Share, ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import attempts, make_item, queue, queue_due, state_of
from tests.advocacy.shares.meanwhile import answered, swept_away

S = ShareState


def test_an_answer_after_the_lease_still_ends_the_doubt(session, share, station):
    publish_share(share.id, interrupted(station, "after answer", swept_away(share)))

    assert state_of(session, share) is S.PUBLISHED
    assert share.post_id is not None
    assert [attempt.outcome for attempt in attempts(session, share)] == ["published"]


@pytest.mark.parametrize("there", [True, False])
def test_an_answer_after_its_owners_says_where_the_post_is(
    session, share, station, sandbox, there
):
    """ "It is not there" was true when they looked, or they looked badly."""
    meanwhile = answered(share, there=there)

    publish_share(share.id, interrupted(station, "after answer", meanwhile))

    assert state_of(session, share) is S.PUBLISHED
    assert share.reason == ""
    assert share.post_id == sandbox.posts()[0]["urn"]
    assert share.post_address.endswith(f"/{share.post_id}/")
    assert [attempt.outcome for attempt in attempts(session, share)] == ["published"]


def test_a_late_refusal_does_not_contradict_its_owner(session, share, station, sandbox):
    sandbox.set_fault("busy")
    meanwhile = answered(share, there=True)

    publish_share(share.id, interrupted(station, "after arm", meanwhile))

    assert state_of(session, share) is S.PUBLISHED_UNVERIFIED
    assert share.reason == Reason.SAID_SO


def test_a_late_answer_is_kept_when_the_item_was_shared_anew_meanwhile(
    session, share, person, item, station, sandbox
):
    """There cannot be two of one day on the list as posted."""

    def not_there_and_once_more():
        answered(share, there=False)()
        with transaction() as other:
            queue(other, person, item, "Then in other words.")

    publish_share(
        share.id, interrupted(station, "after answer", not_there_and_once_more)
    )

    assert state_of(session, share) is S.CANCELLED
    assert share.post_id == sandbox.posts()[0]["urn"]
    assert [attempt.outcome for attempt in attempts(session, share)] == ["published"]


def test_a_late_refusal_does_not_end_the_doubt(session, share, station, sandbox):
    sandbox.set_fault("busy")

    publish_share(share.id, interrupted(station, "after arm", swept_away(share)))

    assert state_of(session, share) is S.UNCERTAIN
    assert sandbox.posts() == []


def test_a_connection_made_while_the_old_token_was_refused_gets_its_own_try(
    session, share, person, station, sandbox
):
    def connect_anew():
        with transaction() as other:
            account_of(other, person.id, "linkedin").connected_at = now()

    sandbox.set_fault("expired_token")
    publish_share(share.id, interrupted(station, "after arm", connect_anew))

    assert state_of(session, share) is S.SCHEDULED
    publish_share(share.id, station)
    assert state_of(session, share) is S.PUBLISHED
    assert account_of(session, person.id, "linkedin").refused_at is None


def test_an_answer_for_somebody_who_was_erased_meanwhile_is_let_go(
    session, share, station
):
    share_id = share.id

    def erase():
        with transaction() as other:
            other.delete(other.get_one(Share, share_id))

    publish_share(share_id, interrupted(station, "after answer", erase))

    session.expunge_all()
    assert session.get(Share, share_id) is None


def test_a_post_that_another_share_has_already_is_not_taken_over(
    session, share, person, station, sandbox
):
    first = queue_due(session, person, make_item(session), "The same.")
    session.commit()
    publish_share(first.id, station)
    session.refresh(first)

    def take_its_id():
        with transaction() as other:
            [post] = [p for p in sandbox.posts() if p["urn"] != first.post_id]
            other.get_one(Share, first.id).post_id = post["urn"]

    publish_share(share.id, interrupted(station, "after answer", take_its_id))

    assert state_of(session, share) is S.PUBLISHED_UNVERIFIED
    assert share.reason == Reason.NO_ID


def test_a_bug_while_sending_leaves_a_doubt_and_is_not_hidden(
    session, share, station, sandbox
):
    class Bug(Exception):
        pass

    def stumble():
        raise Bug

    with pytest.raises(Bug):
        publish_share(share.id, interrupted(station, "after answer", stumble))

    assert state_of(session, share) is S.UNCERTAIN
    assert len(sandbox.posts()) == 1
