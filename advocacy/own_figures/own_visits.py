"""What was counted of visits to a person's own links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose
from advocacy.consent.queries import is_on
from advocacy.links.models import Outcome
from advocacy.links.queries import visits_by_day, visits_by_outcome
from advocacy.own_figures.queries import Post


@dataclass(frozen=True)
class OwnVisits:
    """Visits by the code of a link; a code that is not in `totals` is not counted."""

    purpose_is_on: bool
    totals: Mapping[str, Mapping[Outcome, int]] = field(default_factory=dict)
    days: Mapping[str, Mapping[date, int]] = field(default_factory=dict)


def own_visits(session: Session, person_id: int, posts: Sequence[Post]) -> OwnVisits:
    """The visits to the links in these posts, if the person lets us count them."""
    if not is_on(session, person_id, Purpose.COUNT_MY_CLICKS):
        return OwnVisits(purpose_is_on=False)
    codes = [post.link_code for post in posts if post.link_code]
    return OwnVisits(
        purpose_is_on=True,
        totals=visits_by_outcome(session, person_id, codes),
        days=visits_by_day(session, person_id, codes),
    )
