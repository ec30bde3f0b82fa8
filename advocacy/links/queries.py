"""What a person may see of their own links, and how many visits of nobody's were lost.

Nobody has a query here that tells of somebody else's links.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Subquery, func, select, union_all
from sqlalchemy.orm import Session

from advocacy.links.batches import VisitLoss
from advocacy.links.models import ClickDay, ClickTotal, Link, Outcome


class Band(NamedTuple):
    """A coarse number of visits: from `low` to `high`; without `high`: or more."""

    low: int
    high: int | None


BANDS = (Band(0, 0), Band(1, 4), Band(5, 19), Band(20, 49), Band(50, None))


def band(visits: int) -> Band:
    """The band a number of visits lies in (privacy.md 1.6)."""
    return next(
        one for one in BANDS if one.high is None or one.low <= visits <= one.high
    )


def _kept(*mine: ColumnElement[bool]) -> Subquery:
    """All counts of these links: of days, and of days put together since."""
    return union_all(
        *(
            select(counts.code, counts.outcome, counts.visits)
            .join(Link, Link.code == counts.code)
            .where(*mine)
            for counts in (ClickDay, ClickTotal)
        )
    ).subquery()


def seen_by_linkedin(session: Session, person_id: int) -> set[str]:
    """This person's own links that LinkedIn's crawler has fetched.

    It does so for a post that is there; but also while a post is made that then fails,
    and anybody can give its name. So it is a hint for the owner, and settles nothing.
    """
    kept = _kept(Link.person_id == person_id)
    fetched = select(kept.c.code).where(kept.c.outcome == Outcome.LINKEDIN)
    return set(session.scalars(fetched))


def visits_by_outcome(
    session: Session, person_id: int, codes: Iterable[str] | None = None
) -> dict[str, dict[Outcome, int]]:
    """The visits to each link (among `codes`) that counts for this person.

    An unvisited one is there and empty; one that does not count for them is not there.
    """
    mine = [Link.person_id == person_id]
    if codes is not None:
        mine.append(Link.code.in_(list(codes)))
    kept = _kept(*mine)
    rows = session.execute(
        select(Link.code, kept.c.outcome, func.sum(kept.c.visits))
        .outerjoin(kept, kept.c.code == Link.code)
        .where(*mine)
        .group_by(Link.code, kept.c.outcome)
    )
    found: dict[str, dict[Outcome, int]] = {}
    for code, outcome, visits in rows:
        of_link = found.setdefault(code, {})
        if outcome is not None:
            of_link[outcome] = int(visits)
    return found


def visits_of(session: Session, person_id: int) -> dict[str, int]:
    """The counted visits of each link that counts for this person, none included."""
    return {
        code: visits.get(Outcome.COUNTED, 0)
        for code, visits in visits_by_outcome(session, person_id).items()
    }


def visits_by_day(
    session: Session, person_id: int, codes: Iterable[str]
) -> dict[str, dict[date, int]]:
    """The counted visits of this person's links among `codes`, by UTC day.

    Of the last 100 days; older ones are not kept apart (`retention`).
    """
    rows = session.execute(
        select(ClickDay.code, ClickDay.day, ClickDay.visits)
        .join(Link, Link.code == ClickDay.code)
        .where(
            Link.person_id == person_id,
            Link.code.in_(list(codes)),
            ClickDay.outcome == Outcome.COUNTED,
            ClickDay.visits > 0,
        )
        .order_by(ClickDay.code, ClickDay.day)
    )
    found: dict[str, dict[date, int]] = {}
    for code, day, visits in rows:
        found.setdefault(code, {})[day] = visits
    return found


def visits_lost(session: Session, since: date) -> int:
    """How many visits to any link were lost on that UTC day and later."""
    lost = select(func.coalesce(func.sum(VisitLoss.visits), 0))
    return session.scalars(lost.where(VisitLoss.day >= since)).one()
