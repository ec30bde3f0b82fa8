"""The usual end in one statement comes to what the long way comes to, or is left to it."""

from dataclasses import replace

import pytest
from sqlalchemy import inspect, text
from structlog.testing import capture_logs

from advocacy.outside import LINKEDIN
from advocacy.shares.arming import arm, freeze_body
from advocacy.shares.claiming import claim_share
from advocacy.shares.models import PublishAttempt, Share, ShareState
from advocacy.shares.outcomes import Outcome, doubt, posted
from advocacy.shares.reasons import Reason
from advocacy.shares.settling import settle_attempt
from advocacy.shares.storing_outcomes import settle
from advocacy.shares.usual_end import is_usual, store_usual_end
from integrations.database import one_statement
from tests.advocacy.shares.ends import URN
from tests.advocacy.shares.making import attempts, make_item, queue_due

TIMES = {"changed_at", "posted_at", "closed_at", "next_at"}
MEANWHILE = {
    "nothing": "SELECT 1",
    "stopped by its owner": "UPDATE share SET stop_requested = true WHERE id = :share",
    "consent withdrawn": """
        UPDATE share SET stop_requested = true, reason = 'consent' WHERE id = :share""",
    "a pause is tried out": """
        INSERT INTO publishing_pause (network, until, reason)
        VALUES ('linkedin', clock_timestamp(), 'VERSION')""",
    "a pause elsewhere": """
        INSERT INTO publishing_pause (network, until, reason)
        VALUES ('mastodon', clock_timestamp(), 'VERSION')""",
    "the post is another share's": """
        UPDATE share SET post_id = :urn, state = 'published' WHERE id = :other""",
    "another network's post of that name": """
        UPDATE share SET post_id = :urn, state = 'published', network = 'mastodon'
        WHERE id = :other""",
    "swept": """
        WITH attempt AS (UPDATE publish_attempt SET outcome = 'uncertain')
        UPDATE share SET state = 'uncertain', lease_owner = NULL WHERE id = :share""",
    "somebody else's": "UPDATE share SET lease_owner = 'other/1' WHERE id = :share",
    "the attempt was closed": "UPDATE publish_attempt SET outcome = 'uncertain'",
}
ONE_STATEMENT_DOES = {
    "nothing",
    "a pause elsewhere",
    "another network's post of that name",
}


@pytest.fixture
def armed(session, share, station):
    """A share on the wire."""
    claim = claim_share(session, share.id, station)
    assert freeze_body(session, claim, b"{}")
    return arm(session, claim, b"{}")


def _row(row):
    columns = inspect(type(row)).columns.keys()
    return {
        name: getattr(row, name) is None if name in TIMES else getattr(row, name)
        for name in columns
    }


def _all_rows(session, share):
    session.expire_all()
    return _row(session.get_one(Share, share.id)), list(
        map(_row, attempts(session, share))
    )


@pytest.mark.parametrize("what", MEANWHILE)
def test_whatever_happened_meanwhile_both_ways_end_alike(
    session, share, person, armed, station, what
):
    other = queue_due(session, person, make_item(session))
    session.flush()
    rows = {"share": share.id, "other": other.id, "urn": URN}
    session.execute(text(MEANWHILE[what]), rows)
    network = station.outside.networks[LINKEDIN]

    with session.begin_nested() as the_long_way:
        settle_attempt(session, armed.attempted, posted(URN), network)
        session.flush()
        expected = _all_rows(session, share)
        the_long_way.rollback()
    with one_statement() as database:
        before = _all_rows(session, share)
        stored = store_usual_end(database, armed.attempted, posted(URN), network)
        changed = _all_rows(session, share) != before

    assert stored is changed is (what in ONE_STATEMENT_DOES)
    settle(armed, posted(URN), station)
    assert _all_rows(session, share) == expected


def test_an_answer_is_counted_by_its_own_attempt_alone(session, share, armed, station):
    earlier = {
        "n": 0,
        "worker": armed.claim.owner,
        "share_id": share.id,
        "body_sha256": "",
        "armed_at": share.due_at,
        "consent_epoch": 1,
        "content_epoch": 1,
        "outcome": "not_sent",
    }
    session.add(PublishAttempt(**earlier))
    session.flush()

    settle(armed, posted(URN), station)

    outcomes = [one.outcome for one in attempts(session, share)]
    assert outcomes == ["not_sent", "published"]


REFUSED = Outcome(ShareState.FAILED, Reason.REFUSED, "422")


@pytest.mark.parametrize("outcome", [posted(None), doubt(), REFUSED])
def test_what_must_be_weighed_is_not_usual(armed, outcome):
    assert not is_usual(armed.attempted, outcome)


def test_usual_is_a_post_with_an_address_that_nobody_had_to_ask_for(armed):
    assert is_usual(armed.attempted, posted(URN))
    assert not is_usual(replace(armed.attempted, is_probe=True), posted(URN))


def test_without_an_address_nothing_is_stored(session, share, armed, station):
    before = _all_rows(session, share)
    network = station.outside.networks[LINKEDIN]
    with one_statement() as database:
        assert not store_usual_end(database, armed.attempted, posted(None), network)
    assert _all_rows(session, share) == before


def test_what_was_stored_is_said_in_the_log(share, armed, station):
    network = station.outside.networks[LINKEDIN]
    with capture_logs() as said, one_statement() as database:
        for _twice in range(2):
            store_usual_end(database, armed.attempted, posted(URN), network)
    settled = {"event": "attempt_settled", "log_level": "info"}
    assert said == [settled | {"share": share.id, "status": ShareState.PUBLISHED}]
