"""Who was here today, in a server for several processes that keeps nothing on a disk."""

import os
import signal
from datetime import UTC, datetime, time, timedelta

import pytest
from structlog.testing import capture_logs

from advocacy.links import shared_visitors
from advocacy.links.shared_visitors import SharedVisitors, fingerprint
from integrations import memory_server
from integrations.clock import clock_at, now
from tests.advocacy.links.threads import LONG

MORNING = datetime(2026, 11, 3, 9, tzinfo=UTC)
MARIT, HANNE, PIET = (
    fingerprint("aaaaaaaaaaa", bytes([192, 0, 2, n]), "Mozilla/5.0") for n in (1, 2, 3)
)


@pytest.fixture
def sharing():
    """Makes one process's view of the server at an address."""
    made = []

    def make(address, **bounds):
        made.append(SharedVisitors(address, **bounds))
        return made[-1]

    yield make
    for one in made:
        one.server.close()


def known(shared, *visitors, day=None):
    return shared.known(day or now().date(), visitors)


def test_each_link_and_each_day_is_another_memory(server, sharing):
    shared = sharing(server.address)
    elsewhere = fingerprint("bbbbbbbbbbb", bytes([192, 0, 2, 1]), "Mozilla/5.0")
    with clock_at(MORNING):
        assert known(shared, MARIT) == [False]
        assert known(shared, elsewhere, MARIT) == [False, True]
    with clock_at(MORNING + timedelta(days=1)):
        assert known(shared, MARIT) == [False]
        assert known(shared, MARIT) == [True]


def test_who_comes_late_from_the_day_before_changes_nothing(server, sharing, redis):
    shared = sharing(server.address)
    known(shared, MARIT)
    names = set(redis.keys())
    yesterday = now().date() - timedelta(days=1)
    assert known(shared, MARIT, day=yesterday) == [False]
    assert set(redis.keys()) == names


def test_it_holds_hashes_under_a_key_and_both_end_with_the_day(server, sharing, redis):
    evening = datetime.combine(now().date(), time(23, 50), UTC)
    with clock_at(evening):
        known(sharing(server.address), MARIT)
    day = evening.date()
    names = [f"visitors:{day}".encode(), f"visitors:key:{day}".encode()]
    assert sorted(redis.keys()) == names
    assert all(0 < redis.ttl(name) <= 600 for name in names)
    [held] = redis.smembers(names[0])
    assert len(held) == 8
    assert held not in MARIT
    assert len(redis.get(names[1])) == 32


def test_an_emptied_server_gets_the_same_key_again(server, sharing, redis):
    """Or the processes would not recognise each other's visitors for the rest of the day."""
    first, second = sharing(server.address), sharing(server.address)
    known(first, MARIT)
    known(second, HANNE)
    redis.flushall()
    assert known(first, PIET) == [False]
    assert known(second, PIET, MARIT) == [True, False]


def test_a_process_takes_over_the_key_that_another_set_meanwhile(
    server, sharing, redis
):
    first, second = sharing(server.address), sharing(server.address)
    known(first, MARIT)
    redis.flushall()
    known(second, HANNE)
    assert known(first, HANNE, PIET) == [True, False]
    assert known(second, PIET) == [True]


def test_a_flood_of_visitors_fills_no_server(server, sharing, redis):
    shared = sharing(server.address, most_remembered=2)
    with capture_logs() as logs:
        found = [known(shared, *pair) for pair in [(MARIT, HANNE), (PIET,), (MARIT,)]]
    assert found == [[False, False], [True], [True]]
    assert len(logs) == 1
    assert redis.scard(f"visitors:{now().date()}") == 2


@pytest.mark.parametrize(
    ("setting", "value"), [("appendonly", "yes"), ("save", "3600 1")]
)
def test_a_server_that_writes_to_a_disk_is_told_nothing(
    server, sharing, redis, setting, value
):
    redis.config_set(setting, value)
    with capture_logs() as logs:
        assert known(sharing(server.address), MARIT) == [False]
    assert logs[0]["kind"] == "KeepsOnDisk"
    assert redis.keys() == []


def test_a_server_that_may_not_be_asked_is_told_nothing(server, sharing, redis):
    redis.execute_command("ACL", "SETUSER", "default", "-config")
    with capture_logs() as logs:
        assert known(sharing(server.address), MARIT) == [False]
    assert logs[0]["kind"] == "KeepsOnDisk"
    assert redis.keys() == []


def test_persistence_that_is_switched_on_later_is_noticed(
    server, sharing, redis, monkeypatch
):
    monkeypatch.setattr(shared_visitors, "TRUSTED_SECONDS", 0.0)
    shared = sharing(server.address)
    assert known(shared, MARIT) == [False]
    redis.config_set("appendonly", "yes")
    assert known(shared, MARIT) == [False]


def test_a_server_that_hangs_is_left_alone_for_a_while(server, sharing, monkeypatch):
    monkeypatch.setattr(memory_server, "PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(shared_visitors, "PAUSE_SECONDS", LONG)
    shared = sharing(server.address)
    known(shared, MARIT)
    os.kill(server.child.pid, signal.SIGSTOP)
    try:
        assert known(shared, MARIT) == [False]
        monkeypatch.setattr(shared.server, "pipeline", None)  # nobody may ask now
        assert known(shared, MARIT) == [False]
    finally:
        os.kill(server.child.pid, signal.SIGCONT)
