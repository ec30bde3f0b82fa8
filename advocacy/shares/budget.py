"""How many calls a network still takes today, counted before they are made (2.10).

Reserved in the transaction that claims a share, so that two workers never spend the same
call. The app's own count is one row that every claim would wait for; where it is large it
is kept in parts, of which a claim takes any.
"""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
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
    if _app_has(session, payer, calls, limits):
        return True
    _add(session, payer, [payer.who], -calls)
    return False


def reserve_each(
    session: Session, wanted: Sequence[tuple[Payer, int]], limits: DayLimits
) -> list[bool]:
    """The same for several posts on one network: which of them got their calls.

    Mostly there is room for all of them, and then two statements are enough.
    """
    totals: Counter[Payer] = Counter()
    for payer, calls in wanted:
        totals[payer] += calls
    if len(wanted) > 1 and _reserved_all(session, totals, limits):
        return [True] * len(wanted)
    return [reserve(session, payer, calls, limits) for payer, calls in wanted]


def give_back(session: Session, payer: Payer, calls: int, limits: DayLimits) -> None:
    """Calls that were reserved and not made."""
    count(session, payer, -calls, limits)


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


def _reserved_all(session: Session, totals: Counter[Payer], limits: DayLimits) -> bool:
    """Whether everybody had enough left; if not, nothing is reserved."""
    most, most_of_part = _for_posting(limits.member), _most_of_part(limits)
    over = most is not None and max(totals.values()) > most
    if over or (most_of_part is not None and totals.total() > most_of_part):
        return False  # the day's first post may cost more; alone
    # Everybody in one order, or two workers could wait for each other.
    asked = sorted(totals.items(), key=lambda each: each[0].who)
    rows = [_key(payer, payer.who) | {"calls": n, "spent": False} for payer, n in asked]
    new = insert(CallBudget).values(rows)
    calls = CallBudget.calls + new.excluded.calls
    upsert = new.on_conflict_do_update(
        index_elements=_KEY,
        set_={"calls": calls},
        where=_has_left(new.excluded.calls, most),
    )
    granted = set(session.scalars(upsert.returning(CallBudget.who)))
    payer, total = asked[0][0], totals.total()
    if len(granted) == len(asked) and _app_has(session, payer, total, limits):
        return True
    for payer, n in asked:
        if payer.who in granted:
            _add(session, payer, [payer.who], -n)
    return False


def _app_has(session: Session, payer: Payer, calls: int, limits: DayLimits) -> bool:
    """Taken from any part of the app's count; that of a part is never split."""
    parts, most = _parts(limits.app), _most_of_part(limits)
    # The app's row last: the shorter it is held, the fewer wait.
    return any(
        _take(session, payer, part, calls, most)
        for part in random.sample(parts, len(parts))  # no secret
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
    added = (
        update(CallBudget)
        .where(_row(payer, who), _has_left(calls, limit))
        .values(calls=CallBudget.calls + calls)
        .returning(CallBudget.calls)
        .execution_options(synchronize_session=False)
    )
    return session.scalar(added) is not None


def _has_left(
    calls: int | ColumnElement[int], limit: int | None
) -> ColumnElement[bool]:
    if limit is None:
        return CallBudget.spent.is_(False)
    # The day's first may cost more than a day has: a day later it would cost the same.
    room = or_(CallBudget.calls <= 0, CallBudget.calls + calls <= limit)
    return and_(CallBudget.spent.is_(False), room)


def _add(session: Session, payer: Payer, whose: Iterable[str], calls: int) -> None:
    for who in whose:
        session.execute(
            insert(CallBudget)
            .values(**_key(payer, who), calls=calls, spent=False)
            .on_conflict_do_update(
                index_elements=_KEY, set_={"calls": CallBudget.calls + calls}
            )
        )


def _for_posting(limit: int | None) -> int | None:
    return None if limit is None else int(limit * FOR_POSTING)


def _most_of_part(limits: DayLimits) -> int | None:
    if limits.app is None:
        return None
    return _for_posting(limits.app // len(_parts(limits.app)))


def _parts(app_limit: int | None) -> list[str]:
    """The rows that hold the app's count."""
    if app_limit is not None and app_limit < SMALLEST_DIVIDED:
        return ["app"]
    return [f"app {number}" for number in range(PARTS)]
