"""Thin shells: what they pass on, and that a lost broker stops nothing else."""

import json
from dataclasses import replace

import pytest
import redis
from structlog.testing import capture_logs

from advocacy.shares import tasks
from advocacy.shares.models import ShareState
from advocacy.shares.station import open_station
from integrations import task_queue
from integrations.clock import now
from integrations.task_queue import PUBLISH
from tests.advocacy.shares.making import make_item, put_into, queue, queue_due, state_of


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


def test_what_is_due_is_told_by_its_number_and_only_that(
    session, person, item, line, at_work
):
    due = queue_due(session, person, item, "Nobody else reads this.")
    queue(session, person, make_item(session))
    session.commit()

    tasks.wake()

    [message] = line.lrange(PUBLISH, 0, -1)
    told = json.loads(message)
    assert told["headers"]["task"] == "shares.publish"
    assert told["headers"]["argsrepr"] == f"({due.id},)"
    assert b"Nobody else" not in message


def test_no_more_are_told_in_a_second_than_was_set(session, person, station, line):
    open_station(replace(station, posts_per_second=2))
    for _three in range(3):
        queue_due(session, person, make_item(session))
    session.commit()

    for _another_clock in range(2):
        tasks.wake()

    assert line.llen(PUBLISH) == 2


def test_with_the_broker_away_the_first_refusal_is_enough(
    session, person, line, at_work
):
    for _twice in range(2):
        queue_due(session, person, make_item(session))
    session.commit()
    task_queue.configure("redis://127.0.0.1:1/0")

    with capture_logs() as lines:
        tasks.wake()

    assert [written["event"] for written in lines] == ["message_not_sent"]
    assert line.llen(PUBLISH) == 0


def test_a_message_posts_its_share(session, person, item, at_work, sandbox):
    share = queue_due(session, person, item)
    session.commit()

    tasks.publish(share.id)

    assert state_of(session, share) is ShareState.PUBLISHED


def test_a_message_for_a_share_that_is_no_more_does_nothing(session, at_work, sandbox):
    tasks.publish(987654)
    assert sandbox.creates == 0


def test_the_sweep_stores_what_it_did(session, person, item, at_work):
    share = queue_due(session, person, item)
    put_into(session, share, ShareState.READY)
    share.lease_until = now()
    session.commit()

    tasks.sweep_shares()

    assert state_of(session, share) is ShareState.SCHEDULED
