"""What each person adds to the figures of single items: of at most four items a month.

With `collect.py` the only file that joins people with their shares and visits in order to
add them up; for `release.py` alone.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from secrets import token_bytes

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from advocacy.links.models import ClickDay, Link
from advocacy.people.models import Person
from advocacy.reach.countable import counted_in, posted_in, visited_in
from advocacy.reach.item_picks import picked
from advocacy.reach.item_rows import ItemUse, ItemWindow
from advocacy.reach.models import Metric
from advocacy.reach.opening_items import group_key
from advocacy.reach.snapshots import works_here_on
from advocacy.reach.tables import ITEMS_A_MONTH, Table
from advocacy.reach.windows import Window
from advocacy.shares.models import Share

KEY_BYTES = 32


def item_amounts(
    session: Session, window: Window, table: Table, keys: Collection[str]
) -> dict[Metric, dict[str, list[int]]]:
    """By metric and item one amount for each person who counts in it, up to the cap; what
    they use up of the month by that is noted, from the same rows, so nothing that is
    deleted meanwhile lets an item more count.

    Of the items that began on one day: which of them count somebody who took more along
    than they may is a matter of chance, and nobody can tell afterwards.
    """
    rows = session.execute(_taking_part(window)).all()
    taken: defaultdict[int, set[int]] = defaultdict(set)
    for row in rows:
        taken[row.person_id].add(row.item)
    counts = picked(taken, _used(session, window), token_bytes(KEY_BYTES))
    counted = Counter(person for people in counts.values() for person in people)
    _note(session, window, counted)
    caps = {measure.metric: measure.cap for measure in table.measures}
    found: dict[Metric, dict[str, list[int]]] = {
        metric: {key: [] for key in keys} for metric in caps
    }
    for row in rows:
        if row.person_id not in counts[row.item]:
            continue
        for metric, amount in (
            (Metric.SHARES, row.shares),
            (Metric.CLICKS, row.visits),
        ):
            if amount:
                capped = min(int(amount), caps[metric])
                found[metric][group_key(row.item)].append(capped)
    return {
        metric: {key: sorted(each) for key, each in items.items()}
        for metric, items in found.items()
    }


def use_up_of_everybody(session: Session, window: Window, items: int) -> None:
    """Note of everybody that all `items` of the window counted them.

    For what was drawn before and is stored only now: whom it counted is written nowhere,
    and shares may have been deleted since. Nobody counts in one too many because of that.
    """
    used = min(items, ITEMS_A_MONTH)
    people = session.scalars(select(Person.id).order_by(Person.id))
    _note(session, window, dict.fromkeys(people, used))


def _note(session: Session, window: Window, used: Mapping[int, int]) -> None:
    """Add to what each person used up of the month, up to all of it."""
    if not used:
        return
    noted = insert(ItemUse)
    together = func.least(ITEMS_A_MONTH, ItemUse.used + noted.excluded.used)
    session.execute(
        noted.on_conflict_do_update(
            index_elements=["month", "person_id"], set_={"used": together}
        ),
        [
            {"month": _month(window), "person_id": person, "used": number}
            for person, number in sorted(used.items())
        ],
    )


def _month(window: Window) -> date:
    return window.start.replace(day=1)


def _used(session: Session, window: Window) -> dict[int, int]:
    rows = select(ItemUse.person_id, ItemUse.used).where(
        ItemUse.month == _month(window)
    )
    return {row.person_id: row.used for row in session.execute(rows)}


def _taking_part(window: Window) -> Select[int, int, int, int]:
    """Each person with each item that began with the window: whether they shared it, and
    the visits to their own links; copies of the item count as one.
    """
    shares = (
        select(
            Share.person_id,
            ItemWindow.leads_item_id.label("item"),
            literal(1).label("shares"),
            literal(0).label("visits"),
        )
        .join(ItemWindow, ItemWindow.item_id == Share.item_id)
        .where(ItemWindow.window_start == window.start, posted_in(window))
    )
    visits = (
        select(Link.person_id, ItemWindow.leads_item_id, literal(0), ClickDay.visits)
        .join(ClickDay, ClickDay.code == Link.code)
        .join(ItemWindow, ItemWindow.item_id == Link.item_id)
        .where(ItemWindow.window_start == window.start, visited_in(window))
    )
    each, allowed = union_all(shares, visits).subquery(), counted_in(window)
    return (
        select(
            each.c.person_id,
            each.c.item,
            func.max(each.c.shares).label("shares"),
            func.sum(each.c.visits).label("visits"),
        )
        .join(Person, Person.id == each.c.person_id)
        .join(allowed, allowed.c.person_id == each.c.person_id)
        .where(works_here_on(window.start))
        .group_by(each.c.person_id, each.c.item)
    )
