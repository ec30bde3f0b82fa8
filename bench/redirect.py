"""A tracked link, counted durably, beside Flask's cheapest answer: P1, P2, P3 and P6."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from advocacy.links.operations import link_for
from bench.counted import counter
from bench.figures import Part
from bench.load import CONNECTIONS, Target, speed
from bench.pairs import Pairs, Side, measure, row
from bench.path import judge_fast_path
from bench.planting import repeat, settle
from bench.servers import Servers
from bench.yardstick import TARGET
from integrations.database import transaction
from tests.advocacy.shares.making import make_item

CODES = 300
# One for each connection: with fewer, Flask's visitors wait in line before they are seen.
FLASK_THREADS = CONNECTIONS
# PostgreSQL waits so many µs before each flush to disk, and flushes once for all who wait:
# the same as a disk that takes so much longer.
SLOW_FLUSH = ("commit_delay = 1000", "commit_siblings = 0")
# What Kutt and YOURLS measured beside bare Flask (bench/peers.md).
KUTT, YOURLS = 0.06, 0.17


def run(folder: Path, *, short: bool) -> Part:
    """About three minutes; short, half of one."""
    part = Part("redirect", short=short)
    rounds, seconds = (2, 1.0) if short else (7, 2.0)
    with Servers(folder) as servers:
        codes = folder / "codes"
        matrix = Matrix(part, servers, codes, rounds, seconds)
        engine = servers.database("links")
        plant_links(engine, codes)
        _beside_flask(matrix, engine)
        slow = servers.database("slow", *SLOW_FLUSH)
        plant_links(slow, codes)
        _with_slow_disk(matrix, slow)
        judge_fast_path(part, engine, servers.environment("links"), 5 if short else 15)
    return part


def plant_links(engine: Engine, codes: Path) -> None:
    """Some links, as of one item; their codes go into a file."""
    with transaction() as session:
        link_for(session, make_item(session).id, TARGET, None)
    with engine.begin() as connection:
        changed = {"code": "substr(md5(n::text), 1, 11)", "personal": "true"}
        repeat(connection, "link", CODES, changed)
        found = connection.exec_driver_sql("SELECT code FROM link WHERE personal")
        codes.write_text("".join(f"{code}\n" for (code,) in found))
    settle(engine)


@dataclass
class Matrix:
    """What all pairs of this part share."""

    part: Part
    servers: Servers
    codes: Path
    rounds: int
    seconds: float

    def flask(self, name: str, threads: int, workers: int = 1) -> Side:
        """A yardstick."""
        server = self.servers.yardstick(threads=threads, workers=workers)
        return Side(name, Target(server.address, self.codes), server.pid)

    def links(self, name: str, database: str, engine: Engine, workers: int = 1) -> Side:
        """Ours, whose every answer must be on record."""
        server = self.servers.product("links", database, workers=workers)
        asked = counter(engine, self.servers.data_folder(database))
        return Side(name, Target(server.address, self.codes), server.pid, asked)

    def measure(self, base: Side, *subjects: Side) -> list[Pairs]:
        """Go round, keep the rows of the table, end the servers: there are few cores."""
        found = measure(base, subjects, self.rounds, self.seconds, CONNECTIONS)
        self.part.rows.append(row(base))
        self.part.rows += [row(one.subject, one) for one in found]
        for side in (base, *subjects):
            self.servers.stop(side.pid)
        return found


def _beside_flask(matrix: Matrix, engine: Engine) -> None:
    """P1 and P2, at one and two processes."""
    links, alone = matrix.measure(
        matrix.flask("bare Flask", FLASK_THREADS),
        matrix.links("links", "links", engine),
        matrix.flask("bare Flask, 1 thread", 1),
    )
    _tell_one(matrix.part, links, alone)
    (pairs,) = matrix.measure(
        matrix.flask("bare Flask, 2 processes", FLASK_THREADS, workers=2),
        matrix.links("links, 2 processes", "links", engine, workers=2),
    )
    matrix.part.tell("redirect_two", pairs.ratios(speed), pairs.doubt)


def _with_slow_disk(matrix: Matrix, engine: Engine) -> None:
    """P3."""
    (pairs,) = matrix.measure(
        matrix.flask("bare Flask again", FLASK_THREADS),
        matrix.links("links, flushes 1 ms slower", "slow", engine),
    )
    matrix.part.tell("slow_flush", pairs.ratios(speed), pairs.doubt)


def _tell_one(part: Part, links: Pairs, alone: Pairs) -> None:
    ours = links.ratios(speed)
    part.tell("redirect", ours, links.doubt)
    best = zip(ours, alone.ratios(speed), strict=True)
    part.tell("redirect_best", [one / flask for one, flask in best])
    own = [one.burst.p99 / one.burst.p50 for one in links.subject.seen]
    part.tell("tail_own", own, links.doubt)
    part.tell("tail_flask", links.ratios(lambda one: one.p99), links.doubt)
    part.tell("peer_kutt", [one / KUTT for one in ours], links.doubt)
    part.tell("peer_yourls", [one / YOURLS for one in ours], links.doubt)
