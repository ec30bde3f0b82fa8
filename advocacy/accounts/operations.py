"""Connected accounts: taken up, refused, let go."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningDelete

from advocacy.accounts.connections import networks_of, purpose_of
from advocacy.accounts.errors import RoundOver, TakenByColleague
from advocacy.accounts.locked import refresh_token_of, token_values
from advocacy.accounts.models import Account, ConnectingRound
from advocacy.accounts.queries import account_of, is_connected
from advocacy.accounts.rounds import OPEN_FOR, Traveller, end_round, open_grant
from advocacy.accounts.to_revoke import (
    LentToken,
    about_refresh,
    about_token,
    lent,
    lent_grant,
    revoke_later,
)
from advocacy.consent.models import Purpose
from advocacy.consent.queries import stays_on
from integrations.clock import now
from integrations.network import Access, Grant
from integrations.token_vault import CannotUnlock, TokenVault

# A token that ended and could be renewed, but whose owner did not come back (privacy.md
# 2.4): so long after its end it goes.
UNUSED_KEPT = timedelta(days=60)
ONE_PERSON_EACH = "uq_account_network_client_id_member_id"


def confirm_round(
    session: Session,
    vault: TokenVault,
    client_id: str,
    who: Traveller,
    row: ConnectingRound,
) -> None:
    """The person said yes to both names: the account is connected, or connected anew.

    Raises RoundOver, TakenByColleague.
    """
    if not stays_on(session, who.person_id, purpose_of(who.network)):
        raise RoundOver
    try:
        grant = open_grant(vault, row)
    except CannotUnlock as error:  # the key was changed in these ten minutes
        raise RoundOver from error
    before = account_of(session, who.person_id, who.network)
    if before and before.member_id != grant.member_id:
        revoke_later(session, lent(before))
    values = _values(vault, client_id, who, grant)
    fresh = insert(Account).values(
        person_id=who.person_id, network=who.network, **values
    )
    key = [Account.person_id, Account.network]
    newer = values | {"token_version": Account.token_version + 1}
    _store(session, fresh.on_conflict_do_update(index_elements=key, set_=newer))
    end_round(session, row)


def drop_round(session: Session, row: ConnectingRound) -> None:
    """The person said no: forget the grant, and have it revoked unless the same member
    is connected here already (a network may then forget that grant too).
    """
    end_round(session, row)
    if not is_connected(session, row.network, row.member_id or ""):
        revoke_later(session, [lent_grant(row)])


def disconnect(session: Session, person_id: int, network: str) -> None:
    """Let go of one account: its token is deleted here and then revoked there."""
    gone = (
        delete(Account)
        .where(Account.person_id == person_id, Account.network == network)
        .returning(Account)
    )
    revoke_later(session, _all_of(session, gone))


def access_of(account: Account, vault: TokenVault) -> Access:
    """What a network needs to act for the person.

    Raises CannotUnlock.
    """
    about = about_token(account.person_id, account.network)
    token = vault.unlock(account.token_locked, account.token_key_id, about)
    return Access(token=token, member_id=account.member_id)


def note_end(session: Session, person_id: int, network: str, at: datetime) -> None:
    """The person read that the token ends soon: it is said once."""
    session.execute(
        update(Account)
        .where(Account.person_id == person_id, Account.network == network)
        .values(end_noted_at=at)
    )


def mark_refused(session: Session, account_id: int) -> None:
    """The network no longer takes the token: the person has to connect again."""
    session.execute(
        update(Account).where(Account.id == account_id).values(refused_at=now())
    )


def forget_accounts(
    session: Session, person_id: int, purpose: Purpose, _at: datetime, /
) -> None:
    """Part of a withdrawal's cascade: without its purpose there is no token here.

    What is to be revoked waits in the session; `revoking.forgetting` sees to it.
    """
    networks = networks_of(purpose)
    if not networks:
        return
    rounds = (
        delete(ConnectingRound)
        .where(
            ConnectingRound.person_id == person_id,
            ConnectingRound.network.in_(networks),
        )
        .returning(ConnectingRound)
    )
    found = [lent_grant(row) for row in session.scalars(rounds) if row.grant_locked]
    accounts = (
        delete(Account)
        .where(Account.person_id == person_id, Account.network.in_(networks))
        .returning(Account)
    )
    revoke_later(session, found + _all_of(session, accounts))


def forget_ended(session: Session, at: datetime) -> None:
    """For the clock: tokens that are over, and rounds nobody came back to."""
    over = (
        delete(Account)
        .where(
            Account.expires_at <= at,
            or_(
                Account.refresh_locked.is_(None),
                Account.refresh_expires_at <= at,
                Account.expires_at <= at - UNUSED_KEPT,
            ),
        )
        .returning(Account)
    )
    gone = session.scalars(over).all()
    # A token that is over by itself needs no word; what renews it does.
    left = [account for account in gone if account.refresh_locked]
    revoke_later(session, [token for account in left for token in lent(account)])
    old = (
        delete(ConnectingRound)
        .where(ConnectingRound.created_at <= at - OPEN_FOR)
        .returning(ConnectingRound)
    )
    rows = [row for row in session.scalars(old) if row.grant_locked]
    unused = [
        lent_grant(row)
        for row in rows
        if not is_connected(session, row.network, row.member_id or "")
    ]
    revoke_later(session, unused)


def lock_again(session: Session, vault: TokenVault) -> int:
    """After a change of keys: lock every token with the newest key; returns how many.

    Raises CannotUnlock when a key that is still needed was taken out.
    """
    query = select(Account).where(Account.token_key_id != vault.key_id)
    accounts = list(session.scalars(query.with_for_update()))
    for account in accounts:
        owner, network = account.person_id, account.network
        refresh = refresh_token_of(account, vault)
        locked = vault.lock(
            access_of(account, vault).token, about_token(owner, network)
        )
        if refresh is not None:
            about = about_refresh(owner, network)
            account.refresh_locked = vault.lock(refresh, about).data
        account.token_locked, account.token_key_id = locked.data, locked.key_id
    return len(accounts)


def _all_of(session: Session, gone: ReturningDelete[Account]) -> list[LentToken]:
    return [token for account in session.scalars(gone) for token in lent(account)]


def _store(session: Session, statement: Insert) -> None:
    try:
        with session.begin_nested():
            session.execute(statement)
    except IntegrityError as error:
        if ONE_PERSON_EACH in str(error.orig):
            raise TakenByColleague from error
        raise


def _values(
    vault: TokenVault, client_id: str, who: Traveller, grant: Grant
) -> dict[str, object]:
    return {
        "client_id": client_id,
        "member_id": grant.member_id,
        "member_name": grant.member_name,
        "scopes": sorted(grant.scopes),
        "refused_at": None,
    } | token_values(vault, who.person_id, who.network, grant)
