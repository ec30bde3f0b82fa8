"""Which account a person connected, and whether its token may still be used."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.accounts.models import Account


def account_of(session: Session, person_id: int, network: str) -> Account | None:
    """The person's account on `network`, whatever its state."""
    query = select(Account).where(
        Account.person_id == person_id, Account.network == network
    )
    return session.scalars(query).one_or_none()


def usable_account(
    session: Session, person_id: int, network: str, at: datetime
) -> Account | None:
    """The person’s account, if at `at` its token is not refused, nor over for good."""
    account = account_of(session, person_id, network)
    if account is None or account.refused_at or account.lasts_until <= at:
        return None
    return account


def is_connected(session: Session, network: str, member_id: str) -> bool:
    """Whether anybody here has connected this member of the network."""
    query = select(Account.id).where(
        Account.network == network, Account.member_id == member_id
    )
    return session.scalars(query.limit(1)).one_or_none() is not None


def owner_of(
    session: Session, network: str, client_id: str, member_id: str
) -> int | None:
    """Whose account here a member of the network is, as our app there knows members."""
    query = select(Account.person_id).where(
        Account.network == network,
        Account.client_id == client_id,
        Account.member_id == member_id,
    )
    return session.scalars(query).one_or_none()
