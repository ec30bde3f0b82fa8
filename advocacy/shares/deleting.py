"""Deleting a post, by the id the network gave or the address its owner told (2.5)."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from advocacy.accounts.models import Account
from advocacy.outside import Outside
from advocacy.shares.as_seen import last_attempt
from advocacy.shares.budget import count, payer_of
from advocacy.shares.changes import answer_uncertain, mark_removed
from advocacy.shares.claiming import database_time
from advocacy.shares.last_token_rows import LastToken
from advocacy.shares.last_tokens import access_to_delete
from advocacy.shares.models import ON_NETWORK, Share, ShareState
from advocacy.shares.post_addresses import id_in
from advocacy.shares.reasons import Reason
from integrations.clock import now
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
    """Which of a person's posts we hold a key for: a last one, or that of the connected
    account, if it is the one that posted.

    The same two as in `access_to_delete`; what the network thinks of it shows in the call.
    """
    connected = Account.person_id == person_id, Account.refused_at.is_(None)
    accounts = session.scalars(select(Account).where(*connected)).all()
    account = or_(
        Share.member_hash.in_([one.member_hash for one in accounts]),
        # Of what is older than the note of whose profile it was, nobody knows.
        Share.member_hash.is_(None)
        & Share.network.in_([one.network for one in accounts]),
    )
    last = select(LastToken.share_id).where(
        LastToken.share_id == Share.id, LastToken.until > func.clock_timestamp()
    )
    mine = Share.person_id == person_id, Share.state.in_(ON_NETWORK)
    held = or_(account, last.exists())
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
        tried = last_attempt(session, share_id)
    network.delete(access, post_id)
    with transaction() as session:
        _note_removed(session, share_id, tried)


def _note_removed(session: Session, share_id: int, tried: int) -> None:
    """It is off the network; `tried` was the share's last attempt before the call."""
    share = session.get_one(Share, share_id, with_for_update=True)
    if share.state is ShareState.REMOVED:
        return
    in_doubt = share.state is ShareState.UNCERTAIN
    if in_doubt and last_attempt(session, share_id) == tried:
        # "It is there" was taken back during the call. A moment later that would have
        # been refused: what was pressed first counts.
        answer_uncertain(session, share, there=True, at=now())
    mark_removed(session, share)
