"""Monday morning: thousands of shares due at once (P12 and P13).

    python -m bench.burst [--shares 5000] [--threads 100] [--processes 1,2,4] [--kills 0]

Each share makes three calls (announce a picture, send it, post) at a server that answers
each after 200 ms; so the limit is threads × processes ÷ 0.6 s. The blind wait between a
picture and its post is left out: it is LinkedIn's time and not ours. Real PostgreSQL,
Valkey, Celery workers and clock. Prints ratios; the absolute speed is the machine's.
"""

import re
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import ColumnElement, func, select, update

from advocacy.shares.models import Share, ShareState
from bench.machine import processor_seconds, proportional_megabytes
from bench.procfile import procfile
from bench.slow_network import LATENCY, SlowNetwork
from content.items import ItemKind
from integrations.database import transaction
from integrations.files import Files
from integrations.network import Access
from tests.advocacy.shares.making import (
    add_media,
    connect_account,
    make_item,
    make_person,
    queue_due,
)
from tests.crash.pace import Pace
from tests.crash.processes import Process
from tests.crash.scene import Scene, scene
from tests.crash.table import say
from tests.crash.world import World

CALLS = 3  # of a share
SHARES_EACH = 10
# As large as a small photo; nobody looks at it.
PICTURE = bytes(50_000)
LONGEST = 900


@dataclass
class Used:
    """Processor seconds and memory of the workers."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Found:
    """What came of one burst: of how many, with what, how fast."""

    processes: int
    threads: int  # of each process
    shares: int
    out: int  # published
    in_doubt: int
    arrived: int  # posts that the network took, each counted once
    doubled: int
    kills: int
    seconds: float  # until the last was out
    oldest: float  # seconds that the oldest due share waited at most
    cpu_milliseconds: float  # for a share; of workers that were not killed
    megabytes: float  # of all workers

    @property
    def limit(self) -> float:
        """Posts a second at most, as each thread waits for the network."""
        return self.processes * self.threads / (CALLS * LATENCY)

    @property
    def of_limit(self) -> float:
        return self.out / self.seconds / self.limit

    @property
    def lost(self) -> int:
        missed = max(self.out - self.arrived, 0)  # said to be out, and nobody saw it
        return self.shares - self.out - self.in_doubt + missed

    def __str__(self) -> str:
        return (
            f"{self.processes} × {self.threads} threads: {self.out:,} of {self.shares:,}"
            f" out in {self.seconds:.0f} s, {self.of_limit:.2f} of the limit"
            f" ({self.limit:.0f}/s); oldest due {self.oldest:.0f} s;"
            f" {self.cpu_milliseconds:.1f} ms CPU a share; {self.megabytes:.0f} MB PSS;"
            f" kills {self.kills}, doubled {self.doubled}, lost {self.lost},"
            f" in doubt {self.in_doubt}"
        )


def main(words: Sequence[str] | None = None) -> list[Found]:
    """One line for each number of processes."""
    parser = ArgumentParser(prog="burst")
    parser.add_argument("--shares", type=int, default=5000)
    parser.add_argument("--threads", type=int, default=100)
    parser.add_argument("--processes", default="1,2,4")
    parser.add_argument("--kills", type=int, default=0)
    given = parser.parse_args(words)
    with TemporaryDirectory(prefix="burst-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with World(Path(folder)) as world:
            return [
                _burst(world, given.shares, processes, given.threads, given.kills)
                for processes in map(int, given.processes.split(","))
            ]


def _burst(
    world: World, shares: int, processes: int, threads: int, kills: int
) -> Found:
    with scene(world, "burst", Pace(blind=0)) as place:
        network = SlowNetwork(place.port)
        _plan_shares(shares, Files(place.folder / "data" / "media"))
        workers = _workers(place, processes, threads)
        before = _used(workers)
        _all_due_at(func.now())
        try:
            oldest, killed = _wait(place, workers, kills, threads)
            used = _used(workers)
        finally:
            for worker in workers:
                worker.kill()
        states, seconds = _posted()
        found = Found(
            processes,
            threads,
            shares,
            out=states[ShareState.PUBLISHED],
            in_doubt=states[ShareState.UNCERTAIN],
            arrived=len(network.posts),
            doubled=sum(count > 1 for count in network.posts.values()),
            kills=killed,
            seconds=seconds,
            oldest=oldest,
            cpu_milliseconds=(used.seconds - before.seconds) / shares * 1000,
            megabytes=used.megabytes,
        )
    say(str(found))
    return found


def _workers(place: Scene, processes: int, threads: int) -> list[Process]:
    """Those that post, beside one for everything else."""
    workers = [_worker(place, threads) for _number in range(processes)]
    place.worker("keeper", threads=4, queues="clock,slow")
    place.clock()
    time.sleep(10)  # all of them have started
    return workers


def _worker(place: Scene, threads: int) -> Process:
    """From nothing, as in production: a fork would share its memory with others."""
    options = f"--concurrency {threads} -Q publish --without-gossip --without-mingle"
    command = [sys.executable, "-m", "bench.burst_worker", "worker", *options.split()]
    # The Procfile's line begins with what it sets: env NAME=VALUE python …
    shipped = dict(re.findall(r"(\w+)=(\S+) ", procfile()["worker"]))
    return Process(place.folder, "worker", command, **place.environment, **shipped)


def _plan_shares(count: int, files: Files) -> None:
    """For tomorrow, until the burst begins."""
    with transaction() as session:
        items = [make_item(session, ItemKind.LINK) for _number in range(SHARES_EACH)]
        for item in items:
            add_media(session, item, files, PICTURE, ".jpg")
        for number in range(count):
            if number % SHARES_EACH == 0:
                person = make_person(session)
                access = Access(f"token{number}", f"member{number}")
                connect_account(session, person, access)
            item = items[number % SHARES_EACH]
            words = f"Share {number}."
            queue_due(session, person, item, words)
    _all_due_at(func.now() + timedelta(days=1))


def _all_due_at(moment: ColumnElement[datetime]) -> None:
    with transaction() as session:
        session.execute(update(Share).values(due_at=moment, next_at=moment))


def _wait(
    place: Scene, workers: list[Process], kills: int, threads: int
) -> tuple[float, int]:
    """Until all are out; how old the oldest due share was, seen every half second, and
    how often a worker was killed.
    """
    start, oldest, done = time.monotonic(), 0.0, 0
    due = select(func.max(func.clock_timestamp() - Share.due_at))
    while place.open_shares() and time.monotonic() - start < LONGEST:
        with transaction() as session:
            waiting = due.where(Share.state == ShareState.SCHEDULED)
            age = session.scalar(waiting)
        oldest = max(oldest, age.total_seconds() if age else 0)
        if done < kills and time.monotonic() - start > 5 * (done + 1):
            workers[0].kill()
            workers[0] = _worker(place, threads)
            done += 1
        time.sleep(0.5)
    return oldest, done


def _used(workers: list[Process]) -> Used:
    ids = [worker.child.pid for worker in workers]
    return Used(sum(map(processor_seconds, ids)), sum(map(proportional_megabytes, ids)))


def _posted() -> tuple[Counter[ShareState], float]:
    """How many are in each state, and the seconds until the last was out."""
    with transaction() as session:
        states = Counter(session.scalars(select(Share.state)))
        # What is in doubt waits for the end of its lease, and is not waited for here.
        lasted = select(func.max(Share.posted_at) - func.min(Share.due_at))
        last = session.scalars(lasted).one()
    return states, last.total_seconds() if last else LONGEST


if __name__ == "__main__":
    main()
