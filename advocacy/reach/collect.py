"""What each person adds to a figure, cut off at the cap. The only file that joins people
with their shares and visits in order to add them up.

It gives amounts without names, in no order of persons, and only to `release.py`.
"""

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from advocacy.consent.models import Answer, Consent, ConsentEvent, Purpose
from advocacy.links.models import ClickDay, Link, Outcome
from advocacy.people.models import Person
from advocacy.reach.models import HeadSnapshot, Metric
from advocacy.reach.tables import Measure
from advocacy.reach.windows import Window
from advocacy.shares.models import Share, ShareState

# Posted in the window, whatever became of the post afterwards.
SHARED = (
    ShareState.PUBLISHED,
    ShareState.PUBLISHED_UNVERIFIED,
    ShareState.TOLD,
    ShareState.REMOVED,
)


def capped_amounts(session: Session, window: Window, measure: Measure) -> list[int]:
    """One amount for each person who adds something, 1 to the cap."""
    by_person = {Metric.SHARERS: _shares, Metric.CLICKS: _visits}[measure.metric](
        window
    )
    rows = session.scalars(by_person.where(_counts(window)))
    return sorted(min(int(amount), measure.cap) for amount in rows)


def _shares(window: Window) -> Select[int]:
    posted = and_(
        Share.state.in_(SHARED),
        Share.posted_at >= window.opens,
        Share.posted_at < window.closes,
    )
    return (
        select(func.count(Share.id))
        .join(Person, Person.id == Share.person_id)
        .where(posted)
        .group_by(Person.id)
    )


def _visits(window: Window) -> Select[int]:
    counted = and_(
        ClickDay.outcome == Outcome.COUNTED,
        ClickDay.day >= window.start,
        ClickDay.day < window.end,
        ClickDay.visits > 0,
    )
    return (
        select(func.sum(ClickDay.visits))
        .join(Link, Link.code == ClickDay.code)
        .join(Person, Person.id == Link.person_id)
        .where(counted)
        .group_by(Person.id)
    )


def _counts(window: Window) -> ColumnElement[bool]:
    """Whether a person is in the window's snapshot and let us count them all through.

    Everybody else adds nothing, and looks like somebody who did nothing.
    """
    present = select(HeadSnapshot).where(
        HeadSnapshot.window_start == window.start,
        HeadSnapshot.person_id == Person.id,
    )
    on_now = select(Consent).where(
        Consent.person_id == Person.id,
        Consent.purpose == Purpose.COUNT_ME_IN,
        Consent.is_on,
    )
    return and_(present.exists(), on_now.exists(), _on_since_start(window))


def _on_since_start(window: Window) -> ColumnElement[bool]:
    """Whether P4 was given by the window's first moment and never ended after that.

    Events are compared by number, the order in which they were recorded: an answer given
    anew after a gap has the later number, whatever its time.
    """

    def latest(*which: ColumnElement[bool]) -> ColumnElement[int]:
        events = select(func.coalesce(func.max(ConsentEvent.id), 0)).where(
            ConsentEvent.subject_id == Person.subject_id,
            ConsentEvent.purpose == Purpose.COUNT_ME_IN,
            *which,
        )
        return events.scalar_subquery()

    given = latest(ConsentEvent.answer == Answer.GIVEN, ConsentEvent.at <= window.opens)
    ended = latest(ConsentEvent.answer != Answer.GIVEN)
    return given > ended
