"""Visits that wait to be counted, and what was counted of them."""

from collections import Counter
from datetime import date
from uuid import uuid4

from sqlalchemy import func, select

from advocacy.links.batches import VisitLoss, text_of
from advocacy.links.counting import count_visits
from advocacy.links.models import ClickDay
from advocacy.links.rollup import add_batch, count_batches, next_generation
from integrations.database import transaction

DAY = date(2026, 11, 3)


def line(code, visits=1, outcome="counted", day="2026-11-03"):
    return f"{code} {day} {outcome} {visits}"


def store(*lines, batch_id=None):
    with transaction() as session:
        add_batch(session, batch_id or uuid4(), "\n".join(lines))


def count_now(session, visits):
    """Visits are (code, day, outcome, how many)."""
    numbers = Counter()
    for *visit, number in visits:
        numbers[tuple(visit)] += number
    add_batch(session, uuid4(), text_of(numbers))
    count_batches(session, next_generation(session))


def rows(table):
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(table))


def by_day(session, table, kind):
    """[(day, kind, visits)] in that order; the kind is a column of the table."""
    columns = (table.day, kind, table.visits)
    return session.execute(select(*columns).order_by(table.day, kind)).all()


def visits_by_code():
    with transaction() as session:
        return dict(session.execute(select(ClickDay.code, ClickDay.visits)).all())


def counted(spool):
    """By outcome, once everything is counted, from the disk too."""
    count_visits(spool)
    assert spool.count() == 0
    with transaction() as session:
        found = session.execute(select(ClickDay.outcome, ClickDay.visits))
        return dict(found.all())


def lost_visits():
    with transaction() as session:
        found = session.execute(select(VisitLoss.reason, VisitLoss.visits))
        return dict(found.all())
