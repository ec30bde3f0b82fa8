"""Asking about a doubt by sending the frozen body once more (reliability.md 2.2).

LinkedIn answers a repeat within ten minutes with the name of the post it has, as far as
that rule holds; so this is off unless an administrator switched it on. Where the network
itself promises that a repeat is no second post, it is always done.
"""

from contextlib import closing
from dataclasses import replace

import structlog
from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from advocacy.accounts.operations import access_of
from advocacy.shares.budget import reserve
from advocacy.shares.claiming import LEASE, Claim, claim_of, clocks_agree, payer
from advocacy.shares.facts import facts_of
from advocacy.shares.models import NOT_SENT, PublishAttempt, Share, ShareState
from advocacy.shares.obstacles import obstacle
from advocacy.shares.pausing import may_leave
from advocacy.shares.publishing import hand_back, send
from advocacy.shares.reasons import Reason
from advocacy.shares.repeat_window import in_repeat_window
from advocacy.shares.settling import THE_CALL
from advocacy.shares.station import Station
from integrations.database import transaction
from integrations.errors import ProviderError
from integrations.token_vault import CannotUnlock

log = structlog.get_logger()

MOST, MOST_WHERE_SAFE = 1, 5
BATCH = 50
ASKABLE = (Reason.NO_ANSWER, Reason.WORKER_LOST)


def doubts_to_ask(session: Session, station: Station) -> list[int]:
    """Shares in doubt whose network may still know what became of them."""
    chosen = (
        select(Share.id)
        .where(*_askable(station))
        .order_by(Share.changed_at)
        .limit(BATCH)
    )
    return list(session.scalars(chosen))


def probe_share(share_id: int, station: Station) -> None:
    """Send it once more, if that may still tell; the answer is settled as any other."""
    if station.stopping():
        return
    with transaction() as session:
        found = _claim(session, share_id, station)
    if found is None:
        return
    claim, body = found
    log.info("doubt_probed", share=share_id)
    try:
        line = station.outside.networks[claim.network].open_line(claim.access)
    except ProviderError:
        with transaction() as session:
            hand_back(session, claim, THE_CALL, station, innocent=True)
        return
    with closing(line):
        send(claim, body, line, station)


def _claim(
    session: Session, share_id: int, station: Station
) -> tuple[Claim, bytes] | None:
    asked = facts_of(session, station, Share.id == share_id, *_askable(station))
    if not asked or not clocks_agree(asked[0].at):
        return None
    facts = asked[0]
    share, account = facts.share, facts.account
    if obstacle(facts) is not None or account is None or share.body is None:
        return None  # consent, content or connection is not what it was
    try:
        access = access_of(account, station.outside.vault)
    except CannotUnlock:
        return None
    limits = station.outside.networks[share.network].day_limits
    if not reserve(session, payer(facts, access), THE_CALL, limits):
        return None
    claim = claim_of(facts, account, access, THE_CALL, station)
    share.lease_until = facts.at + LEASE
    return replace(claim, is_probe=True), share.body


def _askable(station: Station) -> tuple[ColumnElement[bool], ...]:
    now = func.clock_timestamp()
    networks = station.outside.networks
    safe = [name for name, network in networks.items() if network.repeat_is_safe]
    may_ask = list(networks) if station.probe_doubts else safe
    same = and_(
        PublishAttempt.share_id == Share.id,
        PublishAttempt.body_sha256 == Share.body_sha256,
    )
    asked = PublishAttempt.outcome.is_distinct_from(NOT_SENT)
    probes = select(func.count()).where(same, PublishAttempt.is_probe, asked)
    most = case((Share.network.in_(safe), MOST_WHERE_SAFE), else_=MOST)
    return (
        Share.state == ShareState.UNCERTAIN,
        Share.network.in_(may_ask),
        Share.body.is_not(None),
        Share.reason.in_(ASKABLE),
        Share.stop_requested.is_(False),
        or_(Share.lease_until.is_(None), Share.lease_until < now),
        in_repeat_window(),
        probes.scalar_subquery() < most,
        may_leave(Share.network),
    )
