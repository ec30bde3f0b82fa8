"""What clients send: awaited whole, within bounds, and gone with them."""

import asyncio
import hashlib
import json
import os
import resource
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from select import select

import pytest

from advocacy.web.bodies import Bodies, Refused
from tests.advocacy.web.bridged import LARGEST, MOST_HELD
from tests.advocacy.web.raw import answer, ask, connect, request

WORDS = b"x" * 300_000  # too much to stay in memory


def test_one_connection_carries_one_request_after_the_other(served):
    with connect(served.port) as line:
        for body in (b"one", b"", WORDS, b"two"):
            line.sendall(request("/echo", method="POST", body=body))
            assert json.loads(answer(line).body)["length"] == len(body)


def test_the_largest_body_arrives_as_it_was_sent(served):
    body = os.urandom(LARGEST)
    told = json.loads(served.post("/echo", body).body)
    assert told["hash"] == hashlib.sha256(body).hexdigest()


def test_one_byte_more_is_refused_by_the_application_once_it_is_here(served):
    with connect(served.port) as line:
        line.sendall(request("/echo", method="POST", body=b"x" * (LARGEST + 1)))
        assert answer(line).status == 413
        line.sendall(request("/echo"))
        assert answer(line).status == 200


def test_what_is_far_too_large_is_refused_at_once(served):
    said = request("/echo", method="POST", length=10**15)
    assert ask(served.port, said).status == 413


def test_a_body_without_a_length_is_refused(served):
    """Granian ends one that broke off like a whole one: half a form would be stored."""
    said = request("/echo", "Transfer-Encoding: chunked", method="POST")
    assert ask(served.port, said + b"3\r\nabc\r\n0\r\n\r\n").status == 411


def test_a_client_who_waits_to_be_asked_for_the_body_is_asked(served):
    said = request("/echo", "Expect: 100-continue", method="POST", length=3)
    with connect(served.port, said) as line:
        assert answer(line).status == 100
        line.sendall(b"abc")
        assert json.loads(answer(line).body)["length"] == 3


def test_a_body_that_stops_coming_is_refused_and_the_others_are_not(served):
    with connect(served.port, request("/echo", method="POST", length=9000)) as slow:
        start = time.monotonic()
        slow.sendall(b"x" * 8900)  # what came fast buys no time to stand still
        assert json.loads(served.post("/echo", WORDS).body)["length"] == len(WORDS)
        assert answer(slow).status == 408
        assert 0.9 < time.monotonic() - start < 7


def test_a_body_that_comes_slowly_but_comes_is_waited_for(served):
    with connect(served.port, request("/echo", method="POST", length=6000)) as line:
        for _second in range(6):
            line.sendall(b"x" * 1000)
            time.sleep(0.3)
        assert json.loads(answer(line).body)["length"] == 6000


def wait_for_room(served):
    """The server has to notice first that they are gone."""
    end = time.monotonic() + 20
    while served.post("/echo", b"x" * LARGEST).status != 200:
        assert time.monotonic() < end


def test_who_goes_away_halfway_leaves_nothing_behind(served):
    for _time in range(3):
        with connect(served.port, request("/echo", method="POST", length=900_000)):
            pass
        with connect(served.port) as line:
            said = request("/echo", method="POST", body=WORDS, length=900_000)
            line.sendall(said)
    wait_for_room(served)
    assert "Gone" not in served.child.log.read_text()


def test_all_together_hold_no_more_than_they_may(served):
    said = request("/echo", method="POST", body=b"x" * 900_000, length=900_001)
    with connect(served.port, said) as one, connect(served.port, said) as other:
        # One of them was over the bound.
        refused, _writable, _odd = select([one, other], [], [], 10)
        assert [answer(line).status for line in refused] == [503]
        assert 900_000 + len(WORDS) < MOST_HELD
        assert served.post("/echo", WORDS).status == 200
    wait_for_room(served)


def test_long_bodies_that_stand_still_keep_no_short_form_out(served):
    def begun(length):
        said = request("/echo", method="POST", body=b"x" * length, length=length + 1)
        return connect(served.port, said)

    with begun(999_000), begun(MOST_HELD - 999_000):
        assert served.post("/echo", b"a form").status == 200
    wait_for_room(served)


def test_a_long_body_finds_no_room_beside_those_that_stand_still():
    bodies = Bodies(largest=LARGEST, most_held=MOST_HELD)

    async def arrive(length, here, ends):
        async def pieces():
            yield b"x" * length
            here.set()  # it was taken, and the next piece is asked for
            await ends.wait()

        async with bodies.receive(length, pieces()):
            pass

    async def try_it():
        here, ends, at_once = asyncio.Event(), asyncio.Event(), asyncio.Event()
        at_once.set()
        first = asyncio.create_task(arrive(999_000, here, ends))
        await here.wait()
        here.clear()
        second = asyncio.create_task(arrive(MOST_HELD - 999_000, here, ends))
        await here.wait()
        await arrive(60_000, here, at_once)  # of short ones there may be many
        with pytest.raises(Refused) as refused:
            await arrive(70_000, here, at_once)
        ends.set()
        await asyncio.gather(first, second)
        return refused.value.status, bodies.held

    assert apart(try_it()) == (503, 0)


def test_who_ends_a_body_too_early_is_told_if_still_there(served):
    with connect(served.port, request("/echo", method="POST", length=9000)) as line:
        line.sendall(b"x" * 100)
        line.shutdown(socket.SHUT_WR)
        assert answer(line).status == 400


def apart(work):
    """Run it: in a thread of its own, as a browser that another test opened may have left
    a loop running in this one.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@pytest.fixture
def small_disk():
    """No file of this process grows beyond so many bytes."""
    was = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, was[1]))
    yield 1_000_000
    resource.setrlimit(resource.RLIMIT_FSIZE, was)


@pytest.mark.parametrize("too_much", [1_000, 100_000])
def test_what_the_disk_does_not_take_is_refused_also_the_last_bytes(
    small_disk, too_much
):
    bodies, length = Bodies(largest=2**30, most_held=2**30), small_disk + too_much

    async def pieces():
        for _each in range(length // 1_000):
            yield b"x" * 1_000

    async def receive():
        async with bodies.receive(length, pieces()):
            pass

    with pytest.raises(Refused) as refused:
        apart(receive())
    assert (refused.value.status, bodies.held) == (503, 0)
