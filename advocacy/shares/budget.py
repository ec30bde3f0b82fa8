"""How many calls a network still takes today, counted before they are made (2.10).

Reserved in the transaction that claims a share, so that two workers never spend the same
call. The app's own count is one row that every claim would wait for; where it is large it
is kept in parts, of which a claim takes any.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from advocacy.shares.service_rows import CallBudget
from integrations.network import DayLimits

# A tenth stays for deleting: taking something back must always be possible.
FOR_POSTING = 0.9
PARTS = 8
# Below this a part would hold too little to be worth the division.
SMALLEST_DIVIDED = 8_000
KEPT = timedelta(days=2)


@dataclass(frozen=True)
class Payer:
    """Whose calls they are, at which network, on which day (UTC)."""

    network: str
    member_id: str
    day: date

    @property
    def who(self) -> str:
        """The member's count goes by this: not the id itself."""
        return sha256(f"{self.network}:{self.member_id}".encode()).hexdigest()[:32]


def reserve(session: Session, payer: Payer, calls: int, limits: DayLimits) -> bool:
    """Take `calls` off what the member and the app have left; False: one has too few.

    Each day's first post fits whatever it costs: waiting would not make it cheaper.
    """
    if not _take(session, payer, payer.who, calls, _for_posting(limits.member)):
        return False
    parts = _parts(limits.app)
    share = None if limits.app is None else _for_posting(limits.app // len(parts))
    # The app's row last: the shorter it is held, the fewer wait.
    for part in random.sample(parts, len(parts)):  # no secret
        if _take(session, payer, part, calls, share):
            return True
    _add(session, payer, [payer.who], -calls)
    return False


def count(session: Session, payer: Payer, calls: int, limits: DayLimits) -> None:
    """Note calls that are made in any case."""
    part = random.choice(_parts(limits.app))  # noqa: S311 – no secret
    _add(session, payer, [payer.who, part], calls)


def mark_spent(
    session: Session, payer: Payer, limits: DayLimits, *, whole_app: bool
) -> None:
    """The network said that the day's calls are used up: the member's, or all."""
    for who in _parts(limits.app) if whole_app else [payer.who]:
        session.execute(
            insert(CallBudget)
            .values(**_key(payer, who), calls=0, spent=True)
            .on_conflict_do_update(index_elements=_KEY, set_={"spent": True})
        )


def used_by_app(session: Session, network: str, day: date) -> int:
    """The calls of all members that day."""
    counted = select(func.coalesce(func.sum(CallBudget.calls), 0)).where(
        CallBudget.network == network,
        CallBudget.day == day,
        CallBudget.who.in_(["app", *_parts(None)]),
    )
    return session.scalars(counted).one()


def forget_old(session: Session, today: date) -> None:
    """Counts of days that are over say who posted how much, and serve nobody."""
    session.execute(delete(CallBudget).where(CallBudget.day <= today - KEPT))


_KEY = [CallBudget.network, CallBudget.who, CallBudget.day]


def _key(payer: Payer, who: str) -> dict[str, object]:
    return {"network": payer.network, "who": who, "day": payer.day}


def _row(payer: Payer, who: str) -> ColumnElement[bool]:
    return and_(
        CallBudget.network == payer.network,
        CallBudget.who == who,
        CallBudget.day == payer.day,
    )


def _take(
    session: Session, payer: Payer, who: str, calls: int, limit: int | None
) -> bool:
    """In one row. A row with too little left is not locked, so nobody waits in a circle."""
    if _added(session, payer, who, calls, limit):
        return True
    first = (
        insert(CallBudget)
        .values(**_key(payer, who), calls=calls, spent=False)
        .on_conflict_do_nothing()
        .returning(CallBudget.calls)
    )
    if session.scalar(first) is not None:
        return True
    # It was there, with too little left, or somebody made it just now.
    return _added(session, payer, who, calls, limit)


def _added(
    session: Session, payer: Payer, who: str, calls: int, limit: int | None
) -> bool:
    fits = [_row(payer, who), CallBudget.spent.is_(False)]
    if limit is not None:
        fits.append(CallBudget.calls + calls <= limit)
    added = (
        update(CallBudget)
        .where(*fits)
        .values(calls=CallBudget.calls + calls)
        .returning(CallBudget.calls)
        .execution_options(synchronize_session=False)
    )
    return session.scalar(added) is not None


def _add(session: Session, payer: Payer, whose: Iterable[str], calls: int) -> None:
    for who in whose:
        session.execute(
            insert(CallBudget)
            .values(**_key(payer, who), calls=max(calls, 0), spent=False)
            .on_conflict_do_update(
                index_elements=_KEY, set_={"calls": CallBudget.calls + calls}
            )
        )


def _for_posting(limit: int | None) -> int | None:
    return None if limit is None else int(limit * FOR_POSTING)


def _parts(app_limit: int | None) -> list[str]:
    """The rows that hold the app's count."""
    if app_limit is not None and app_limit < SMALLEST_DIVIDED:
        return ["app"]
    return [f"app {number}" for number in range(PARTS)]
