"""No more leave in a second than was set, and the longest due go first."""

from datetime import timedelta

from sqlalchemy import text

from advocacy.shares.service_rows import Pace
from advocacy.shares.sweeper import due_shares
from integrations.clock import now
from integrations.database import open_session, transaction
from tests.advocacy.shares.making import (
    connect_account,
    make_item,
    make_person,
    queue_due,
)


def a_second_on(session, seconds=1.0):
    session.flush()
    session.get_one(Pace, 1).spent_until -= timedelta(seconds=seconds)
    session.flush()


def waiting(session, person, count):
    """Due for an hour, the first one longest."""
    shares = [queue_due(session, person, make_item(session)) for _ in range(count)]
    for number, share in enumerate(shares):
        share.next_at = now() - timedelta(minutes=60 - number)
    session.flush()
    return [share.id for share in shares]


def test_so_many_leave_in_a_second_and_the_oldest_first(session, person):
    ids = waiting(session, person, 5)

    assert sorted(due_shares(session, per_second=2)) == ids[:2]
    assert due_shares(session, per_second=2) == []  # a second clock, or a late one
    a_second_on(session)
    assert sorted(due_shares(session, per_second=2)) == ids[2:4]
    a_second_on(session, 3600)
    assert due_shares(session, per_second=2) == ids[4:]


def test_a_long_silence_is_no_credit(session, person):
    ids = waiting(session, person, 4)
    a_second_on(session, 3600)

    assert sorted(due_shares(session, per_second=3)) == ids[:3]


def test_a_clock_that_ticks_a_little_early_loses_nothing(session, person):
    ids = waiting(session, person, 3)

    told = []
    for _tick in range(3):
        told += due_shares(session, per_second=1)
        a_second_on(session, 0.9)

    assert told == ids


def test_without_a_pace_as_many_leave_as_are_due(session, person):
    ids = waiting(session, person, 3)
    assert sorted(due_shares(session)) == ids


def test_no_more_are_given_out_than_were_asked_for(database_url, sandbox):
    """However PostgreSQL plans it: here it believes the table to be tiny."""
    with transaction() as session:
        person = make_person(session)
        connect_account(session, person)
        queue_due(session, person, make_item(session))
    with open_session() as session:
        session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
        session.execute(text("ANALYZE"))
    with transaction() as session:
        person = make_person(session)
        connect_account(session, person)
        for number in range(9):
            queue_due(session, person, make_item(session), f"Share {number}.")

    with transaction() as session:
        assert len(due_shares(session, 2)) == 2
