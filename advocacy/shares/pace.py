"""How many posts the whole service lets leave in a second (reliability.md 2.10)."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.shares.claiming import database_time
from advocacy.shares.service_rows import Pace

SECOND = timedelta(seconds=1)


def room(session: Session, per_second: int) -> int:
    """How many may leave now; who asks has the pace to itself until it commits.

    Each post takes its part of a second, so two clocks together are no faster than one,
    and one that ticks a little early loses nothing.
    """
    pace = _held(session)
    at = database_time(session)  # after the wait for the others
    pace.spent_until = max(pace.spent_until, at)
    return max(round((at + SECOND - pace.spent_until) / SECOND * per_second), 0)


def spend(session: Session, posts: int, per_second: int) -> None:
    """So many leave; after `room`, in the same transaction."""
    _held(session).spent_until += posts * SECOND / per_second


def _held(session: Session) -> Pace:
    return session.scalars(select(Pace).with_for_update()).one()
