"""Pairs: compared with both neighbours, and no verdict where something went wrong."""

import os

import pytest

from bench.load import Burst, Target, speed
from bench.machine import Busy, busy
from bench.pairs import Measured, Pairs, Side, measure, row
from tests.bench.conftest import Small

NOTHING = Busy(0, 0, 0)


def seen(requests: int, errors: int = 0) -> Measured:
    return Measured(Burst(requests, 1.0, 1.0, 2.0, errors), 10, NOTHING, NOTHING)


def side(name: str, *bursts: Measured) -> Side:
    return Side(name, Target("http://127.0.0.1"), os.getpid(), seen=list(bursts))


def test_a_burst_is_compared_with_the_mean_of_its_neighbours() -> None:
    pairs = Pairs(side("links"), side("Flask"), [(seen(100), seen(300), seen(400))])
    assert pairs.ratios(speed) == pytest.approx([1.5])


def test_an_unsteady_yardstick_allows_no_verdict() -> None:
    steady = Pairs(side("links"), side("Flask", seen(100), seen(199)))
    unsteady = Pairs(side("links"), side("Flask", seen(100), seen(201)))
    assert steady.doubt == ""
    assert "varied 2.0 ×" in unsteady.doubt


def test_errors_allow_no_verdict() -> None:
    pairs = Pairs(side("links", seen(100, errors=2)), side("Flask", seen(100)))
    assert pairs.doubt == "2 errors at links"


def counting(small: Small, part: float) -> Side:
    """A server that says how many of its requests are on record: all, fewer, more."""
    target = Target(small.address)
    asked = lambda: int(part * len(small.asked))  # noqa: E731
    return Side("links", target, os.getpid(), counted=asked)


def test_a_server_that_keeps_every_visit_passes(small: Small) -> None:
    found = counting(small, 1)
    found.run(1, 2)
    assert found.trouble == ""


def test_a_fast_server_that_loses_visits_cannot_pass(small: Small) -> None:
    found = counting(small, 0.9)
    found.run(1, 2)
    assert "answered and not on record" in found.trouble


def test_a_server_that_counts_twice_cannot_pass(small: Small) -> None:
    found = counting(small, 2)
    found.run(1, 2)
    assert "never asked" in found.trouble


def test_yardstick_and_subjects_take_turns(small: Small) -> None:
    base = Side("Flask", Target(f"{small.address}/base"), os.getpid())
    sides = [
        Side(name, Target(f"{small.address}/{name}"), os.getpid())
        for name in ("a", "b")
    ]
    found = measure(base, sides, rounds=1, seconds=1, connections=1)
    paths = [path for path, _headers in small.asked]
    changes = [
        one for one, before in zip(paths, ["", *paths], strict=False) if one != before
    ]
    warm = ["/base", "/a", "/b"]
    assert changes == [*warm, "/base", "/a", "/base", "/b", "/base"]
    assert found[0].around[0][2] is found[1].around[0][0]
    assert row(sides[0], found[0])["errors"] == "0"


def test_the_machines_idle_time_is_told() -> None:
    before = Busy(idle=100, stolen=10, all=200)
    assert Busy(idle=150, stolen=20, all=300).since(before) == (0.5, 0.1)
    assert busy().all > 0
