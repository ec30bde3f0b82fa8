"""Taking due shares in hand if nothing stands in the way (reliability.md 2.4, 1-2)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import token_hex
from time import monotonic

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.accounts.models import Account
from advocacy.accounts.operations import access_of
from advocacy.shares.budget import payer_of, reserve_each
from advocacy.shares.call_rows import RowKey
from advocacy.shares.days import has_its_day
from advocacy.shares.drafting import files_of
from advocacy.shares.facts import Facts, facts_of
from advocacy.shares.models import Share, ShareState
from advocacy.shares.obstacles import Obstacle, obstacle
from advocacy.shares.outcomes import NO_CALLS_LEFT, next_time
from advocacy.shares.pausing import may_leave, may_leave_now
from advocacy.shares.reasons import Reason
from advocacy.shares.station import Station
from integrations.clock import now
from integrations.network import Access, PostDraft
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
    # What was reserved for it, and in whose count.
    calls: int
    payer: RowKey
    lease: timedelta
    taken: float  # on the monotonic clock
    # The network's pause that this post tries to end, if there is one (2.5, 426).
    pause_until: datetime | None = None
    # The frozen body once more, because of a doubt (2.2).
    is_probe: bool = False

    def waited(self) -> float:
        """Seconds since it was taken in hand."""
        return monotonic() - self.taken


@dataclass(frozen=True)
class _Unhindered:
    """A share that nothing stops, with what it needs to leave."""

    facts: Facts
    account: Account
    access: Access
    calls: int
    pause_until: datetime | None = None


def claim_share(session: Session, share_id: int, station: Station) -> Claim | None:
    """Take one due share in hand; None when it stays, or moves elsewhere."""
    return next(iter(claim_shares(session, [share_id], station)), None)


def claim_shares(
    session: Session, share_ids: Sequence[int], station: Station
) -> list[Claim]:
    """Take due shares in hand, or move them to where an obstacle puts them.

    Others that try at the same moment skip the locked rows and get fewer.
    """
    due = (
        Share.id.in_(share_ids),
        Share.state == ShareState.SCHEDULED,
        Share.next_at <= func.clock_timestamp(),
        Share.network.in_(station.outside.networks),
        may_leave(Share.network),
    )
    found = facts_of(session, station, *due)
    if not found or not clocks_agree(found[0].at):
        return []
    # One statement at the end stores what becomes of all of them.
    with session.no_autoflush:
        free = [one for facts in found if (one := _unhindered(session, facts, station))]
        affordable = _affordable(session, _let_leave(session, free), station)
        return [_take(one, station) for one in affordable]


def _unhindered(session: Session, facts: Facts, station: Station) -> _Unhindered | None:
    share = facts.share
    share.crash_count += 1
    found = obstacle(facts)
    if found is None and not has_its_day(session, share, facts.at):
        found = Obstacle(ShareState.MISSED, Reason.DAY_TAKEN)
    if found is None and facts.account is not None:
        try:
            access = access_of(facts.account, station.outside.vault)
        except CannotUnlock:
            found = Obstacle(ShareState.NEEDS_RECONNECT, Reason.ACCESS_REFUSED)
        else:
            calls = _calls_for(facts, station)
            return _Unhindered(facts, facts.account, access, calls)
    if found is not None:
        share.move_to(found.state)
        share.reason = found.reason
        log.info("share_stopped", share=share.id, code=found.reason)
    return None


def _calls_for(facts: Facts, station: Station) -> int:
    network = station.outside.networks[facts.share.network]
    try:
        return network.calls_for(facts.draft)
    except OSError:  # a file is gone, or its disk: preparing says so
        return 1


def _let_leave(session: Session, free: list[_Unhindered]) -> list[_Unhindered]:
    """Those that the pause of their network lets through; the others stay as they were."""
    leaving = []
    for network, waiting in _by_network(free).items():
        if not waiting[0].facts.network_pauses:
            leaving += waiting
            continue
        allowed = may_leave_now(session, network, waiting[0].facts.at, len(waiting))
        leaving += [
            replace(one, pause_until=allowed.pause_until)
            for one in waiting[: allowed.count]
        ]
        for one in waiting[allowed.count :]:
            one.facts.share.crash_count -= 1
    return leaving


def _affordable(
    session: Session, free: list[_Unhindered], station: Station
) -> list[_Unhindered]:
    """Those that the day's calls suffice for. Last of all: workers share these counts."""
    affordable = []
    for name, waiting in _by_network(free).items():
        limits = station.outside.networks[name].day_limits
        wanted = [(payer(one.facts, one.access), one.calls) for one in waiting]
        granted = reserve_each(session, wanted, limits)
        for one, is_granted in zip(waiting, granted, strict=True):
            if is_granted:
                affordable.append(one)
            else:
                _wait_for_tomorrow(one.facts.share, one.facts.at)
    return affordable


def _by_network(free: Iterable[_Unhindered]) -> dict[str, list[_Unhindered]]:
    """By name, as they are locked: in one order for all, or two could wait in a circle."""
    found = defaultdict(list)
    for one in free:
        found[one.facts.share.network].append(one)
    return dict(sorted(found.items()))


def _wait_for_tomorrow(share: Share, at: datetime) -> None:
    share.crash_count -= 1
    share.reason = Reason.RATE_LIMIT
    share.next_at = share.agreed_at = next_time(NO_CALLS_LEFT, at)
    share.woken_at = None
    log.info("share_waits", share=share.id, code=Reason.RATE_LIMIT)


def database_time(session: Session) -> datetime:
    """One clock for all workers: the database's, as it is now."""
    moment: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    return moment


def clocks_agree(at: datetime) -> bool:
    """Whether this machine's clock shows what the database's does."""
    apart = at - now()
    if abs(apart) <= CLOCKS_APART:
        return True
    log.error("clocks_differ", seconds=round(apart.total_seconds()))
    return False


def _take(one: _Unhindered, station: Station) -> Claim:
    share = one.facts.share
    share.move_to(ShareState.PREPARING)
    share.lease_until = one.facts.at + _lease_for(one.facts.draft)
    claim = claim_of(one.facts, one.account, one.access, one.calls, station)
    return replace(claim, pause_until=one.pause_until)


def payer(facts: Facts, access: Access) -> RowKey:
    """Whose calls its post costs, on this day."""
    return payer_of(facts.share.network, access.member_id, facts.at.date())


def _lease_for(draft: PostDraft) -> timedelta:
    return MEDIA_LEASE if files_of(draft) else LEASE


def claim_of(
    facts: Facts, account: Account, access: Access, calls: int, station: Station
) -> Claim:
    """Mark the share as this worker's."""
    share = facts.share
    share.lease_owner = f"{station.worker}/{token_hex(8)}"
    return Claim(
        share_id=share.id,
        person_id=share.person_id,
        item_id=share.item_id,
        owner=share.lease_owner,
        network=share.network,
        access=access,
        draft=facts.draft,
        tries=share.tries,
        account_id=account.id,
        connected_at=account.connected_at,
        token_is_new=facts.at - account.connected_at < NEW_TOKEN,
        calls=calls,
        payer=payer(facts, access),
        lease=_lease_for(facts.draft),
        taken=monotonic(),
    )
