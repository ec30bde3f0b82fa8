"""Thin shells: what they pass on, and that a lost broker stops nothing else."""

import json

import pytest
import redis
from sqlalchemy import select
from structlog.testing import capture_logs

from advocacy.shares import tasks
from advocacy.shares.dispatching import TOGETHER
from advocacy.shares.models import Share, ShareState
from advocacy.shares.station import open_station
from integrations import task_queue
from integrations.clock import now
from integrations.database import transaction
from integrations.task_queue import PUBLISH
from tests.advocacy.shares.making import (
    connect_account,
    make_item,
    make_person,
    put_into,
    queue,
    queue_due,
    state_of,
)


@pytest.fixture
def line(valkey):
    """The broker, seen from the other side."""
    task_queue.configure(valkey.address)
    line = redis.Redis(unix_socket_path=str(valkey.socket))
    line.delete(PUBLISH)
    yield line
    line.close()


@pytest.fixture
def at_work(station):
    open_station(station)


def test_that_something_is_due_is_told_and_not_what(session, person, item, line):
    queue_due(session, person, item, "Nobody else reads this.")
    queue(session, person, make_item(session))
    session.commit()

    tasks.wake()

    [message] = line.lrange(PUBLISH, 0, -1)
    told = json.loads(message)
    assert told["headers"]["task"] == "shares.publish"
    assert told["headers"]["argsrepr"] == "()"
    assert b"Nobody else" not in message


@pytest.mark.parametrize(("due", "hints"), [(0, 0), (TOGETHER, 1), (TOGETHER + 1, 2)])
def test_the_more_is_due_the_more_workers_are_woken(session, person, line, due, hints):
    for _each in range(due):
        queue_due(session, person, make_item(session))
    session.commit()

    tasks.wake()

    assert line.llen(PUBLISH) == hints


def test_with_the_broker_away_the_first_refusal_is_enough(session, person, line):
    for _twice in range(2):
        queue_due(session, person, make_item(session))
    session.commit()
    task_queue.configure("redis://127.0.0.1:1/0")

    with capture_logs() as lines:
        tasks.wake()

    assert [written["event"] for written in lines] == ["message_not_sent"]
    assert line.llen(PUBLISH) == 0


def test_a_message_posts_what_is_due(committed_station, sandbox):
    with transaction() as session:
        person = make_person(session)
        connect_account(session, person, sandbox.access_for(person.email))
        for number in range(3):
            queue_due(session, person, make_item(session), f"Share {number}.")
    open_station(committed_station)

    tasks.publish(987654)  # as an earlier version told it
    committed_station.crew.end()

    with transaction() as session:
        assert set(session.scalars(select(Share.state))) == {ShareState.PUBLISHED}
    assert sandbox.creates == 3


def test_the_sweep_stores_what_it_did(session, person, item, at_work):
    share = queue_due(session, person, item)
    put_into(session, share, ShareState.READY)
    share.lease_until = now()
    session.commit()

    tasks.sweep_shares()

    assert state_of(session, share) is ShareState.SCHEDULED


def test_a_kept_outcome_that_breaks_the_storing_does_not_hold_up_the_sweep(
    at_work, line, monkeypatch
):
    swept = []

    def broken(_station):
        raise LookupError

    monkeypatch.setattr(tasks, "store_kept", broken)
    monkeypatch.setattr(tasks, "sweep", swept.append)

    with pytest.raises(LookupError):
        tasks.sweep_shares()

    assert len(swept) == 1
