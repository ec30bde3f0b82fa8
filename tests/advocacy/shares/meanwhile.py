"""What may happen to a share while its worker waits for the answer."""

from datetime import timedelta

from advocacy.shares.changes import answer_uncertain
from advocacy.shares.models import Share, ShareState
from advocacy.shares.sweeper import sweep
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.making import attempt_of


def swept_away(share):
    """The sweeper comes while the worker is still at it."""

    def happen():
        with transaction() as session:
            row = session.get_one(Share, share.id)
            row.lease_until = now() - timedelta(seconds=1)
            session.flush()
            assert sweep(session).uncertain == 1

    return happen


def answered(share, **answer):
    """The sweeper comes, and its owner is quicker than the network."""

    def happen():
        swept_away(share)()
        with transaction() as session:
            row = session.get_one(Share, share.id)
            answer_uncertain(session, row, at=now(), **answer)

    return happen


def attempted_again(share):
    """The doubt was answered with "send it again", and that is on the wire now."""

    def happen():
        swept_away(share)()
        with transaction() as other:
            row = other.get_one(Share, share.id)
            row.state = ShareState.SENDING
            row.lease_owner = "another-worker/1"
            row.lease_until = now() + timedelta(seconds=100)
            attempt = attempt_of(row.id, n=2)
            other.add(attempt)

    return happen
