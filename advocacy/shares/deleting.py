"""Deleting a post, by the id the network gave or the address its owner told (2.5)."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from advocacy.accounts.models import Account
from advocacy.outside import Outside
from advocacy.shares.budget import count, payer_of
from advocacy.shares.changes import mark_removed
from advocacy.shares.claiming import database_time
from advocacy.shares.last_token_rows import LastToken
from advocacy.shares.last_tokens import access_to_delete
from advocacy.shares.models import ON_NETWORK, Share, ShareState
from advocacy.shares.post_addresses import id_in
from advocacy.shares.reasons import Reason
from integrations.database import transaction
from integrations.token_vault import CannotUnlock


def deletable_id(share: Share) -> str | None:
    """By what id it can be deleted: the network's, else the one in the told address.

    That one is never stored as the post's id: it is the owner's word (`where_posted`).
    """
    if share.state not in ON_NETWORK:
        return None
    return share.post_id or id_in(share.post_address)


def wants_deleting(share: Share) -> bool:
    """Whether its owner stopped it too late and it is there, where we cannot reach it.

    Once “post for me” is off we may not delete it any more.
    """
    unreached = share.state is ShareState.PUBLISHED_UNVERIFIED and not share.post_id
    withdrawn = share.reason == Reason.CONSENT_TOO_LATE
    return share.take_off_again and unreached and not withdrawn


def deletable_shares(session: Session, person_id: int) -> frozenset[int]:
    """Which of a person's posts we hold a key for: a last one, or the connected account's.

    The same two as in `access_to_delete`; what the network thinks of it shows in the call.
    """
    owned = Account.person_id == Share.person_id, Account.network == Share.network
    account = select(Account.id).where(*owned, Account.refused_at.is_(None))
    last = select(LastToken.share_id).where(
        LastToken.share_id == Share.id, LastToken.until > func.clock_timestamp()
    )
    mine = Share.person_id == person_id, Share.state.in_(ON_NETWORK)
    held = or_(account.exists(), last.exists())
    return frozenset(session.scalars(select(Share.id).where(*mine, held)))


class CannotTakeDown(Exception):
    """We do not know where the post is, or may no longer speak for the person."""


def take_down(share_id: int, outside: Outside) -> None:
    """Delete a post on its network; done twice it is still done.

    With its owner's own token, so nothing but an own post can be meant. Raises
    CannotTakeDown, or a ProviderError when the network did not do it.
    """
    with transaction() as session:
        share = session.get_one(Share, share_id)
        if share.state is ShareState.REMOVED:
            return
        try:
            access = access_to_delete(session, share, outside.vault)
        except CannotUnlock as error:
            raise CannotTakeDown from error
        post_id = deletable_id(share)
        if access is None or post_id is None:
            raise CannotTakeDown
        network = outside.networks[share.network]
        day = database_time(session).date()
        payer = payer_of(share.network, access.member_id, day)
        count(session, payer, 1, network.day_limits)
    network.delete(access, post_id)
    with transaction() as session:
        share = session.get_one(Share, share_id)
        if share.state is not ShareState.REMOVED:
            mark_removed(session, share)
