"""Taking back "It is there", while that is all we know of a post. Nothing here commits.

The doubt is again as it was, but for the frozen body: it went with the answer, so nobody
asks the network any more. Only its owner can send it again, with all that is checked then.
"""

from sqlalchemy import ColumnElement, ScalarResult, exists, select
from sqlalchemy.orm import Session

from advocacy.shares.models import PROOF, PublishAttempt, Share, ShareState
from advocacy.shares.storing import change, within


def answers_to_take_back(session: Session, person_id: int) -> frozenset[int]:
    """Which of a person's shares are on the network by their own word alone."""
    found: ScalarResult[int] = session.scalars(
        select(Share.id).where(Share.person_id == person_id, *_only_said())
    )
    return frozenset(found)


def take_back(session: Session, share: Share, address: str | None) -> None:
    """Be in doubt again; the address that was told goes too: `address`, as the page had it.

    Raises TooLate where there was no such answer, the network has confirmed it since, or
    another address was told.
    """
    # First of all: a late answer is seen in its attempt once the row is ours.
    session.execute(select(Share.id).where(Share.id == share.id).with_for_update())
    again = {"state": ShareState.UNCERTAIN, "reason": Share.doubt, "doubt": ""}
    told = {"posted_at": None, "post_address": None}
    as_shown = Share.post_address.is_not_distinct_from(address)
    change(session, share, as_shown, *_only_said(), **again, **told)


def _only_said() -> tuple[ColumnElement[bool], ...]:
    confirmed = exists().where(
        PublishAttempt.share_id == Share.id,
        PublishAttempt.outcome.in_([state.value for state in PROOF]),
    )
    unverified = within(ShareState.PUBLISHED_UNVERIFIED)
    return unverified, Share.doubt != "", Share.post_id.is_(None), ~confirmed
