"""Writing down how an attempt ended, and what that makes of its share (2.4, 8)."""

from datetime import date, datetime
from typing import Protocol

import structlog
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from advocacy.accounts.operations import mark_refused
from advocacy.accounts.queries import account_of
from advocacy.shares.arming import let_go, put_back
from advocacy.shares.attempted import Attempted
from advocacy.shares.budget import give_back, mark_spent, payer_of
from advocacy.shares.call_rows import RowKey
from advocacy.shares.claiming import Claim, database_time
from advocacy.shares.drafting import files_of
from advocacy.shares.evidence import (
    Known,
    as_proof,
    counts_for_attempt,
    counts_for_share,
    known_of,
)
from advocacy.shares.models import (
    IN_HAND,
    LIVE_STATES,
    PublishAttempt,
    PublishingPause,
    Share,
    ShareState,
)
from advocacy.shares.outcomes import VERSION_PAUSE, Outcome, doubt, next_time
from advocacy.shares.pausing import forget_pause
from advocacy.shares.queries import live_shares
from advocacy.shares.reasons import Reason
from integrations.breaker import RESTING
from integrations.network import DayLimits, Network

log = structlog.get_logger()

# An attempt is one call; what a post shows was uploaded before.
THE_CALL = 1
# Where a share that was not posted would wait for its next try.
TRIED_AGAIN = {ShareState.SCHEDULED, ShareState.NEEDS_RECONNECT}


class Tried(Protocol):
    """What was tried with: a claim, or what is kept of an attempt."""

    @property
    def owner(self) -> str:
        """The claim's own mark."""

    @property
    def tries(self) -> int:
        """Tries in a row that were certainly not done."""

    @property
    def connected_at(self) -> datetime:
        """Which of the account's tokens it was."""

    @property
    def is_probe(self) -> bool:
        """Whether an earlier attempt of the same share is in doubt."""

    @property
    def payer(self) -> RowKey | None:
        """Whose calls they are, if that is known."""


def settle_attempt(
    session: Session, attempted: Attempted, outcome: Outcome, network: Network
) -> None:
    """Close the attempt and move the share, if neither has moved on meanwhile.

    Raises UnknownAttempt.
    """
    known = known_of(session, attempted, outcome)
    if known is None:
        return
    share, attempt = known.share, known.attempt
    outcome = as_proof(known, outcome)
    moves = counts_for_share(known, outcome)
    if counts_for_attempt(attempt, outcome):
        attempt.outcome = outcome.of_attempt
        attempt.closed_at = known.at
        attempt.answer = outcome.code
        if moves:
            if known.network_pauses and _got_through(outcome):
                forget_pause(session, share.network)
            _move(session, known, outcome, attempted, network)
        if outcome.cost_nothing and attempted.payer is not None:
            # Last, as when claiming: what is counted is locked after all else.
            give_back(session, attempted.payer, THE_CALL, network.day_limits)
    log.info("attempt_settled", share=share.id, status=outcome.state, code=outcome.code)


def set_aside(
    session: Session, claim: Claim, outcome: Outcome, network: Network
) -> None:
    """What stopped a share before it was armed: nothing can have been posted."""
    share = session.get(Share, claim.share_id, with_for_update=True)
    if share and share.lease_owner == claim.owner and share.state in IN_HAND:
        # What we refuse ourselves says nothing of the network.
        if outcome.was_answered and _got_through(outcome):
            forget_pause(session, share.network)
        _put(session, share, outcome, claim, network)
        if outcome.cost_nothing:
            calls = _calls_not_made(claim, outcome)
            give_back(session, claim.payer, calls, network.day_limits)
        log.info("share_set_aside", share=share.id, code=outcome.code or outcome.reason)


def _calls_not_made(claim: Claim, outcome: Outcome) -> int:
    """All if nothing had to be uploaded or the host rested, otherwise the post's own."""
    none_made = not files_of(claim.draft) or outcome.code == RESTING
    return claim.calls if none_made else THE_CALL


def _move(
    session: Session,
    known: Known,
    outcome: Outcome,
    attempted: Attempted,
    network: Network,
) -> None:
    share = known.share
    if outcome.live:
        share.posted_at = share.posted_at or known.at
        share.post_id = outcome.post_id
    if outcome.post_id:
        share.post_address = network.post_address(outcome.post_id)
    if outcome.live and _shared_anew(session, share):
        return  # one share a day: this one stays stopped, and knows where its post is
    _put(session, share, outcome, attempted, network)


def _shared_anew(session: Session, share: Share) -> bool:
    if share.state in LIVE_STATES:
        return False  # nobody could
    day, network = share.target_day, share.network
    others = live_shares(session, share.person_id, share.item_id, network, day)
    return any(other.extra == share.extra for other in others)


def _put(
    session: Session, share: Share, outcome: Outcome, tried: Tried, network: Network
) -> None:
    withdrawn = share.stop_requested and share.reason == Reason.CONSENT
    outcome = _learned(session, share, outcome, tried, network)
    in_doubt = outcome.state is ShareState.UNCERTAIN
    for name, value in (let_go() if in_doubt else put_back()).items():
        setattr(share, name, value)
    share.state = outcome.state
    share.crash_count = 0
    share.reason = outcome.reason or ""
    if share.stop_requested and (outcome.live or in_doubt):
        too_late = Reason.CONSENT_TOO_LATE if withdrawn else Reason.STOPPED_TOO_LATE
        share.reason = too_late
    if outcome.state is ShareState.SCHEDULED:
        counts = outcome.sent and outcome.reason != Reason.VERSION
        share.tries = tried.tries + 1 if counts else tried.tries
        share.next_at = next_time(outcome, database_time(session))
        if outcome.until_midnight:
            share.agreed_at = share.next_at


def _got_through(outcome: Outcome) -> bool:
    """Whether the network understood what we speak: a yes or a refusal of the content."""
    return outcome.live or outcome.state is ShareState.FAILED


def _learned(
    session: Session, share: Share, outcome: Outcome, tried: Tried, network: Network
) -> Outcome:
    """What it says beyond this share: of the account, the version, the day's calls."""
    if outcome.reason == Reason.VERSION:
        _pause(session, share.network, outcome)
    if outcome.until_midnight:
        _note_spent(session, share, outcome, tried, network.day_limits)
    if outcome.reason == Reason.ACCESS_REFUSED:
        outcome = _after_refusal(session, share, outcome, tried)
    if tried.is_probe and not outcome.live:
        return doubt(outcome.code)  # whatever became of it, the first may be live
    if outcome.state in TRIED_AGAIN:
        withdrawn = share.stop_requested and share.reason == Reason.CONSENT
        if withdrawn or share.take_off_again:
            reason = Reason.CONSENT if withdrawn else Reason.UNDONE
            return Outcome(ShareState.CANCELLED, reason, outcome.code)
    return outcome


def _note_spent(
    session: Session, share: Share, outcome: Outcome, tried: Tried, limits: DayLimits
) -> None:
    # The day it was tried: calls may be reserved before midnight, and the answer stored
    # after it. Uploads come before the attempt, and what they are told is stored at once.
    armed = select(PublishAttempt.armed_at).where(
        PublishAttempt.share_id == share.id, PublishAttempt.worker == tried.owner
    )
    day = (session.scalar(armed) or database_time(session)).date()
    payer = tried.payer or _payer_now(session, share, day)
    mark_spent(session, payer._replace(day=day), limits, whole_app=outcome.whole_app)


def _payer_now(session: Session, share: Share, day: date) -> RowKey:
    """Who it most likely was, when an earlier version kept the attempt."""
    account = account_of(session, share.person_id, share.network)
    return payer_of(share.network, account.member_id if account else "", day)


def _after_refusal(
    session: Session, share: Share, outcome: Outcome, tried: Tried
) -> Outcome:
    """The token we used is refused; a later connection's is not, and gets its try."""
    account = account_of(session, share.person_id, share.network)
    if account is not None and account.connected_at != tried.connected_at:
        return Outcome(ShareState.SCHEDULED, Reason.NEW_ACCESS, outcome.code)
    if account is not None:
        mark_refused(session, account.id)
    return outcome


def _pause(session: Session, network: str, outcome: Outcome) -> None:
    log.error("network_version_gone", network=network, code=outcome.code)
    until = database_time(session) + VERSION_PAUSE
    values = {"until": until, "reason": outcome.code}
    session.execute(
        insert(PublishingPause)
        .values(network=network, **values)
        .on_conflict_do_update(index_elements=["network"], set_=values)
    )
