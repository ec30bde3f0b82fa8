"""Posts that wait for their owner's connection: how many, and what a new one makes of them.

The moves are those of reliability.md 2.3. Whoever connects again may have forgotten what
waits: nothing of it leaves sooner than a hold after that, so that it can be undone.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from advocacy.accounts.queries import account_of, usable_account
from advocacy.hooks import PostsWaiting
from advocacy.shares.lateness import (
    agreed_time,
    held_too_late,
    leaves_at,
    oldest_due,
    too_late,
)
from advocacy.shares.models import LEAVING, Share, ShareState
from advocacy.shares.reasons import Reason


def posts_waiting(  # noqa: PLR0913 – what may be connected, and when
    session: Session,
    person_id: int,
    network: str,
    at: datetime,
    profile: str | None = None,
    *,
    hold: timedelta,
) -> PostsWaiting:
    """What connecting at `at` would make of a person's posts; nothing is changed.

    `profile` is what is about to be connected (`Account.member_hash`), if that is known.
    """
    works = usable_account(session, person_id, network, at) is not None
    found = session.scalars(
        select(Share).where(
            Share.person_id == person_id,
            Share.network == network,
            Share.state.in_((*LEAVING, ShareState.NEEDS_RECONNECT)),
        )
    )
    kinds: Counter[str] = Counter()
    for share in found:
        if profile is not None and share.member_hash != profile:
            kinds["others"] += 1
        elif share.state is ShareState.NEEDS_RECONNECT or not works:
            kinds[_kind(share, at + hold)] += 1
    return PostsWaiting(**kinds)


def _kind(share: Share, earliest: datetime) -> str:
    if too_late(share, earliest):
        return "late"
    return "planned" if leaves_at(share, earliest) > earliest else "leaving"


def reconnected(
    session: Session, person_id: int, network: str, at: datetime, *, hold: timedelta
) -> PostsWaiting:
    """The account works again: what waited leaves after a hold, or is missed.

    But on another profile than it was confirmed for nothing leaves: that waits for its
    owner. What is in hand is found when it is taken up again.
    """
    account = account_of(session, person_id, network)
    profile = account.member_hash if account else None
    mine = Share.person_id == person_id, Share.network == network
    planned = Share.state == ShareState.SCHEDULED
    waiting = Share.state == ShareState.NEEDS_RECONNECT
    stays = {"state": ShareState.NEEDS_RECONNECT, "reason": Reason.OTHER_MEMBER}
    others = *mine, planned | waiting, Share.member_hash.is_distinct_from(profile)
    left = _changed(session, others, stays)
    # These first: one that is found to lack its account in this moment waits by then.
    missed = {"state": ShareState.MISSED, "reason": Reason.LATE}
    late = _changed(session, (*mine, planned, held_too_late(at + hold)), missed)
    soon = *mine, planned, Share.next_at <= at + hold
    held = _changed(session, soon, {"next_at": at + hold})
    again = *mine, waiting, Share.member_hash == profile
    late += _changed(session, (*again, agreed_time < oldest_due(at + hold)), missed)
    after_hold = func.greatest(Share.due_at, at + hold)
    leaves = {"state": ShareState.SCHEDULED, "next_at": after_hold}
    own_time = *again, Share.due_at > at + hold
    kept = _changed(session, own_time, leaves | _FRESH)
    held += _changed(session, again, leaves | _FRESH)
    return PostsWaiting(leaving=held, planned=kept, late=late, others=left)


_FRESH: dict[str, object] = {"reason": "", "tries": 0, "woken_at": None}


def _changed(
    session: Session, rules: Sequence[ColumnElement[bool]], values: Mapping[str, object]
) -> int:
    change = update(Share).where(*rules).values(**values).returning(Share.id)
    return len(session.scalars(change).all())
