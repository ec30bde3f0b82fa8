"""What happens to shares because of something else: consent, an item, an account."""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose
from advocacy.shares.reasons import Reason


def cancel_for(session: Session, person_id: int, purpose: Purpose, at: datetime) -> int:
    """Withdrawal of a purpose: with P1, cancel what has not been sent; how many that were.

    A share on the wire cannot be stopped; it is marked so that its owner is told.
    """
    raise NotImplementedError


def cancel_for_item(
    session: Session, item_id: int, reason: Reason, at: datetime
) -> int:
    """Cancel everybody's waiting shares of an item; `reason` is one of the ITEM_ ones."""
    raise NotImplementedError


def reconnected(session: Session, person_id: int, network: str, at: datetime) -> int:
    """The account works again: what waited for it leaves, or is missed if it is too late."""
    raise NotImplementedError
