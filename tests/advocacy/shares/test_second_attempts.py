"""An answer that comes late, when the share is on its way a second time or may be."""

import pytest

from advocacy.shares import publishing
from advocacy.shares.models import Share, ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from integrations.database import transaction
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import attempts, put_into, state_of
from tests.advocacy.shares.meanwhile import attempted_again, swept_away

S = ShareState


@pytest.mark.parametrize("state", [S.NEEDS_RECONNECT, S.MISSED, S.CANCELLED, S.FAILED])
def test_a_late_answer_ends_what_a_second_sending_came_to(
    session, share, station, state
):
    def second_sending():
        swept_away(share)()
        with transaction() as other:
            put_into(other, other.get_one(Share, share.id), state)

    publish_share(share.id, interrupted(station, "after answer", second_sending))

    assert state_of(session, share) is S.PUBLISHED


def test_an_older_attempt_does_not_end_the_doubt_that_a_copy_left(
    session, share, station, monkeypatch
):
    """What is in doubt is a later attempt, of which the copy knows nothing."""

    def asleep_while_a_copy_comes_back():
        swept_away(share)()
        with transaction() as other:
            other.get_one(Share, share.id).reason = Reason.RESTORED
        return float("inf")

    monkeypatch.setattr(publishing, "monotonic", asleep_while_a_copy_comes_back)
    publish_share(share.id, station)

    assert state_of(session, share) is S.UNCERTAIN
    assert share.reason == Reason.RESTORED


@pytest.mark.parametrize("fault", ["busy", "too_large", "expired_token", "day_limit"])
def test_a_late_refusal_of_the_first_attempt_says_nothing_about_the_second(
    session, share, station, sandbox, fault
):
    sandbox.set_fault(fault)

    publish_share(share.id, interrupted(station, "after arm", attempted_again(share)))

    assert state_of(session, share) is S.SENDING
    assert share.lease_owner == "another-worker/1"
    assert [one.outcome for one in attempts(session, share)] == ["uncertain", None]


def test_a_late_answer_of_the_first_attempt_leaves_the_second_to_find_out(
    session, share, station, sandbox
):
    publish_share(
        share.id, interrupted(station, "after answer", attempted_again(share))
    )

    assert state_of(session, share) is S.SENDING
    assert [one.outcome for one in attempts(session, share)] == ["published", None]


@pytest.mark.parametrize(
    ("meanwhile", "state", "outcomes"),
    [
        ("swept", S.SCHEDULED, ["not_sent"]),
        ("again", S.SENDING, ["not_sent", None]),
    ],
)
def test_a_worker_that_woke_up_too_late_speaks_of_its_own_attempt_only(
    session, share, station, sandbox, monkeypatch, meanwhile, state, outcomes
):
    """The freeze: armed, asleep past its lease, awake again."""
    event = {"swept": swept_away, "again": attempted_again}[meanwhile](share)

    def asleep():
        event()
        return float("inf")

    monkeypatch.setattr(publishing, "monotonic", asleep)
    publish_share(share.id, station)

    assert state_of(session, share) is state
    assert [one.outcome for one in attempts(session, share)] == outcomes
    assert sandbox.creates == 0


@pytest.mark.parametrize("state", [S.SCHEDULED, S.PREPARING, S.READY])
def test_a_late_answer_stops_a_second_sending_before_it_begins(
    session, share, station, sandbox, state
):
    def on_its_way_again():
        swept_away(share)()
        with transaction() as other:
            row = other.get_one(Share, share.id)
            put_into(other, row, state)
            row.lease_owner = "another-worker/1"

    publish_share(share.id, interrupted(station, "after answer", on_its_way_again))

    assert state_of(session, share) is S.PUBLISHED
    assert share.lease_owner is None
