"""What one attempt's answer proves about its share (reliability.md 2.4, 8 and 2.5)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.shares.models import UNSENT, PublishAttempt, Share, ShareState
from advocacy.shares.outcomes import Outcome
from advocacy.shares.reasons import Reason

# Where a late "it is live" ends a doubt, stops a second sending before it begins, or
# contradicts what was taken to have been stopped or refused.
OVER = (ShareState.CANCELLED, ShareState.FAILED)
STILL_TO_LEARN = {ShareState.UNCERTAIN, *OVER, *UNSENT}
# Attempts of which a duplicate may be the trace.
MAY_BE_LIVE = (ShareState.UNCERTAIN, ShareState.PUBLISHED)


def counts_for_attempt(attempt: PublishAttempt, outcome: Outcome) -> bool:
    """Whether the attempt's row takes it: a doubt ends by proof, not by a refusal."""
    if attempt.outcome is None:
        return True
    proof = outcome.live or not outcome.sent
    return attempt.outcome == ShareState.UNCERTAIN and proof


def counts_for_share(
    session: Session, share: Share, attempt: PublishAttempt, outcome: Outcome
) -> bool:
    """Whether the share takes it: never while a later attempt is on the wire."""
    last = session.scalars(
        select(PublishAttempt)
        .where(PublishAttempt.share_id == share.id)
        .order_by(PublishAttempt.n.desc())
        .limit(1)
    ).one()
    asking = share.state is ShareState.SENDING and last.is_probe
    still_to_learn = share.state in STILL_TO_LEARN or asking
    if outcome.live and (still_to_learn or _adds_id(share, outcome)):
        return True
    if attempt.n != last.n:
        return False
    unsent_after_all = not outcome.sent and share.state is ShareState.UNCERTAIN
    return share.state is ShareState.SENDING or unsent_after_all


def _adds_id(share: Share, outcome: Outcome) -> bool:
    """Whether it says where a post is of which we knew only that it is there."""
    unknown = share.state is ShareState.PUBLISHED_UNVERIFIED and share.post_id is None
    return unknown and outcome.post_id is not None


def as_proof(
    session: Session, share: Share, attempt: PublishAttempt, outcome: Outcome
) -> Outcome:
    """The outcome, given what else is known here of the post that it names.

    A duplicate of our own earlier attempt, which may be live, is that post. A post that
    belongs to another share is not taken over.
    """
    free = outcome.post_id is not None and not _taken(session, share, outcome.post_id)
    if outcome.reason == Reason.DUPLICATE:
        if free and _may_be_live_already(session, attempt):
            state, code = ShareState.PUBLISHED, outcome.code
            return Outcome(state, code=code, post_id=outcome.post_id)
        return outcome
    if outcome.post_id and not free:
        return Outcome(ShareState.PUBLISHED_UNVERIFIED, Reason.NO_ID)
    return outcome


def _taken(session: Session, share: Share, post_id: str) -> bool:
    others = select(Share.id).where(Share.post_id == post_id, Share.id != share.id)
    return session.scalar(others) is not None


def _may_be_live_already(session: Session, attempt: PublishAttempt) -> bool:
    earlier = select(PublishAttempt.id).where(
        PublishAttempt.share_id == attempt.share_id,
        PublishAttempt.n < attempt.n,
        PublishAttempt.outcome.in_(MAY_BE_LIVE),
    )
    return session.scalar(earlier.limit(1)) is not None
