"""What is due is taken by the table: all of it, once, the oldest first, within limits."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Event, Lock
from time import monotonic

import pytest
from sqlalchemy import select, update

from advocacy.accounts.models import Account
from advocacy.outside import LINKEDIN
from advocacy.shares import claiming
from advocacy.shares.budget import used_by_app
from advocacy.shares.claiming import claim_share, database_time
from advocacy.shares.crew import AHEAD, Crew
from advocacy.shares.dispatching import TOGETHER, publish_due
from advocacy.shares.models import Share, ShareState
from advocacy.shares.obstacles import MOST_CRASHES
from advocacy.shares.publishing import WAITED_SECONDS, post
from advocacy.shares.reasons import Reason
from advocacy.shares.sweeper import SUSPECT, release_worker, sweep
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import (
    connect_account,
    make_item,
    make_person,
    queue_due,
)

S = ShareState
A_WHILE_AGO = now() - timedelta(hours=1)


@pytest.fixture
def station(committed_station):
    return replace(committed_station, crew=Crew(3))


def due(sandbox, count, words="Share", **values):
    """So many, the first the longest due."""
    with transaction() as session:
        person = make_person(session)
        connect_account(session, person, sandbox.access_for(person.email))
        shares = []
        for number in range(count):
            share = queue_due(session, person, make_item(session), f"{words} {number}.")
            share.next_at -= timedelta(minutes=count - number)
            for name, value in values.items():
                setattr(share, name, value)
            shares.append(share)
        session.flush()
        return [share.id for share in shares]


def states():
    with transaction() as session:
        return Counter(session.scalars(select(Share.state)))


@dataclass
class Watched:
    """The same network; it notes in which order, and how many at once."""

    network: object
    seen: list[str] = field(default_factory=list)
    busy: int = 0
    most: int = 0
    lock: Lock = field(default_factory=Lock)
    beside: dict[str, int] = field(default_factory=dict)

    def __getattr__(self, name):
        return getattr(self.network, name)

    @contextmanager
    def noted(self, text):
        with self.lock:
            self.seen.append(text)
            self.busy += 1
            self.most = max(self.most, self.busy)
            self.beside[text] = self.busy - 1
        try:
            yield
        finally:
            with self.lock:
                self.busy -= 1

    def prepare(self, access, draft):
        with self.noted(draft.text):
            return self.network.prepare(access, draft)


def watched(station):
    network = Watched(station.outside.networks[LINKEDIN])
    outside = replace(station.outside, networks={LINKEDIN: network})
    return replace(station, outside=outside), network


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


def test_who_waited_long_for_a_thread_begins_with_a_whole_lease(station, sandbox):
    [share] = due(sandbox, 1)
    with transaction() as session:
        claim = claim_share(session, share, station)
    waited = replace(claim, taken=monotonic() - WAITED_SECONDS)
    with transaction() as session:
        session.execute(update(Share).values(lease_until=now() + timedelta(seconds=1)))
    left = []

    def look():
        with transaction() as session:
            left.append(session.get_one(Share, share).lease_until - now())

    post(waited, interrupted(station, "before prepare", look))

    assert left[0] > timedelta(seconds=100)
    assert states() == {S.PUBLISHED: 1}


def test_who_waited_longer_than_its_lease_begins_nothing(station, sandbox):
    [share] = due(sandbox, 1)
    with transaction() as session:
        claim = claim_share(session, share, station)
    with transaction() as session:
        session.execute(update(Share).values(lease_until=now() - timedelta(seconds=1)))
    watched_station, network = watched(station)

    post(replace(claim, taken=monotonic() - WAITED_SECONDS), watched_station)

    assert network.seen == []
    assert sandbox.creates == 0
    with transaction() as session:
        assert used_by_app(session, LINKEDIN, database_time(session).date()) == 0


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


@pytest.mark.parametrize("released_first", [True, False])
def test_a_stop_gives_back_what_waits_for_a_thread(station, sandbox, released_first):
    """As if it had not been touched, and its calls with it."""
    due(sandbox, 6)
    stopping = Event()
    crew = Crew(1)
    station = replace(station, crew=crew, stopping=stopping.is_set)

    def stop():
        """As a worker does after SIGTERM."""
        stopping.set()
        if released_first:
            release()
        for waiting in crew.stop():
            waiting()
        release()

    def release():
        with transaction() as session:
            release_worker(session, station.worker)

    publish_due(interrupted(station, "after answer", stop))
    crew.end()

    assert states() == {S.PUBLISHED: 1, S.SCHEDULED: 5}
    with transaction() as session:
        assert set(session.scalars(select(Share.crash_count))) == {0}
        assert used_by_app(session, LINKEDIN, database_time(session).date()) == 1


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
