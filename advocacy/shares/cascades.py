"""What happens to shares because of something else: consent, an item, whom a name means."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose
from advocacy.shares.last_tokens import keep_for_deleting
from advocacy.shares.models import UNSENT, Share, ShareState
from advocacy.shares.named import known_mentions, named_in
from advocacy.shares.reasons import Reason
from advocacy.shares.storing import EMPTY_HANDS
from integrations.network import Mention


def cancel_for(
    session: Session, person_id: int, purpose: Purpose, at: datetime
) -> None:
    """Withdrawal of a purpose; with P1, cancel everything that has not been sent.

    What is on the wire cannot be stopped: should it arrive, it is deleted again, with
    the token that it takes along.
    """
    if purpose == Purpose.POST_FOR_ME:
        _withdraw(session, person_id, at, delete_again=True)


def cancel_and_leave(
    session: Session, person_id: int, purpose: Purpose, at: datetime
) -> None:
    """The same, where the person wants a post that is just leaving to stay."""
    if purpose == Purpose.POST_FOR_ME:
        _withdraw(session, person_id, at, delete_again=False)


def cancel_for_item(
    session: Session, item_id: int, reason: Reason, at: datetime
) -> int:
    """Cancel everybody's waiting shares of an item; how many. `reason`: an ITEM_."""
    return _cancel(session, Share.item_id == item_id, reason, at)


def cancel_for_mentions(
    session: Session, network: str, before: Sequence[Mention], at: datetime
) -> None:
    """The list was another `before`: cancel what names somebody else now than confirmed.

    Otherwise its owner would hear of it only when it is due. What is on the wire leaves
    as it was confirmed. How many there are nobody is told: they are few, and somebody's.
    """
    after = known_mentions(session, network)
    waiting = select(Share.id, Share.text).where(
        Share.network == network,
        Share.state.in_(UNSENT),
        Share.text.contains("@"),
    )
    changed = [
        share_id
        for share_id, text in session.execute(waiting)
        if named_in(text, before) != named_in(text, after)
    ]
    _stop(session, Share.id.in_(changed), Reason.MENTION_CHANGED, at)


def _withdraw(
    session: Session, person_id: int, at: datetime, *, delete_again: bool
) -> None:
    mine = Share.person_id == person_id
    _cancel(session, mine, Reason.CONSENT, at)
    leaving = update(Share).where(mine, Share.state == ShareState.SENDING)
    # The last word counts, also where it was stopped on the wire before.
    said = leaving.values(reason=Reason.CONSENT, take_off_again=delete_again)
    found = session.scalars(said.returning(Share.id)).all()
    if delete_again:
        keep_for_deleting(session, found)


def _cancel(
    session: Session, whose: ColumnElement[bool], reason: Reason, at: datetime
) -> int:
    stopped = _stop(session, whose, reason, at)
    # After the first statement, so that one armed meanwhile is seen here.
    session.execute(
        update(Share)
        .where(whose, Share.state == ShareState.SENDING)
        .values(stop_requested=True)
    )
    return stopped


def _stop(
    session: Session, whose: ColumnElement[bool], reason: Reason, at: datetime
) -> int:
    """Rows in other states are untouched; the guard is part of the same statement."""
    stopped = session.scalars(
        update(Share)
        .where(whose, Share.state.in_(UNSENT))
        .values(state=ShareState.CANCELLED, reason=reason, changed_at=at, **EMPTY_HANDS)
        .returning(Share.id)
    ).all()
    return len(stopped)
