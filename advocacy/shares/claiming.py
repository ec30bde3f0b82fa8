"""Taking a due share in hand if nothing stands in the way (reliability.md 2.4, 1-2)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from secrets import token_hex

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from advocacy.accounts.models import Account
from advocacy.accounts.operations import access_of
from advocacy.accounts.queries import account_of
from advocacy.consent.models import Purpose
from advocacy.consent.queries import epoch_while_on
from advocacy.people.models import Person
from advocacy.shares.budget import Payer, reserve
from advocacy.shares.carried_media import stored_media_of
from advocacy.shares.drafting import draft_of, files_of
from advocacy.shares.models import Share, ShareState
from advocacy.shares.named import known_mentions, named_in
from advocacy.shares.obstacles import Facts, Obstacle, obstacle
from advocacy.shares.outcomes import NO_CALLS_LEFT, next_time
from advocacy.shares.pausing import goes_first, paused
from advocacy.shares.reasons import Reason
from advocacy.shares.station import Station
from integrations.clock import now
from integrations.network import Access, Network, PostDraft
from integrations.token_vault import CannotUnlock

log = structlog.get_logger()

# At least four times the longest call, which takes 30 s (reliability.md 2.4, 6).
LEASE = timedelta(seconds=120)
# Uploads, and the wait until LinkedIn has read them (reliability.md 3.1, media).
MEDIA_LEASE = timedelta(seconds=600)
# Application and database must agree about the time before anything leaves (2.9).
CLOCKS_APART = timedelta(seconds=30)
# LinkedIn may not know a token yet that it gave out just now (2.5, 401).
NEW_TOKEN = timedelta(seconds=60)


@dataclass(frozen=True)
class Claim:
    """A share in hand. `owner` is this claim's own mark; every guard compares it."""

    share_id: int
    person_id: int
    item_id: int
    owner: str
    network: str
    access: Access
    draft: PostDraft
    tries: int
    account_id: int
    connected_at: datetime  # which of the account's tokens it was
    token_is_new: bool
    # The frozen body once more, because of a doubt (2.2).
    is_probe: bool = False


def claim_share(session: Session, share_id: int, station: Station) -> Claim | None:
    """Take a due share in hand, or move it to where an obstacle puts it.

    Others that try at the same moment skip the locked row and get None.
    """
    at = agreed_time(session)
    if at is None:
        return None
    share = _due_share(session, share_id, at)
    if share is None or share.network not in station.outside.networks:
        return None
    if paused(session, share.network, at):
        return None
    share.crash_count += 1
    facts = facts_of(session, share, at, station)
    found = obstacle(facts)
    if found is None and facts.account is not None:
        try:
            access = access_of(facts.account, station.outside.vault)
        except CannotUnlock:
            found = Obstacle(ShareState.NEEDS_RECONNECT, Reason.ACCESS_REFUSED)
        else:
            network = station.outside.networks[share.network]
            if not goes_first(session, share.network, at):
                share.crash_count -= 1
                return None
            if _affords(session, facts, access, network):
                return _take(facts, facts.account, access, station)
            _wait_for_tomorrow(share, at)
    if found is not None:
        share.move_to(found.state)
        share.reason = found.reason
        log.info("share_stopped", share=share.id, code=found.reason)
    return None


def _affords(session: Session, facts: Facts, access: Access, network: Network) -> bool:
    """Last of all, because the app's count is what all workers share."""
    payer = Payer(facts.share.network, access.member_id, facts.at.date())
    whole = all(file.exists() for file in files_of(facts.draft))
    calls = network.calls_for(facts.draft) if whole else 1
    return reserve(session, payer, calls, network.day_limits)


def _wait_for_tomorrow(share: Share, at: datetime) -> None:
    share.crash_count -= 1
    share.reason = Reason.RATE_LIMIT
    share.next_at = next_time(NO_CALLS_LEFT, at)
    share.woken_at = None
    log.info("share_waits", share=share.id, code=Reason.RATE_LIMIT)


def database_time(session: Session) -> datetime:
    """One clock for all workers: the database's, as it is now."""
    moment: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    return moment


def agreed_time(session: Session) -> datetime | None:
    """The database's time, if this machine's clock agrees with it."""
    at = database_time(session)
    if abs(at - now()) <= CLOCKS_APART:
        return at
    log.error("clocks_differ", seconds=round((at - now()).total_seconds()))
    return None


def _due_share(session: Session, share_id: int, at: datetime) -> Share | None:
    return session.scalar(
        select(Share)
        .where(
            Share.id == share_id,
            Share.state == ShareState.SCHEDULED,
            Share.next_at <= at,
        )
        .options(joinedload(Share.item, innerjoin=True))
        .with_for_update(of=Share, skip_locked=True)
    )


def facts_of(session: Session, share: Share, at: datetime, station: Station) -> Facts:
    """What must be known of a share before anything of it leaves."""
    files, network = station.outside.files, station.outside.networks[share.network]
    media = stored_media_of(session, share, share.item, network.most_pictures)
    draft = draft_of(share, share.item, media, files, station.base_url)
    mentions = named_in(draft.text, known_mentions(session, share.network))
    return Facts(
        share=share,
        person=session.get_one(Person, share.person_id),
        account=account_of(session, share.person_id, share.network),
        media=media,
        consent_epoch=epoch_while_on(session, share.person_id, Purpose.POST_FOR_ME),
        draft=replace(draft, mentions=mentions),
        at=at,
        length=partial(network.length, mentions=mentions),
    )


def _take(facts: Facts, account: Account, access: Access, station: Station) -> Claim:
    share, draft = facts.share, facts.draft
    heavy = bool(files_of(draft))
    share.move_to(ShareState.PREPARING)
    share.lease_until = facts.at + (MEDIA_LEASE if heavy else LEASE)
    return claim_of(facts, account, access, station)


def claim_of(facts: Facts, account: Account, access: Access, station: Station) -> Claim:
    """Mark the share as this worker's."""
    share, draft = facts.share, facts.draft
    share.lease_owner = f"{station.worker}/{token_hex(8)}"
    return Claim(
        share_id=share.id,
        person_id=share.person_id,
        item_id=share.item_id,
        owner=share.lease_owner,
        network=share.network,
        access=access,
        draft=draft,
        tries=share.tries,
        account_id=account.id,
        connected_at=account.connected_at,
        token_is_new=facts.at - account.connected_at < NEW_TOKEN,
    )
