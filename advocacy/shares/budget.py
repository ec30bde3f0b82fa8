"""How many calls a network still takes today, counted before they are made (2.10).

Reserved in the transaction that claims a share, so that two workers never spend the same
call. The app's own count is one row that every claim would wait for; where it is large it
is kept in parts, of which a claim takes any.
"""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from itertools import compress

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from advocacy.shares.call_rows import KEY_COLUMNS, RowKey, add_calls
from advocacy.shares.service_rows import CallBudget
from integrations.network import DayLimits

# A tenth stays for deleting: taking something back must always be possible.
FOR_POSTING = 0.9
PARTS = 8
# Below this a part would hold too little to be worth the division.
SMALLEST_DIVIDED = 8_000
KEPT = timedelta(days=2)


def payer_of(network: str, member_id: str, day: date) -> RowKey:
    """Whose calls they are, at which network, on which day (UTC).

    A member's count goes by a hash, not by the id itself.
    """
    who = sha256(f"{network}:{member_id}".encode()).hexdigest()[:32]
    return RowKey(network, who, day)


def reserve(session: Session, payer: RowKey, calls: int, limits: DayLimits) -> bool:
    """Take `calls` off what the member and the app have left; False: one has too few.

    Each day's first post fits whatever it costs: waiting would not make it cheaper.
    """
    return reserve_each(session, [(payer, calls)], limits) == [True]


def reserve_each(
    session: Session, wanted: Sequence[tuple[RowKey, int]], limits: DayLimits
) -> list[bool]:
    """The same for several posts on one network: which of them got their calls.

    Every transaction takes its rows in one order, or two of them could wait for each
    other: the members by `who`, then the app's, which are held the shortest that way.
    """
    granted = _from_members(session, wanted, limits)
    asked = list(compress(wanted, granted))
    by_app = _from_app(session, asked, limits)
    refused: Counter[RowKey] = Counter()
    for (payer, calls), fits in zip(asked, by_app, strict=True):
        if not fits:
            refused[payer] -= calls
    add_calls(session, refused)  # what the app refuses costs the member nothing
    answers = iter(by_app)
    return [by_member and next(answers) for by_member in granted]


def give_back(session: Session, payer: RowKey, calls: int, limits: DayLimits) -> None:
    """Calls that were reserved and not made."""
    count(session, payer, -calls, limits)


def count(session: Session, payer: RowKey, calls: int, limits: DayLimits) -> None:
    """Note calls that are made in any case."""
    add_calls(session, {payer: calls})
    add_calls(session, {_any_part(payer, limits): calls})


def mark_spent(
    session: Session, payer: RowKey, limits: DayLimits, *, whole_app: bool
) -> None:
    """The network said that the day's calls are used up: the member's, or all."""
    for key in _parts(payer, limits) if whole_app else [payer]:
        session.execute(
            insert(CallBudget)
            .values(**key._asdict(), calls=0, spent=True)
            .on_conflict_do_update(index_elements=KEY_COLUMNS, set_={"spent": True})
        )


def used_by_app(session: Session, network: str, day: date) -> int:
    """The calls of all members that day."""
    counted = select(func.coalesce(func.sum(CallBudget.calls), 0)).where(
        CallBudget.network == network,
        CallBudget.day == day,
        CallBudget.who.in_(_APP),
    )
    return session.scalars(counted).one()


def is_used_up(session: Session, payer: RowKey, limits: DayLimits) -> bool:
    """Whether the member's next post waits for another day; asked without a lock.

    What is left may still be too little for a post with large files.
    """
    rows = session.execute(
        select(CallBudget.who, CallBudget.calls, CallBudget.spent).where(
            CallBudget.network == payer.network,
            CallBudget.day == payer.day,
            CallBudget.who.in_([payer.who, *_APP]),
        )
    ).all()
    mine = sum(row.calls for row in rows if row.who == payer.who)
    everybodys = sum(row.calls for row in rows if row.who != payer.who)
    full = _is_full(mine, limits.member) or _is_full(everybodys, limits.app)
    return full or any(row.spent for row in rows)


def forget_old(session: Session, today: date) -> None:
    """Counts of days that are over say who posted how much, and serve nobody."""
    session.execute(delete(CallBudget).where(CallBudget.day <= today - KEPT))


_PARTS = [f"app {number}" for number in range(PARTS)]
_APP = ["app", *_PARTS]


def _from_members(
    session: Session, wanted: Sequence[tuple[RowKey, int]], limits: DayLimits
) -> list[bool]:
    """Which posts fit into what their members have left.

    Mostly all do, so all are added at once, and what was too much is taken off again.
    """
    most = _for_posting(limits.member)
    totals: Counter[RowKey] = Counter()
    for payer, calls in wanted:
        totals[payer] += calls
    counts = add_calls(session, totals)
    granted = [counts[payer].take(calls, most) for payer, calls in wanted]
    refused = {key: count.taken - totals[key] for key, count in counts.items()}
    add_calls(session, {key: calls for key, calls in refused.items() if calls})
    return granted


def _from_app(
    session: Session, asked: Sequence[tuple[RowKey, int]], limits: DayLimits
) -> list[bool]:
    """Which posts fit into what the app has left: together into any part, or each alone."""
    if not asked:
        return []
    payer, most = asked[0][0], _most_of_part(limits)
    with session.connection().begin_nested() as attempt:
        any_part = {_any_part(payer, limits): sum(calls for _, calls in asked)}
        [count] = add_calls(session, any_part).values()
        if all(count.take(calls, most) for _, calls in asked):
            return [True] * len(asked)
        # Nobody may hold one part, at random, while waiting for another.
        attempt.rollback()
    parts = add_calls(session, dict.fromkeys(_parts(payer, limits), 0))
    granted = [
        any(part.take(calls, most) for part in parts.values()) for _, calls in asked
    ]
    add_calls(session, {key: part.taken for key, part in parts.items() if part.taken})
    return granted


def _for_posting(limit: int | None) -> int | None:
    return None if limit is None else int(limit * FOR_POSTING)


def _is_full(calls: int, limit: int | None) -> bool:
    most = _for_posting(limit)
    return most is not None and calls >= most


def _most_of_part(limits: DayLimits) -> int | None:
    if limits.app is None:
        return None
    divided = limits.app >= SMALLEST_DIVIDED
    return _for_posting(limits.app // (PARTS if divided else 1))


def _parts(payer: RowKey, limits: DayLimits) -> list[RowKey]:
    """The rows that hold the app's count."""
    divided = limits.app is None or limits.app >= SMALLEST_DIVIDED
    names = _PARTS if divided else ["app"]
    return [RowKey(payer.network, name, payer.day) for name in names]


def _any_part(payer: RowKey, limits: DayLimits) -> RowKey:
    return random.choice(_parts(payer, limits))  # noqa: S311 – no secret
