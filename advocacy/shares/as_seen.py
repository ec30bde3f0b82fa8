"""What a page showed of a share when it was made: a press acts on that, or not at all.

A page may have stood open for long, in a second tab too. Each form about a share that
was on the wire sends back which attempt was the last one; a confirmation its seal as
well (`confirmation.seal`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.errors import TooLate
from advocacy.shares.models import PublishAttempt, Share, ShareState

# No share has it: what was sent without a readable number has seen nothing.
UNKNOWN = -1
TRIED = (
    ShareState.SENDING,
    ShareState.UNCERTAIN,
    ShareState.PUBLISHED_UNVERIFIED,
)
NO_SEAL = "none"  # empty would mean that nothing has to be confirmed


@dataclass(frozen=True)
class Seen:
    """What the pressed page had on it."""

    attempt: int = UNKNOWN  # the share's last one; 0 is none
    sealed: str = NO_SEAL

    @classmethod
    def read(cls, form: Mapping[str, str]) -> "Seen":
        """What was sent; nothing of it is trusted yet."""
        number = form.get("attempt", "")
        readable = number.isascii() and number.isdecimal() and len(number) < 10
        return cls(
            attempt=int(number) if readable else UNKNOWN,
            sealed=form.get("confirmed", "")[:128] or NO_SEAL,
        )


def last_attempt(session: Session, share_id: int) -> int:
    """The number of a share's last attempt; 0 where there was none."""
    query = select(func.max(PublishAttempt.n)).where(
        PublishAttempt.share_id == share_id
    )
    return session.scalar(query) or 0


def last_attempts(session: Session, person_id: int) -> dict[int, int]:
    """The same for those of a person's shares that are on the wire, in doubt or said to
    be there, by id.
    """
    query = (
        select(PublishAttempt.share_id, func.max(PublishAttempt.n).label("n"))
        .join(Share, Share.id == PublishAttempt.share_id)
        .where(Share.person_id == person_id, Share.state.in_(TRIED))
        .group_by(PublishAttempt.share_id)
    )
    rows = session.execute(query)
    return {row.share_id: row.n for row in rows}


def hold_as_seen(session: Session, share: Share, seen: Seen) -> None:
    """Hold the row, unless it was tried since the page was made. Raises TooLate."""
    held = select(Share.id).where(Share.id == share.id)
    session.execute(held.with_for_update())
    if last_attempt(session, share.id) != seen.attempt:
        raise TooLate
