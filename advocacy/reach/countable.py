"""What counts in a window: posts, visits, and who let us count them in all through (P4)."""

from sqlalchemy import ColumnElement, Subquery, and_, func, select

from advocacy.consent.models import Answer, Consent, ConsentEvent, Purpose
from advocacy.links.models import ClickDay, Outcome
from advocacy.people.models import Person
from advocacy.reach.windows import Window
from advocacy.shares.models import EVER_POSTED, Share


def counted_in(window: Window) -> Subquery:
    """Who allowed it from the first moment until now, as `person_id`.

    Everybody else adds nothing, and looks like somebody who did nothing.

    Events are compared by number, the order in which they were recorded: an answer given
    anew after a gap has the later number, whatever its time.
    """

    def latest(*which: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.max(ConsentEvent.id).filter(and_(*which)), 0)

    given = latest(ConsentEvent.answer == Answer.GIVEN, ConsentEvent.at <= window.opens)
    ended = latest(ConsentEvent.answer != Answer.GIVEN)
    never_ended = (
        select(ConsentEvent.subject_id)
        .where(ConsentEvent.purpose == Purpose.COUNT_ME_IN)
        .group_by(ConsentEvent.subject_id)
        .having(given > ended)
    )
    return (
        select(Consent.person_id)
        .join(Person, Person.id == Consent.person_id)
        .where(
            Consent.purpose == Purpose.COUNT_ME_IN,
            Consent.is_on,
            Person.subject_id.in_(never_ended),
        )
        .subquery()
    )


def posted_in(window: Window) -> ColumnElement[bool]:
    """Whether a share was posted in the window."""
    return and_(
        Share.state.in_(EVER_POSTED),
        Share.posted_at >= window.opens,
        Share.posted_at < window.closes,
    )


def visited_in(window: Window) -> ColumnElement[bool]:
    """Whether visits of a day are people's, and the day is one of the window's."""
    return and_(
        ClickDay.outcome == Outcome.COUNTED,
        ClickDay.day >= window.start,
        ClickDay.day < window.end,
        ClickDay.visits > 0,
    )
