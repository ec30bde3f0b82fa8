"""Taking a share off the list that is over and not out there. Nothing here commits."""

from sqlalchemy import ColumnElement, ScalarResult, delete, exists, select
from sqlalchemy.orm import Session

from advocacy.errors import TooLate
from advocacy.shares.models import PublishAttempt, Share, ShareState, Way
from advocacy.shares.reasons import Reason
from advocacy.shares.storing import change, within

# Over, and by no way back: nothing will ever come of them.
REMOVABLE = frozenset({ShareState.CANCELLED, ShareState.FAILED})


def removable(session: Session, person_id: int) -> frozenset[int]:
    """Which of a person's shares may be taken off their list."""
    found: ScalarResult[int] = session.scalars(
        select(Share.id).where(Share.person_id == person_id, *_is_over())
    )
    return frozenset(found)


def put_away(session: Session, share: Share) -> None:
    """No longer list what was tried and is not there. Raises TooLate where it is not over.

    Its row stays, and is listed again should the network say that it is there after all.
    """
    change(session, share, *_is_over(), reason=Reason.TAKEN_OFF)


def was_tried(session: Session, share: Share) -> bool:
    """Whether it was ever about to be sent, so that only `put_away` is left."""
    tried = select(PublishAttempt.id).where(PublishAttempt.share_id == share.id)
    return session.scalar(tried.limit(1)) is not None


def remove(session: Session, share: Share) -> None:
    """Forget a share and its words. Raises TooLate if it was ever about to be sent.

    What had been sent, or might have been, keeps its row: it is the only proof that
    this was done once, and the only way back to a post that shows up later.
    """
    gone = session.execute(
        delete(Share)
        .where(Share.id == share.id, *_never_went_out())
        .returning(Share.id)
        .execution_options(synchronize_session=False)
    ).all()
    if not gone:
        raise TooLate
    session.expunge(share)


def _never_went_out() -> tuple[ColumnElement[bool], ...]:
    """Both states are final, so nobody can arm one between looking and deleting."""
    armed = exists().where(PublishAttempt.share_id == Share.id)
    return *_is_over(), ~armed


def _is_over() -> tuple[ColumnElement[bool], ...]:
    return within(*REMOVABLE), Share.way == Way.ACCOUNT
