"""What one attempt's answer proves about its share (reliability.md 2.4, 8 and 2.5)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, and_, bindparam, func, select
from sqlalchemy.orm import Session

from advocacy.shares.attempted import Attempted
from advocacy.shares.models import (
    UNSENT,
    PublishAttempt,
    PublishingPause,
    Share,
    ShareState,
)
from advocacy.shares.outcomes import Outcome
from advocacy.shares.reasons import Reason

# Where a late "it is live" ends a doubt, stops a second sending before it begins, or
# contradicts what was taken to have been stopped or refused.
OVER = (ShareState.CANCELLED, ShareState.FAILED)
STILL_TO_LEARN = {ShareState.UNCERTAIN, *OVER, *UNSENT}
# Attempts of which a duplicate may be the trace.
MAY_BE_LIVE = (ShareState.UNCERTAIN, ShareState.PUBLISHED)


@dataclass(frozen=True)
class Known:
    """The share, locked, its attempts, and what else an answer is weighed against."""

    share: Share
    attempt: PublishAttempt  # the one that was answered
    last: PublishAttempt
    may_be_live: bool  # by an earlier attempt
    post_is_taken: bool  # the post that the answer names belongs to another share
    network_pauses: bool
    at: datetime  # the database's time


class UnknownAttempt(Exception):
    """The database is older than the attempt: it was put back from a copy (2.11)."""


def known_of(session: Session, attempted: Attempted, outcome: Outcome) -> Known | None:
    """Lock the share and look; None when its owner was erased meanwhile.

    Raises UnknownAttempt.
    """
    share = session.get(
        Share, attempted.share_id, with_for_update=True, populate_existing=True
    )
    if share is None:
        return None
    # A statement of its own: one that waits for a row sees all others as they were
    # before, and a later attempt could be missed.
    post = {"network": share.network, "post_id": outcome.post_id}
    rows = session.execute(_LOOK, {"share_id": share.id, **post}).all()
    attempts: list[PublishAttempt] = [row[0] for row in rows]
    n, owner = attempted.n, attempted.owner
    mine = [one for one in attempts if (one.n, one.worker) == (n, owner)]
    if not mine:
        raise UnknownAttempt(attempted.share_id)
    last, post_is_taken, network_pauses, at = rows[-1]
    may_be_live = any(one.n < n and one.outcome in MAY_BE_LIVE for one in attempts)
    return Known(
        share,
        mine[0],
        last,
        may_be_live=may_be_live,
        post_is_taken=post_is_taken,
        network_pauses=network_pauses,
        at=at,
    )


_same_post = and_(
    Share.network == bindparam("network", type_=Text()),
    Share.post_id == bindparam("post_id", type_=Text()),
    Share.id != bindparam("share_id"),
)
# Made once: thousands of answers may be settled in a minute.
_LOOK = (
    select(
        PublishAttempt,
        select(Share.id).where(_same_post).exists(),
        select(PublishingPause.network)
        .where(PublishingPause.network == bindparam("network", type_=Text()))
        .exists(),
        func.clock_timestamp(),
    )
    .where(PublishAttempt.share_id == bindparam("share_id"))
    .order_by(PublishAttempt.n)
    .execution_options(populate_existing=True)
)


def counts_for_attempt(attempt: PublishAttempt, outcome: Outcome) -> bool:
    """Whether the attempt's row takes it: a doubt ends by proof, not by a refusal."""
    if attempt.outcome is None:
        return True
    proof = outcome.live or not outcome.sent
    return attempt.outcome == ShareState.UNCERTAIN and proof


def counts_for_share(known: Known, outcome: Outcome) -> bool:
    """Whether the share takes it: never while a later attempt is on the wire."""
    share, last = known.share, known.last
    asking = share.state is ShareState.SENDING and last.is_probe
    still_to_learn = share.state in STILL_TO_LEARN or asking
    if outcome.live and (still_to_learn or _adds_id(share, outcome)):
        return True
    if known.attempt.n != last.n:
        return False
    # What a copy put in doubt is a later attempt, which it knows nothing of (2.11).
    doubted = share.state is ShareState.UNCERTAIN and share.reason != Reason.RESTORED
    return share.state is ShareState.SENDING or (doubted and not outcome.sent)


def _adds_id(share: Share, outcome: Outcome) -> bool:
    """Whether it says where a post is of which we knew only that it is there."""
    unknown = share.state is ShareState.PUBLISHED_UNVERIFIED and share.post_id is None
    return unknown and outcome.post_id is not None


def as_proof(known: Known, outcome: Outcome) -> Outcome:
    """The outcome, given what else is known here of the post that it names.

    A duplicate of our own earlier attempt, which may be live, is that post. A post that
    belongs to another share is not taken over.
    """
    free = outcome.post_id is not None and not known.post_is_taken
    if outcome.reason == Reason.DUPLICATE:
        if free and known.may_be_live:
            state, code = ShareState.PUBLISHED, outcome.code
            return Outcome(state, code=code, post_id=outcome.post_id)
        return outcome
    if outcome.post_id and not free:
        return Outcome(ShareState.PUBLISHED_UNVERIFIED, Reason.NO_ID)
    return outcome
