"""The bench's own servers, and what a part finds out with them."""

import subprocess
from pathlib import Path

import pytest
from sqlalchemy import text

from bench.asking import Reader, ratios, take_turns
from bench.counted import counter
from bench.figures import Part
from bench.load import Target
from bench.machine import family, processor_seconds, proportional_megabytes
from bench.pairs import Side
from bench.path import judge_fast_path
from bench.redirect import SLOW_FLUSH, plant_links
from bench.servers import FIRST_PORT, Server, Servers, status

HIGHEST_PORT = 32_768  # from here on the kernel takes ports for outgoing connections


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    with Servers(tmp_path_factory.mktemp("bench")) as found:
        yield found


def test_every_answer_of_the_links_process_is_on_record(
    servers: Servers, tmp_path: Path
) -> None:
    engine, codes = servers.database("links"), tmp_path / "codes"
    plant_links(engine, codes)
    links = servers.product("links", "links")
    asked = counter(engine, servers.data_folder("links"))
    side = Side("links", Target(links.address, codes), links.pid, asked)
    found = side.run(1, 4)
    assert found.burst.requests > 0
    assert side.trouble == ""
    assert FIRST_PORT <= int(links.address.rpartition(":")[2]) < HIGHEST_PORT

    # The same server after it has begun to lose what it answers.
    with engine.begin() as connection:
        connection.execute(text("UPDATE link SET frozen = true"))
    servers.stop(links.pid)
    side = Side("links", Target(servers.product("links", "links").address, codes), 0)
    side.counted = asked
    side.run(1, 4)
    assert "answered and not on record" in side.trouble
    assert status(links.address) == 0


def test_a_yardstick_is_asked_one_page_after_the_other(servers: Servers) -> None:
    flask = servers.yardstick(threads=1)
    small, large = (
        Reader(name, f"{flask.address}/{name}") for name in ("hello", "page/90000")
    )
    take_turns([small, large], rounds=2, pages=3)
    assert large.size == 90_000
    assert len(ratios(large, small)) == 2
    with pytest.raises(RuntimeError, match="answered 404"):
        Reader("nothing", f"{flask.address}/nothing").read()


def test_what_processes_use_is_that_of_all_their_children(servers: Servers) -> None:
    flask = servers.yardstick(threads=1, workers=2)
    assert len(family(flask.pid)) >= 3
    assert processor_seconds(flask.pid) > 0
    assert proportional_megabytes(flask.pid) > 10
    servers.stop(flask.pid)
    assert family(flask.pid) == [flask.pid]
    assert processor_seconds(flask.pid) == 0


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("DATABASE_URL is missing")
    with subprocess.Popen(["/bin/false"]) as child:
        server = Server("web", child, log)
        with pytest.raises(RuntimeError, match="web did not start: DATABASE_URL"):
            server.wait(lambda: False)


def test_the_slow_disk_is_slow_for_its_database_alone(servers: Servers) -> None:
    slow, quick = servers.database("slow", *SLOW_FLUSH), servers.database("quick")
    delays = []
    for engine in (slow, quick):
        with engine.connect() as connection:
            delays.append(connection.scalar(text("SHOW commit_delay")))
    assert delays == ["1000", "0"]


def test_the_fast_path_stays_far_below_what_flask_costs(
    servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By processor time, in pairs: holds on a busy machine too. Not the target itself,
    which is 0.05 for both: a gate leaves room.
    """
    for name, value in servers.environment("gate").items():
        monkeypatch.setenv(name, value)
    engine = servers.database("gate")
    plant_links(engine, tmp_path / "codes")
    part = Part("redirect")
    judge_fast_path(part, engine, servers.environment("gate"), rounds=7)
    frozen, judged = (one.median for one in part.figures)
    assert frozen < 0.05 / 0.7
    assert judged < 0.3
