"""Keeping a token for one deletion after a withdrawal, and erasing it in time (2.7)."""

from collections.abc import Sequence

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from advocacy.accounts.models import Account
from advocacy.accounts.operations import access_of
from advocacy.accounts.queries import account_of, is_connected
from advocacy.accounts.to_revoke import (
    LentToken,
    about_refresh,
    about_token,
    lent,
    revoke_later,
    revoke_not_yet,
)
from advocacy.shares.last_token_rows import LastToken
from advocacy.shares.models import Share, ShareState
from integrations.network import Access
from integrations.token_vault import TokenVault


def keep_for_deleting(session: Session, share_ids: Sequence[int]) -> None:
    """Part of a withdrawal, before the accounts go: each share takes its token along,
    until its lease ends.
    """
    mine = and_(Account.person_id == Share.person_id, Account.network == Share.network)
    found = session.execute(
        select(Share.id, Share.lease_until, Account)
        .join(Account, mine)
        .where(Share.id.in_(share_ids), Share.lease_until > func.clock_timestamp())
    ).all()
    for share_id, until, account in found:
        row = insert(LastToken).values(
            share_id=share_id,
            member_id=account.member_id,
            token_locked=account.token_locked,
            token_key_id=account.token_key_id,
            refresh_locked=account.refresh_locked,
            until=until,
        )
        # Withdrawn, given and withdrawn again in one lease: the first is the right one.
        kept = row.on_conflict_do_nothing().returning(LastToken.share_id)
        if session.execute(kept).first():
            revoke_not_yet(session, lent(account))


def access_to_delete(
    session: Session, share: Share, vault: TokenVault
) -> Access | None:
    """With what a post may be deleted: its last token, else the connected account's.

    Raises CannotUnlock.
    """
    last = session.scalar(
        select(LastToken).where(
            LastToken.share_id == share.id, LastToken.until > func.clock_timestamp()
        )
    )
    if last is not None:
        about = about_token(share.person_id, share.network)
        token = vault.unlock(last.token_locked, last.token_key_id, about)
        return Access(token=token, member_id=last.member_id)
    account = account_of(session, share.person_id, share.network)
    if account is None or account.refused_at:
        return None
    if share.member_hash not in {None, account.member_hash}:
        return None  # another profile's post, which this key does not open
    return access_of(account, vault)


def erase_last_tokens(session: Session) -> int:
    """Erase what is over, or serves nothing any more; returns how many went.

    They wait in the session to be revoked.
    """
    pending = (ShareState.SENDING, ShareState.PUBLISHED)
    needed = select(Share.id).where(
        Share.id == LastToken.share_id,
        Share.take_off_again,
        Share.state.in_(pending),
    )
    over = or_(LastToken.until <= func.clock_timestamp(), ~needed.exists())
    gone = session.scalars(
        delete(LastToken)
        .where(over)
        .returning(LastToken)
        .execution_options(synchronize_session=False)
    ).all()
    for last in gone:
        share = session.get_one(Share, last.share_id)
        if not _in_use(session, last, share):
            revoke_later(session, _lent(last, share))
    return len(gone)


def lock_last_again(session: Session, vault: TokenVault) -> int:
    """After a change of keys, after the accounts: the same for what is kept to delete with.

    Returns how many. Raises CannotUnlock when a key that is still needed was taken out.
    """
    kept = session.execute(
        select(LastToken, Share)
        .join(Share, Share.id == LastToken.share_id)
        .where(LastToken.token_key_id != vault.key_id)
        .with_for_update(of=LastToken)
    ).all()
    # What was one token stays to be seen as one (`_in_use`).
    again: dict[bytes, bytes] = {}
    for last, share in kept:
        for token in _lent(last, share):
            if token.data not in again:
                plain = vault.unlock(token.data, token.key_id, token.about)
                again[token.data] = vault.lock(plain, token.about).data
        last.token_locked = again[last.token_locked]
        if last.refresh_locked is not None:
            last.refresh_locked = again[last.refresh_locked]
        last.token_key_id = vault.key_id
    return len(kept)


def _in_use(session: Session, last: LastToken, share: Share) -> bool:
    """Whether another post still needs the same token, or the member is connected
    anew: a network may forget the newer grant with the older.
    """
    same = select(LastToken.share_id).where(LastToken.token_locked == last.token_locked)
    if session.scalars(same.limit(1)).first() is not None:
        return True
    return is_connected(session, share.network, last.member_id)


def _lent(last: LastToken, share: Share) -> list[LentToken]:
    owner, network, key_id = share.person_id, share.network, last.token_key_id
    token = LentToken(network, last.token_locked, key_id, about_token(owner, network))
    if last.refresh_locked is None:
        return [token]
    about = about_refresh(owner, network)
    return [token, LentToken(network, last.refresh_locked, key_id, about)]
