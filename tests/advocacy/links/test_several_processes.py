"""Several processes that serve links count each visitor once, and whatever the shared
server does, no visit is lost.
"""

import os
import signal
from multiprocessing import get_context

import pytest
from structlog.testing import capture_logs

from advocacy.links import shared_visitors
from advocacy.links.batches import VisitBatch
from advocacy.links.click_writer import ClickWriter
from advocacy.links.fast_path import FastPath
from advocacy.links.models import Outcome
from advocacy.links.shared_visitors import SharedVisitors, fingerprint
from advocacy.links.spool import Spool
from integrations import memory_server
from integrations.clock import now
from tests.advocacy.links.agents import PEOPLE
from tests.advocacy.links.recording import record
from tests.advocacy.links.stored_visits import counted, rows
from tests.advocacy.links.threads import LONG, wait_until
from tests.advocacy.links.visiting import Site

NOBODY_THERE = "redis://127.0.0.1:1/0"
MARIT = fingerprint("aaaaaaaaaaa", bytes([192, 0, 2, 1]), "Mozilla/5.0")


@pytest.fixture
def impatient(monkeypatch):
    """Nobody pauses after a failure; every batch asks again."""
    monkeypatch.setattr(shared_visitors, "PAUSE_SECONDS", 0.0)


@pytest.fixture
def site_of(application, pages, engine, spool):
    """Makes a process that serves links, with a memory of its own beside the shared one."""
    writers = []

    def make(address):
        writer = ClickWriter(engine, spool, SharedVisitors(address))
        writers.append(writer)
        return Site(FastPath(application, engine, pages, writer, hops=0))

    yield make
    for writer in writers:
        writer.close()
        writer.shared.server.close()


def test_two_processes_count_one_visitor_once(site_of, server, code):
    first, second = site_of(server.address), site_of(server.address)
    for site in (first, second, second, first):
        assert site.visit(code).status_code == 302
    second.visit(code, address="192.0.2.99")
    second.visit(code, agent=PEOPLE["Safari on an iPhone"])
    first.counts()
    assert second.counted() == {Outcome.COUNTED: 3, Outcome.AGAIN: 3}


def serve_one_visit(environment, code):
    os.environ.update(environment)
    memory_server.PATIENCE_SECONDS = LONG
    # Only now, in the process that serves, as granian would.
    from advocacy.links.standalone import create_links_rsgi  # noqa: PLC0415

    links = create_links_rsgi()
    assert Site(links).visit(code).status_code == 302
    links.counter.close()


def test_real_processes_that_end_one_after_the_other_count_one_visitor_once(
    site_of, server, code, links_environment
):
    environment = links_environment | {"VISITORS_REDIS_URL": server.address}
    for _ in range(2):
        process = get_context("spawn").Process(
            target=serve_one_visit, args=(environment, code)
        )
        process.start()
        process.join()
        assert process.exitcode == 0
    found = site_of(server.address).counted()
    assert found == {Outcome.COUNTED: 1, Outcome.AGAIN: 1}


def test_without_the_server_each_process_counts_by_itself(site_of, code):
    sites = [site_of(NOBODY_THERE) for _ in range(2)]
    with capture_logs() as logs:
        for site in sites * 2:
            assert site.visit(code).status_code == 302
    sites[0].counts()
    assert sites[1].counted() == {Outcome.COUNTED: 2, Outcome.AGAIN: 2}
    apart = [one for one in logs if one["event"] == "visitors_apart"]
    assert [one["kind"] for one in apart] == ["ConnectionError"] * 2
    assert "127.0.0.1" not in str(logs)


def test_a_server_that_hangs_costs_nobody_a_visit(site_of, server, code, monkeypatch):
    monkeypatch.setattr(memory_server, "PATIENCE_SECONDS", 0.2)
    site = site_of(server.address)
    site.visit(code, address="192.0.2.1")
    os.kill(server.child.pid, signal.SIGSTOP)
    try:
        assert site.visit(code, address="192.0.2.2").status_code == 302
    finally:
        os.kill(server.child.pid, signal.SIGCONT)
    assert site.counted() == {Outcome.COUNTED: 2}


@pytest.mark.usefixtures("impatient")
def test_a_server_that_goes_and_comes_back_is_used_again(site_of, server, redis, code):
    first, second = site_of(server.address), site_of(server.address)
    first.visit(code, address="192.0.2.1")
    second.visit(code, address="192.0.2.7")
    redis.config_set("save", "3600 1")
    redis.client_kill_filter(skipme=True)
    # Once with a connection that is gone, once with a server that is not.
    for _ in range(2):
        second.visit(code, address="192.0.2.1")  # nobody could know
    redis.config_set("save", "")
    first.visit(code, address="192.0.2.2")
    second.visit(code, address="192.0.2.2")
    first.counts()
    assert second.counted() == {Outcome.COUNTED: 4, Outcome.AGAIN: 2}


def test_a_batch_that_is_stored_late_does_not_meet_its_own_visitor(
    away, engine, tmp_path, spool, server, code
):
    """Asked a second time, the server would have seen whoever is in it."""
    (tmp_path / "file").touch()
    writer = ClickWriter(away, Spool(tmp_path / "file"), SharedVisitors(server.address))
    record(writer, code, now().date(), Outcome.COUNTED, visitor=MARIT)
    writer.store.engine = engine
    wait_until(lambda: rows(VisitBatch) == 1)
    writer.close(LONG)
    writer.shared.server.close()
    assert counted(spool) == {Outcome.COUNTED: 1}
