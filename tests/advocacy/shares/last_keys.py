"""The keys that are kept for one deletion each, and what becomes of them."""

from datetime import timedelta

from sqlalchemy import func, select

from advocacy.accounts.models import Account
from advocacy.outside import LINKEDIN
from advocacy.shares.arming import arm, freeze_body
from advocacy.shares.claiming import claim_share
from advocacy.shares.last_token_rows import LastToken
from integrations.clock import now
from integrations.database import transaction


def tokens(session):
    """How many are kept: of accounts, and for one deletion each."""
    session.expire_all()
    kinds = (Account, LastToken)
    return tuple(session.scalar(select(func.count()).select_from(k)) for k in kinds)


def end_leases():
    """As if two minutes had gone by."""
    with transaction() as session:
        for last in session.scalars(select(LastToken)):
            last.until = now() - timedelta(seconds=1)


def given_back(sandbox, key):
    """Whether the network was told to forget it."""
    [token] = [t for t in sandbox.memory.tokens.values() if t.value == key]
    return token.status == "revoked"


def armed(session, share, station):
    claim = claim_share(session, share.id, station)
    body = station.outside.networks[LINKEDIN].prepare(claim.access, claim.draft)
    assert freeze_body(session, claim, body)
    assert arm(session, claim, body)
    session.commit()
