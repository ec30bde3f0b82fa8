"""What becomes of a share in hand: armed, held for longer, or put back."""

from dataclasses import replace
from hashlib import sha256
from time import monotonic

import pytest

from advocacy.outside import LINKEDIN
from advocacy.shares.arming import arm, freeze_body, release, renew_lease
from advocacy.shares.claiming import claim_share, database_time
from advocacy.shares.models import ShareState
from advocacy.shares.pausing import overtaken, stop_publishing
from advocacy.shares.service_rows import StopCause
from tests.advocacy.shares.leases import LEASE, SECOND, lease_left
from tests.advocacy.shares.making import attempts, put_into, stored
from tests.advocacy.shares.pauses import pause

S = ShareState
OTHERS = ["a worker", "zz worker", None]  # before and after ours in the alphabet

pytestmark = pytest.mark.usefixtures("tried_thrice")


def test_an_armed_share_may_be_sent_for_half_its_lease(session, share, claim):
    begun = monotonic()
    assert freeze_body(session, claim, b"{}")
    assert stored(session, share).body_sha256 == sha256(b"{}").hexdigest()
    assert arm(session, claim, b"{ }") is None

    armed = arm(session, claim, b"{}")

    assert 60 <= armed.send_before - begun < 75
    assert armed.lease_ends - armed.send_before == pytest.approx(60)
    assert 0 <= armed.waited < 15
    attempted = armed.attempted
    assert (attempted.share_id, attempted.n) == (share.id, 1)
    assert (attempted.owner, attempted.payer) == (claim.owner, claim.payer)
    assert (attempted.network, attempted.tries) == (LINKEDIN, 3)
    assert (attempted.connected_at, attempted.is_probe) == (claim.connected_at, False)
    [attempt] = attempts(session, share)
    assert (attempt.is_probe, attempt.worker) == (False, claim.owner)


def test_a_stop_is_seen_by_whoever_looks_again(session):
    assert overtaken(session, LINKEDIN, but_for=None) is False
    stop_publishing(session, StopCause.BY_HAND)
    session.flush()
    assert overtaken(session, LINKEDIN, but_for=None) is True


@pytest.mark.parametrize(
    ("network", "seconds", "mine", "expected"),
    [
        (LINKEDIN, 60, False, True),
        (LINKEDIN, 60, True, False),  # this post tries to end it
        (LINKEDIN, -1, False, False),
        ("elsewhere", 60, False, False),
    ],
)
def test_a_pause_is_seen_by_all_but_who_tries_to_end_it(
    session, network, seconds, mine, expected
):
    until = database_time(session) + seconds * SECOND
    pause(session, until, network)
    tried = until if mine else until - SECOND
    assert overtaken(session, LINKEDIN, but_for=tried) is expected


def test_a_lease_is_renewed_as_long_as_at_first(session, share, claim):
    share.lease_until = database_time(session) + SECOND * 20
    session.flush()

    assert renew_lease(session, claim) is True

    assert LEASE - 30 * SECOND < lease_left(session, share) <= LEASE


@pytest.mark.parametrize("seconds", [0, 60])
def test_a_lease_that_is_over_is_not_renewed(session, share, claim, seconds):
    share.lease_until = over = database_time(session) - seconds * SECOND
    session.flush()
    assert renew_lease(session, claim) is False
    assert stored(session, share).lease_until == over


@pytest.mark.parametrize("owner", OTHERS)
def test_what_somebody_else_has_is_neither_renewed_nor_released(
    session, share, claim, owner
):
    share.lease_owner = owner
    session.flush()
    assert renew_lease(session, claim) is False
    release(session, claim, innocent=True)
    assert (stored(session, share).state, share.lease_owner) == (S.PREPARING, owner)


@pytest.mark.parametrize("state", sorted(set(S) - {S.PREPARING, S.READY}))
def test_what_is_not_in_hand_is_neither_renewed_nor_released(
    session, share, claim, state
):
    put_into(session, share, state)
    assert renew_lease(session, claim) is False
    release(session, claim, innocent=True)
    assert (stored(session, share).state, share.lease_owner) == (state, claim.owner)


@pytest.mark.parametrize(("innocent", "crashes"), [(True, 3), (False, 4)])
def test_a_released_share_is_scheduled_again(
    session, share, claim, station, another, innocent, crashes
):
    theirs = claim_share(session, another.id, station)
    freeze_body(session, claim, b"{}")
    share.next_at = next_at = database_time(session) - 60 * SECOND
    session.flush()

    release(session, claim, innocent=innocent)

    share = stored(session, share)
    assert (share.state, share.crash_count) == (S.SCHEDULED, crashes)
    assert (share.lease_owner, share.lease_until) == (None, None)
    assert (share.body, share.body_sha256) == (None, None)
    assert share.next_at > next_at
    other = stored(session, another)
    assert (other.state, other.lease_owner) == (S.PREPARING, theirs.owner)


def test_a_question_that_is_not_asked_leaves_the_doubt_as_it_was(session, share, claim):
    freeze_body(session, claim, b"{}")
    put_into(session, share, S.UNCERTAIN)

    release(session, replace(claim, is_probe=True), innocent=True)

    share = stored(session, share)
    assert (share.state, share.crash_count) == (S.UNCERTAIN, 4)
    assert (share.lease_owner, share.lease_until) == (None, None)
    assert share.body == b"{}"


def test_a_question_is_armed_as_one(session, share, claim):
    freeze_body(session, claim, b"{}")
    first = arm(session, claim, b"{}")
    [attempt] = attempts(session, share)
    attempt.outcome = S.UNCERTAIN.value
    attempt.armed_at -= 60 * SECOND
    put_into(session, share, S.UNCERTAIN)

    second = arm(session, replace(claim, is_probe=True), b"{}")

    assert (first.n, second.n) == (1, 2)
    assert second.attempted.is_probe is True
    assert [one.is_probe for one in attempts(session, share)] == [False, True]
