"""What is known of an attempt when its answer comes, read from the rows."""

import pytest
from sqlalchemy import update

from advocacy.outside import LINKEDIN
from advocacy.shares.attempted import Attempted
from advocacy.shares.evidence import UnknownAttempt, known_of
from advocacy.shares.models import PublishAttempt, PublishingPause, Share, ShareState
from advocacy.shares.outcomes import posted
from integrations.clock import now
from tests.advocacy.shares.ends import REFUSED
from tests.advocacy.shares.making import (
    attempt_of,
    attempts,
    make_item,
    put_into,
    queue_due,
)

S = ShareState
URN = "urn:li:share:5"
MIDDLE = 2  # of three attempts


def an_attempt(share_id, n, end):
    return attempt_of(share_id, n=n, worker=f"worker/{n}", outcome=end)


@pytest.fixture
def tried(session, share):
    """A share with three attempts; who made each, and how it ended."""

    def make(*ends):
        rows = [an_attempt(share.id, n, end) for n, end in enumerate(ends, 1)]
        session.add_all(rows)
        session.flush()
        return share

    return make


def look(session, share, outcome=REFUSED, *, n=MIDDLE, owner=f"worker/{MIDDLE}"):
    attempted = Attempted(share.id, n, owner, LINKEDIN, 0, now())
    return known_of(session, attempted, outcome)


def test_the_answered_attempt_is_found_and_the_last_one(session, tried):
    found = look(session, tried("failed", None, "scheduled"))
    assert (found.attempt.n, found.last.n) == (2, 3)


def test_attempts_of_other_shares_say_nothing(session, person, tried):
    """Neither of one that was wished before it, nor after."""
    share = tried("failed", None)
    others = [queue_due(session, person, make_item(session)) for _two in range(2)]
    session.flush()
    before, mine, after = sorted([share.id, *(other.id for other in others)])
    for row in attempts(session, share):
        row.share_id = mine
    for other in (before, after):
        session.add(an_attempt(other, 3, "uncertain"))
    session.flush()

    found = look(session, session.get_one(Share, mine))

    assert (found.attempt.n, found.last.n) == (2, 2)


@pytest.mark.parametrize("owner", ["worker/1", "worker/3", "worker"])
def test_an_answer_to_no_attempt_of_its_worker_is_about_nothing(session, tried, owner):
    with pytest.raises(UnknownAttempt):
        look(session, tried("failed", None, "failed"), owner=owner)


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (("uncertain", None, "failed"), True),
        (("published", None, "failed"), True),
        (("not_sent", None, "failed"), False),
        ((None, "uncertain", "failed"), False),
        (("failed", None, "uncertain"), False),
    ],
)
def test_live_may_be_what_an_earlier_attempt_left_in_doubt(
    session, tried, ends, expected
):
    assert look(session, tried(*ends)).may_be_live is expected


@pytest.mark.parametrize("made", ["before", "after"])
@pytest.mark.parametrize(
    ("network", "post_id", "expected"),
    [
        ("linkedin", URN, True),
        ("a network", URN, False),
        ("mastodon", URN, False),
        ("linkedin", "urn:li:share:4", False),
        ("linkedin", "urn:li:share:6", False),
    ],
)
def test_a_post_is_taken_by_another_share_on_that_network(
    session, person, tried, made, network, post_id, expected
):
    share = tried("failed", None, "failed")
    other = queue_due(session, person, make_item(session))
    put_into(session, other, S.PUBLISHED)
    if made == "before":
        session.execute(update(PublishAttempt).values(share_id=other.id))
        share, other = other, share
    other.network, other.post_id = network, post_id
    session.flush()
    assert look(session, share, posted(URN)).post_is_taken is expected


def test_its_own_post_is_not_taken(session, tried):
    share = tried("failed", None, "failed")
    share.post_id = URN
    session.flush()
    assert look(session, share, posted(URN)).post_is_taken is False


@pytest.mark.parametrize(
    ("network", "expected"),
    [("linkedin", True), ("a network", False), ("mastodon", False)],
)
def test_a_pause_is_one_of_its_own_network(session, tried, network, expected):
    session.add(PublishingPause(network=network, until=now(), reason="version"))
    share = tried("failed", None, "failed")
    assert look(session, share).network_pauses is expected


def test_what_another_transaction_stored_is_seen(session, tried):
    share = tried("failed", None, "failed")
    seen_before = attempts(session, share)
    session.connection().exec_driver_sql("UPDATE share SET reason = 'left'")
    session.connection().exec_driver_sql("UPDATE publish_attempt SET answer = '500'")
    found = look(session, share)
    assert (found.share.reason, found.attempt.answer) == ("left", "500")
    assert found.attempt is seen_before[MIDDLE - 1]
