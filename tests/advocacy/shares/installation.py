"""An installation whose worker beats, falls silent, or finds a copy in its place."""

from datetime import timedelta

from advocacy.shares.claiming import database_time
from advocacy.shares.pausing import stops
from advocacy.shares.restoring import beat, forget_earlier_mark
from advocacy.shares.service_rows import Installation

ME = ("here", "here:1:ab")
COLLEAGUE = ("there", "there:1:cd")


def silent(session, **ago):
    """The last heartbeat was so long ago."""
    row = session.get_one(Installation, 1)
    row.beat_at = database_time(session) - timedelta(**ago)
    session.flush()


def at_work(session, file, who=ME):
    """As the pulse does it: a beat, and once that is stored the mark before it is over."""
    beat(session, file, *who)
    session.flush()
    forget_earlier_mark(session, file)


def mark_of(session):
    session.flush()
    return session.get_one(Installation, 1).mark


def put_back(session, mark):
    """A copy that carries this mark takes the place of the database."""
    session.get_one(Installation, 1).mark = mark
    session.flush()


def causes(session):
    return [stop.cause for stop in stops(session)]
