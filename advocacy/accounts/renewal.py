"""What renewing a token changes in its account's row: taken in hand, put in, put off.

Every change compares the token's version: an answer about an older token changes nothing.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, Update, and_, or_, select, update
from sqlalchemy.orm import Session

from advocacy.accounts.locked import refresh_token_of, token_values
from advocacy.accounts.models import Account
from integrations.clock import now
from integrations.network import Grant
from integrations.token_vault import CannotUnlock, TokenVault

log = structlog.get_logger()

# So long before its end a token is renewed when it is used; and its owner is told, where
# it cannot be (the first day of the three that linkedin.md 7 names).
BEFORE_END = timedelta(days=14)
# While one worker asks, which takes half a minute at most, the others leave it alone.
ASKING = timedelta(minutes=2)


@dataclass(frozen=True)
class Renewable:
    """One account in hand, and which of its tokens."""

    account_id: int
    person_id: int
    network: str
    member_id: str
    version: int
    refresh_token: str = field(repr=False)
    refresh_expires_at: datetime


def ends_soon(account: Account, at: datetime) -> bool:
    """Whether its token is over soon, or over already."""
    return account.expires_at <= at + BEFORE_END


def due_for_renewal(at: datetime) -> ColumnElement[bool]:
    """Accounts whose token ends soon, or has ended, and may be renewed now."""
    return and_(
        Account.refresh_locked.is_not(None),
        Account.refresh_expires_at > at,
        Account.expires_at <= at + BEFORE_END,
        Account.refused_at.is_(None),
        or_(Account.renew_after.is_(None), Account.renew_after <= at),
    )


def take(session: Session, account_id: int, vault: TokenVault) -> Renewable | None:
    """Read again under the row's lock: whoever was here before has seen to it."""
    at = now()
    query = select(Account).where(Account.id == account_id, due_for_renewal(at))
    account = session.scalars(query.with_for_update()).one_or_none()
    if account is None or account.refresh_expires_at is None:
        return None
    account.renew_after = at + ASKING  # whoever asks, or fails to unlock, is alone
    try:
        refresh_token = refresh_token_of(account, vault)
    except CannotUnlock:
        log.warning("token_not_renewed", network=account.network, code="key")
        return None
    return Renewable(
        account_id=account.id,
        person_id=account.person_id,
        network=account.network,
        member_id=account.member_id,
        version=account.token_version,
        refresh_token=refresh_token or "",
        refresh_expires_at=account.refresh_expires_at,
    )


def keep_renewed(
    session: Session, vault: TokenVault, renewable: Renewable, grant: Grant
) -> bool:
    """Put the new token in, unless there is a newer one; False: the account is gone."""
    whole = Grant(
        token=grant.token,
        # A network that says nothing about it leaves it as it was.
        refresh_token=grant.refresh_token or renewable.refresh_token,
        scopes=grant.scopes,
        expires_at=grant.expires_at,
        refresh_expires_at=grant.refresh_expires_at or renewable.refresh_expires_at,
        member_id=grant.member_id,
        member_name=grant.member_name,
    )
    values = token_values(vault, renewable.person_id, renewable.network, whole)
    values["token_version"] = renewable.version + 1
    if grant.scopes:
        values["scopes"] = sorted(grant.scopes)
    put = _same_token(renewable).values(values).returning(Account.id)
    if session.scalars(put).one_or_none() is not None:
        return True
    there = select(Account.id).where(Account.id == renewable.account_id)
    return session.scalars(there).one_or_none() is not None


def put_off(session: Session, renewable: Renewable, until: datetime) -> None:
    """The network was away; that is no reason to disconnect anybody."""
    session.execute(_same_token(renewable).values(renew_after=until))


def end_renewing(session: Session, renewable: Renewable) -> bool:
    """The network takes this no longer: the token goes on to its end, and no further.

    False when there is a newer token, which somebody else got meanwhile.
    """
    values = {"refresh_locked": None, "refresh_expires_at": None, "renew_after": None}
    ended = _same_token(renewable).values(values).returning(Account)
    account = session.scalars(ended).one_or_none()
    if account is None:
        return False
    if account.expires_at <= now():
        account.refused_at = now()
    return True


def _same_token(renewable: Renewable) -> Update:
    return update(Account).where(
        Account.id == renewable.account_id,
        Account.token_version == renewable.version,
    )
