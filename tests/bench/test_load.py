"""The load: right answers and errors told apart, and every visit another visitor's."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bench import generator
from bench.load import Burst, Target, burst, read
from tests.bench.conftest import Small

SAID = "Running 2s test\nFOUND 1003 2000000 3 1500.000000 9000.000000\n"
needs_wrk = pytest.mark.skipif(not shutil.which("wrk"), reason="wrk is not here")


def own(target: Target, seconds: float, connections: int) -> Burst:
    # In a thread: tests with a browser leave a loop behind in this one.
    with ThreadPoolExecutor(1) as one:
        found = one.submit(generator.load, target, seconds, connections).result()
    return Burst(*found)


LOADS = [own, pytest.param(burst, marks=needs_wrk)]


def test_what_wrk_says_is_read_with_its_errors_taken_off() -> None:
    assert read(SAID) == Burst(1000, 2.0, 1.5, 9.0, 3)


def test_a_wrk_that_says_nothing_is_no_burst() -> None:
    with pytest.raises(ValueError, match="unable to connect"):
        read("unable to connect to 127.0.0.1")


@pytest.mark.parametrize("load", LOADS)
def test_answers_are_counted(small: Small, load) -> None:
    found = load(Target(small.address), 1, 2)
    assert found.errors == 0
    assert 0 < found.requests <= len(small.asked) <= found.requests + 2
    assert 0 < found.p50 <= found.p99


@pytest.mark.parametrize("load", LOADS)
def test_refusals_are_errors_and_no_answers(small: Small, load) -> None:
    small.status = 503
    found = load(Target(small.address), 1, 2)
    assert found.requests == 0
    assert found.errors > 0


@pytest.mark.parametrize("load", LOADS)
def test_a_cookie_goes_along(small: Small, load) -> None:
    load(Target(f"{small.address}/page", cookie="session=x"), 1, 1)
    path, headers = small.asked[0]
    assert path == "/page"
    assert headers["Cookie"] == "session=x"


@pytest.mark.parametrize("load", LOADS)
def test_every_visit_is_another_visitors(small: Small, load, tmp_path: Path) -> None:
    codes = tmp_path / "codes"
    codes.write_text("aaaaaaaaaaa\nbbbbbbbbbbb\n")
    load(Target(small.address, codes), 1, 2)
    seen = {
        (headers["X-Forwarded-For"], headers["User-Agent"])
        for _path, headers in small.asked
    }
    assert len(seen) > 0.99 * len(small.asked)
    networks = {address.rpartition(".")[0] for address, _agent in seen}
    assert len(networks) > 0.99 * len(seen)
    assert {path for path, _headers in small.asked} == {
        "/l/aaaaaaaaaaa",
        "/l/bbbbbbbbbbb",
    }
