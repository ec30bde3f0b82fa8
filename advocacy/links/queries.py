"""What a person may see of their own links. Nobody else has a query here."""

from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from advocacy.links.models import ClickDay, Link, Outcome


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


def seen_by_linkedin(session: Session, person_id: int) -> set[str]:
    """This person's own links that LinkedIn's crawler has fetched.

    It does so for a post that is there; but also while a post is made that then fails,
    and anybody can give its name. So it is a hint for the owner, and settles nothing.
    """
    fetched = and_(ClickDay.code == Link.code, ClickDay.outcome == Outcome.LINKEDIN)
    found = select(Link.code).join(ClickDay, fetched).where(Link.person_id == person_id)
    return set(session.scalars(found))


def visits_of(session: Session, person_id: int) -> dict[str, int]:
    """The counted visits of each link that counts for this person, none included."""
    counted = and_(ClickDay.code == Link.code, ClickDay.outcome == Outcome.COUNTED)
    rows = session.execute(
        select(Link.code, func.coalesce(func.sum(ClickDay.visits), 0))
        .outerjoin(ClickDay, counted)
        .where(Link.person_id == person_id)
        .group_by(Link.code)
    )
    return {code: int(visits) for code, visits in rows}
