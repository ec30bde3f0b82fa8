"""What an outcome makes of its share, row by row."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advocacy.shares.claiming import database_time
from advocacy.shares.models import ShareState
from advocacy.shares.outcomes import NO_CALLS_LEFT, Outcome, doubt, not_sent, posted
from advocacy.shares.reasons import Reason
from tests.advocacy.shares.ends import (
    BUSY,
    MINUTE,
    RECONNECT,
    REFUSED,
    UNREACHABLE,
    URN,
    VERSION,
)

S, R = ShareState, Reason


@pytest.mark.parametrize(
    ("outcome", "tries"),
    [
        (BUSY, 4),
        (UNREACHABLE, 4),
        (NO_CALLS_LEFT, 4),
        (replace(BUSY, reason=R.NEW_ACCESS), 4),
        (VERSION, 3),
        (not_sent(), 3),
    ],
)
def test_tries_are_counted_that_tell_something_of_the_share(
    session, share, settled, outcome, tries
):
    share.crash_count = 2
    session.flush()
    begun = database_time(session)

    assert settled(outcome, tries=3) == (S.SCHEDULED, outcome.reason or "")

    assert (share.tries, share.crash_count) == (tries, 0)
    assert (share.lease_owner, share.lease_until, share.body) == (None, None, None)
    if not outcome.until_midnight:
        spread = share.next_at - begun - outcome.wait
        assert timedelta() <= spread < 0.2 * outcome.wait + MINUTE


@pytest.mark.parametrize("outcome", [posted(URN), REFUSED, RECONNECT, doubt("504")])
def test_what_is_not_tried_again_keeps_its_tries_and_its_time(
    session, share, settled, outcome
):
    tries, next_at = share.tries, share.next_at
    settled(outcome, tries=3)
    assert (share.tries, share.next_at) == (tries, next_at)


@pytest.mark.parametrize("outcome", [posted(URN), posted(None), doubt("504")])
@pytest.mark.parametrize(
    ("stopped", "reason", "expected"),
    [
        (True, R.CONSENT, R.CONSENT_TOO_LATE),
        (True, "", R.STOPPED_TOO_LATE),
        (True, R.BUSY, R.STOPPED_TOO_LATE),
        (True, R.ITEM_WITHDRAWN, R.STOPPED_TOO_LATE),
        (False, R.CONSENT, None),
        (False, "", None),
    ],
)
def test_what_may_be_live_says_that_it_was_to_be_stopped(
    session, share, settled, outcome, stopped, reason, expected
):
    share.stop_requested, share.reason = stopped, reason
    session.flush()
    own = outcome.reason or ""
    assert settled(outcome) == (outcome.state, own if expected is None else expected)


@pytest.mark.parametrize("outcome", [BUSY, RECONNECT])
@pytest.mark.parametrize(
    ("stopped", "reason", "again", "expected"),
    [
        (True, R.CONSENT, False, R.CONSENT),
        (True, R.CONSENT, True, R.CONSENT),
        (True, "", True, R.UNDONE),
        (True, R.BUSY, True, R.UNDONE),
        (True, R.ITEM_WITHDRAWN, True, R.UNDONE),
        (False, R.CONSENT, True, R.UNDONE),
        (True, R.ITEM_WITHDRAWN, False, None),
        (True, R.BUSY, False, None),
        (False, R.CONSENT, False, None),
        (False, "", False, None),
    ],
)
def test_what_its_owner_stopped_is_not_tried_again(
    session, share, settled, outcome, stopped, reason, again, expected
):
    share.stop_requested, share.reason, share.take_off_again = stopped, reason, again
    session.flush()
    stays = (outcome.state, outcome.reason)
    assert settled(outcome) == (stays if expected is None else (S.CANCELLED, expected))


def test_a_refusal_is_one_whoever_stopped_it(session, share, settled):
    share.stop_requested, share.reason = True, R.CONSENT
    session.flush()
    assert settled(REFUSED) == (S.FAILED, R.REFUSED)


@pytest.mark.parametrize("outcome", [BUSY, REFUSED, RECONNECT, not_sent()])
def test_a_question_that_did_not_arrive_leaves_the_doubt(share, settled, outcome):
    assert settled(outcome, is_probe=True) == (S.UNCERTAIN, R.NO_ANSWER)
    assert share.body is not None
    assert share.lease_owner is None


def test_a_question_that_finds_the_post_ends_the_doubt(settled):
    assert settled(posted(URN), is_probe=True) == (S.PUBLISHED, "")


@pytest.mark.parametrize("before", [None, MINUTE])
def test_when_it_was_posted_is_said_once(session, share, settled, network, before):
    begun = database_time(session)
    share.posted_at = known = before and begun - before
    session.flush()

    settled(posted(URN))

    assert share.posted_at == known if before else share.posted_at >= begun
    assert (share.post_id, share.post_address) == (URN, network.post_address(URN))


def test_the_address_of_the_post_that_one_doubles_is_kept(share, settled, network):
    doubled = Outcome(S.FAILED, R.DUPLICATE, "422", post_id=URN)
    assert settled(doubled) == (S.FAILED, R.DUPLICATE)
    assert (share.post_id, share.posted_at) == (None, None)
    assert share.post_address == network.post_address(URN)
