"""What an answer proves, case by case, before anything is made of it."""

import pytest

from advocacy.shares.evidence import (
    Known,
    as_proof,
    counts_for_attempt,
    counts_for_share,
)
from advocacy.shares.models import IN_HAND, PublishAttempt, Share, ShareState
from advocacy.shares.outcomes import Outcome, doubt, not_sent, posted
from advocacy.shares.reasons import Reason
from integrations.clock import now
from tests.advocacy.shares.ends import REFUSED

S = ShareState
URN = "urn:li:share:5"
DUPLICATE = Outcome(S.FAILED, Reason.DUPLICATE, "422", post_id=URN)
LEARNS = {S.UNCERTAIN, S.CANCELLED, S.FAILED, S.SCHEDULED, *IN_HAND} | {
    S.NEEDS_RECONNECT,
    S.MISSED,
}


def known(state=S.SENDING, *, last=1, asks=False, **others):
    """The first attempt was answered; the last is this one or a later one."""
    share = {name: others.pop(name, None) for name in ("reason", "post_id")}
    given = {"may_be_live": False, "post_is_taken": False} | others
    return Known(
        share=Share(state=state, **share),
        attempt=PublishAttempt(n=1),
        last=PublishAttempt(n=last, is_probe=asks),
        network_pauses=False,
        at=now(),
        **given,
    )


@pytest.mark.parametrize("outcome", [posted(URN), posted(None), doubt(), REFUSED])
def test_the_first_answer_to_an_attempt_counts(outcome):
    assert counts_for_attempt(PublishAttempt(outcome=None), outcome)


@pytest.mark.parametrize("proof", [posted(URN), posted(None), not_sent()])
def test_proof_ends_an_attempts_doubt_and_nothing_else(proof):
    assert counts_for_attempt(PublishAttempt(outcome=S.UNCERTAIN.value), proof)
    for end in (S.FAILED, S.PUBLISHED, S.SCHEDULED):
        assert not counts_for_attempt(PublishAttempt(outcome=end.value), proof)


@pytest.mark.parametrize("outcome", [doubt(), REFUSED])
def test_what_is_no_proof_leaves_an_attempt_in_doubt(outcome):
    assert not counts_for_attempt(PublishAttempt(outcome=S.UNCERTAIN.value), outcome)


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("last", [1, 2])
@pytest.mark.parametrize("asks", [True, False])
def test_that_it_is_live_counts_wherever_it_is_still_to_be_learned(state, last, asks):
    on_wire = state is S.SENDING and (last == 1 or asks)
    adds_id = state is S.PUBLISHED_UNVERIFIED
    expected = state in LEARNS or on_wire or adds_id
    assert counts_for_share(known(state, last=last, asks=asks), posted(URN)) is expected


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("last", [1, 2])
@pytest.mark.parametrize("outcome", [REFUSED, doubt(), not_sent()])
def test_that_it_is_not_counts_for_the_last_attempt_only(state, last, outcome):
    ends_doubt = state is S.UNCERTAIN and not outcome.sent
    expected = last == 1 and (state is S.SENDING or ends_doubt)
    assert counts_for_share(known(state, last=last), outcome) is expected


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("", True),
        (Reason.NO_ANSWER, True),
        (Reason.WORKER_LOST, True),
        (Reason.RESTORED, False),
        ("".join(Reason.RESTORED), False),  # as it comes from the database
    ],
)
def test_what_was_not_sent_ends_no_doubt_of_a_restored_copy(reason, expected):
    doubted = known(S.UNCERTAIN, reason=reason)
    assert counts_for_share(doubted, not_sent()) is expected


def test_a_post_without_an_address_is_given_one_once():
    assert not counts_for_share(known(S.PUBLISHED_UNVERIFIED), posted(None))
    has_one = known(S.PUBLISHED_UNVERIFIED, post_id="urn:li:share:4")
    assert not counts_for_share(has_one, posted(URN))


def test_a_duplicate_of_what_may_be_live_is_that_post():
    found = as_proof(known(may_be_live=True), DUPLICATE)
    assert found == Outcome(S.PUBLISHED, code="422", post_id=URN)


@pytest.mark.parametrize(
    ("others", "outcome"),
    [
        ({}, DUPLICATE),
        ({"may_be_live": True, "post_is_taken": True}, DUPLICATE),
        ({"may_be_live": True}, Outcome(S.FAILED, Reason.DUPLICATE, "422")),
        ({"may_be_live": True}, posted(URN)),
        ({"may_be_live": True}, posted(None)),
        ({"may_be_live": True}, REFUSED),
        ({"may_be_live": True}, not_sent()),
        # Reasons before and after it in the alphabet.
        ({"may_be_live": True}, Outcome(S.PUBLISHED, Reason.BUSY, post_id=URN)),
        ({"may_be_live": True}, Outcome(S.PUBLISHED, Reason.NO_ID, post_id=URN)),
        ({"post_is_taken": True}, posted(None)),
        ({"post_is_taken": True}, REFUSED),
    ],
)
def test_everything_else_is_what_it_says(others, outcome):
    assert as_proof(known(**others), outcome) == outcome


def test_a_post_of_another_share_is_not_taken_over():
    taken = as_proof(known(post_is_taken=True), posted(URN))
    assert taken == Outcome(S.PUBLISHED_UNVERIFIED, Reason.NO_ID)
