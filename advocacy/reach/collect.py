"""What each person adds to a figure, cut off at the cap. With `collect_items.py` the only
file that joins people with their shares and visits in order to add them up.

It gives amounts without names, in no order of persons, and only to `release.py`.
"""

from collections.abc import Mapping

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from advocacy.links.models import ClickDay, Link
from advocacy.reach.countable import counted_in, posted_in, visited_in
from advocacy.reach.models import HeadSnapshot, Metric
from advocacy.reach.tables import ORGANISATION, Measure
from advocacy.reach.unit_tree import NO_UNIT
from advocacy.reach.windows import Window
from advocacy.shares.models import Share


def amounts(
    session: Session,
    window: Window,
    measure: Measure,
    groups: Mapping[str, frozenset[int]],
) -> dict[str, list[int]]:
    """For each group one amount, 1 to the cap, for each person in it who adds something.

    `groups` has the units of each by its key, and everybody of the window's snapshot is
    in one of them; in the whole organisation, whatever its units are.
    """
    by_person = {Metric.SHARERS: _shares, Metric.CLICKS: _visits}[measure.metric](
        window
    )
    adding, allowed = by_person.subquery(), counted_in(window)
    rows = session.execute(
        select(
            func.coalesce(HeadSnapshot.unit_id, NO_UNIT),
            func.least(adding.c.amount, measure.cap),
        )
        .join(adding, adding.c.person_id == HeadSnapshot.person_id)
        .join(allowed, allowed.c.person_id == HeadSnapshot.person_id)
        .where(HeadSnapshot.window_start == window.start)
    )
    of_unit = {unit: key for key, units in groups.items() for unit in units}
    found: dict[str, list[int]] = {key: [] for key in groups}
    for unit, amount in rows:
        found[ORGANISATION if ORGANISATION in groups else of_unit[unit]].append(
            int(amount)
        )
    return {key: sorted(each) for key, each in found.items()}


def _shares(window: Window) -> Select[int, int]:
    return (
        select(Share.person_id, func.count(Share.id).label("amount"))
        .where(posted_in(window))
        .group_by(Share.person_id)
    )


def _visits(window: Window) -> Select[int | None, int]:
    return (
        select(Link.person_id, func.sum(ClickDay.visits).label("amount"))
        .join(ClickDay, ClickDay.code == Link.code)
        .where(visited_in(window), Link.person_id.is_not(None))
        .group_by(Link.person_id)
    )
