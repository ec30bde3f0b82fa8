"""What is due is taken by the table: all of it, once, the oldest first, within limits."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from threading import Event
from time import monotonic

import pytest
from sqlalchemy import select, update

from advocacy.accounts.models import Account
from advocacy.outside import LINKEDIN
from advocacy.shares import claiming
from advocacy.shares.budget import mark_spent, payer_of
from advocacy.shares.claiming import database_time
from advocacy.shares.crew import AHEAD, Crew
from advocacy.shares.dispatching import TOGETHER, publish_due
from advocacy.shares.models import Share, ShareState
from advocacy.shares.obstacles import MOST_CRASHES
from advocacy.shares.reasons import Reason
from advocacy.shares.sweeper import SUSPECT, sweep
from integrations.clock import now
from integrations.database import transaction
from integrations.network import DayLimits
from tests.advocacy.shares.dispatched import due, states, watched
from tests.advocacy.shares.interrupting import interrupted

S = ShareState
A_WHILE_AGO = now() - timedelta(hours=1)


@pytest.fixture
def station(committed_station):
    return replace(committed_station, crew=Crew(3))


def test_all_that_is_due_leaves_once_and_the_oldest_first(station, sandbox):
    due(sandbox, 30)
    station, network = watched(replace(station, crew=Crew(1)))

    publish_due(station)
    station.crew.end()

    assert states() == {S.PUBLISHED: 30}
    assert sandbox.creates == 30
    assert network.seen == [f"Share {number}." for number in range(30)]


def test_no_more_are_on_their_way_than_there_are_threads(station, sandbox):
    due(sandbox, 30)
    station, network = watched(station)

    publish_due(station)
    station.crew.end()

    assert network.most <= 3


def test_several_workers_share_the_work_and_none_is_posted_twice(station, sandbox):
    due(sandbox, 60)
    stations = [replace(station, worker=f"w{n}", crew=Crew(3)) for n in range(3)]

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(publish_due, stations))
    for one in stations:
        one.crew.end()

    assert states() == {S.PUBLISHED: 60}
    assert sandbox.creates == 60


def test_when_all_of_a_batch_were_stopped_the_next_batch_is_taken(station, sandbox):
    due(sandbox, TOGETHER, "Old")
    with transaction() as session:
        session.execute(
            update(Share).values(content_epoch=99, due_at=now(), next_at=A_WHILE_AGO)
        )
    due(sandbox, 5)

    publish_due(station)
    station.crew.end()

    assert states() == {S.CANCELLED: TOGETHER, S.PUBLISHED: 5}


def test_one_that_cannot_be_taken_in_hand_stops_no_other(station, sandbox, monkeypatch):
    """It is tried alone at last, and counts as poison in the end."""
    [bad, *_others] = due(sandbox, 5)
    looked_at = claiming.obstacle

    def break_at(facts):
        if facts.share.id == bad:
            raise ValueError("a bug")
        return looked_at(facts)

    monkeypatch.setattr(claiming, "obstacle", break_at)
    for _quarter_of_a_minute in range(MOST_CRASHES + 1):
        for _hint in range(5):
            with suppress(ValueError):
                publish_due(station)
        with transaction() as session:
            session.execute(update(Share).values(woken_at=None))
    station.crew.end()

    assert states() == {S.PUBLISHED: 4, S.SCHEDULED: 1}
    with transaction() as session:
        assert session.get_one(Share, bad).crash_count > MOST_CRASHES
        assert sweep(session).poisoned == 1


def test_a_second_hint_in_the_same_process_changes_nothing(station, sandbox):
    due(sandbox, 1)

    with station.crew.leading:
        publish_due(station)

    assert states() == {S.SCHEDULED: 1}


def test_no_more_leave_in_a_second_than_was_set(station, sandbox):
    due(sandbox, 60)
    station, start = replace(station, posts_per_second=2), monotonic()

    for _hint in range(3):
        publish_due(station)
    allowed = 2 * (monotonic() - start + 1) + 1  # that a part of a second may make
    station.crew.end()

    assert 2 <= states()[S.PUBLISHED] <= allowed


def test_a_worker_that_stops_takes_nothing_more(station, sandbox):
    due(sandbox, 3)

    publish_due(replace(station, stopping=lambda: True))

    assert states() == {S.SCHEDULED: 3}


def test_one_that_was_in_hand_at_several_crashes_is_posted_alone(station, sandbox):
    """Whoever makes the process crash takes no others along."""
    due(sandbox, 2, "Suspect", crash_count=SUSPECT)
    due(sandbox, AHEAD)
    station, network = watched(station)

    publish_due(station)
    station.crew.end()

    assert states() == {S.PUBLISHED: AHEAD + 2}
    assert network.seen[-2:] == ["Suspect 0.", "Suspect 1."]
    assert [network.beside[f"Suspect {number}."] for number in range(2)] == [0, 0]


def test_whose_token_is_to_be_renewed_does_not_hold_up_the_others(station, sandbox):
    """Its renewal cannot be read, which is a call less; the others leave all the same."""
    [first] = due(sandbox, 1)
    due(sandbox, 3)
    with transaction() as session:
        owner = session.get_one(Share, first).person_id
        account = session.scalars(
            select(Account).where(Account.person_id == owner)
        ).one()
        account.refresh_expires_at = now() + timedelta(days=300)
        account.expires_at = now() + timedelta(minutes=1)

    publish_due(station)
    station.crew.end()

    found = states()
    assert found[S.PUBLISHED] == 3
    with transaction() as session:
        left = session.get_one(Share, first)
        assert left.state is S.SCHEDULED or left.reason == Reason.ACCESS_ENDING


def test_who_must_wait_for_tomorrow_did_not_crash(station, sandbox):
    [share] = due(sandbox, 1)
    with transaction() as session:
        day = database_time(session).date()
        nobody = payer_of(LINKEDIN, "", day)
        mark_spent(session, nobody, DayLimits(), whole_app=True)

    publish_due(station)

    with transaction() as session:
        waiting = session.get_one(Share, share)
        assert (waiting.state, waiting.reason) == (S.SCHEDULED, Reason.RATE_LIMIT)
        assert waiting.crash_count == 0


def test_who_stops_while_it_posts_one_alone_leaves_the_next_to_others(station, sandbox):
    """They need not wait until it is told again."""
    _first, second = due(sandbox, 2, "Suspect", crash_count=SUSPECT)
    stopping = Event()
    station = replace(station, stopping=stopping.is_set)

    publish_due(interrupted(station, "after answer", stopping.set))

    assert states() == {S.PUBLISHED: 1, S.SCHEDULED: 1}
    with transaction() as session:
        assert session.get_one(Share, second).woken_at is None
