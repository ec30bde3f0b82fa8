"""What is set aside before it is armed: which share, why, and at what cost."""

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from advocacy.shares.claiming import claim_share
from advocacy.shares.models import ShareState
from advocacy.shares.outcomes import NO_CALLS_LEFT
from advocacy.shares.reasons import Reason
from advocacy.shares.settling import set_aside
from integrations.breaker import RESTING
from tests.advocacy.shares.ends import BUSY, REFUSED, UNREACHABLE
from tests.advocacy.shares.making import put_into, queue_with_picture, state_of
from tests.advocacy.shares.paying import app_calls

S, R = ShareState, Reason


@pytest.mark.parametrize(("outcome", "through"), [(REFUSED, True), (BUSY, False)])
def test_it_ends_before_a_post_too(session, claim, network, paused, outcome, through):
    set_aside(session, claim, outcome, network)
    session.flush()
    assert paused() is not through


@pytest.mark.parametrize("owner", ["a worker", "zz worker", None])
def test_only_who_has_it_in_hand_can_set_it_aside(
    session, share, claim, network, owner
):
    share.lease_owner = owner
    session.flush()
    set_aside(session, claim, REFUSED, network)
    session.flush()
    assert state_of(session, share) is S.PREPARING


@pytest.mark.parametrize("state", [S.SENDING, S.UNCERTAIN, S.PUBLISHED])
def test_what_may_have_left_is_not_set_aside(session, share, claim, network, state):
    put_into(session, share, state)
    set_aside(session, claim, REFUSED, network)
    session.flush()
    assert state_of(session, share) is state


def test_what_is_set_aside_ends_as_was_said(session, share, claim, network):
    set_aside(session, claim, REFUSED, network)
    session.flush()
    assert (state_of(session, share), share.reason) == (S.FAILED, R.REFUSED)


@pytest.mark.parametrize(
    ("outcome", "code"), [(REFUSED, "422"), (NO_CALLS_LEFT, R.RATE_LIMIT)]
)
def test_the_log_says_why_it_was_set_aside(
    session, share, claim, network, outcome, code
):
    with capture_logs() as lines:
        set_aside(session, claim, outcome, network)
    assert [line["code"] for line in lines if line["event"] == "share_set_aside"] == [
        code
    ]


@pytest.mark.parametrize(
    ("outcome", "left"),
    [
        (UNREACHABLE, 1),
        (replace(UNREACHABLE, code="tls"), 1),
        # As it is spelt, not as it is stored.
        (replace(BUSY, code="".join(RESTING)), 0),
    ],
)
def test_uploads_count_unless_the_host_was_left_alone(
    session, person, station, network, outcome, left
):
    share = queue_with_picture(session, person, station)
    claim = claim_share(session, share.id, station)

    set_aside(session, claim, outcome, network)

    assert app_calls(session, claim) == (claim.calls - 1 if left else 0)
