"""T7: one worker after the other is asked to stop and replaced, while posts leave and
the network fails as in T1: only its own failures may leave a doubt.
"""

import signal
import time

from sqlalchemy import func, update

from advocacy.shares.models import Share
from integrations.database import transaction
from tests.crash.judge import judge
from tests.crash.nursery import Child
from tests.crash.pace import AS_BUILT, BRISK
from tests.crash.scene import Scene, scene, wait_for
from tests.crash.table import Row, Watch, say
from tests.crash.trials.part import Part
from tests.crash.trials.random_kills import FAULTS
from tests.crash.world import World

HOSTS = ("north", "east", "south")
SHARES_EACH_TIME = 10
LONGEST_STOP = 45  # worker_soft_shutdown_timeout


def run(world: World, seed: int, *, short: bool) -> Row:
    """100 restarts, ten shares under way at each; short: 4."""
    restarts = 4 if short else 100
    shares = restarts * SHARES_EACH_TIME
    watch = Watch()
    with scene(world, "t7", BRISK if short else AS_BUILT) as place:
        slow = place.pace.answer + (1 if short else 10)
        ids = place.populate(shares, latency=0.3, slow_seconds=slow)
        place.faults(seed, **FAULTS)
        _not_yet(ids)
        longest = _roll(place, ids, restarts)
        wait_for(lambda: not place.open_shares(), "all shares to come to an end", 180)
        time.sleep(slow - place.pace.answer + 2)  # what is late on the network
        verdict = judge(place, shares)
        tracebacks = sum("Traceback" in child.output for child in place.children)
        verdict.demand(not tracebacks, f"{tracebacks} processes wrote a traceback")
        note = (
            f"{len(HOSTS)} hosts, lease {place.pace.lease:.0f} s, {SHARES_EACH_TIME} "
        )
        note += (
            f"shares released before each stop, longest stop {longest:.1f} s; parked "
        )
        note += f"without a fault of the network {verdict.uncaused}"
        return watch.row(verdict, shares=shares, kills=restarts, note=note)


def _not_yet(ids: list[int]) -> None:
    with transaction() as session:
        later = update(Share).where(Share.id.in_(ids))
        session.execute(
            later.values(next_at=func.clock_timestamp() + func.make_interval(1))
        )


def _roll(place: Scene, ids: list[int], restarts: int) -> float:
    """How long the slowest took to stop."""
    place.clock()
    workers = {host: place.worker(host) for host in HOSTS}
    longest = 0.0
    for turn in range(restarts):
        host = HOSTS[turn % len(HOSTS)]
        first = turn * SHARES_EACH_TIME
        _release(ids[first : first + SHARES_EACH_TIME])
        # Long enough to be told, short enough to find posts on the wire.
        time.sleep(0.8 + 0.1 * (turn % 7))
        longest = max(longest, _stop(workers[host]))
        workers[host] = place.worker(host)
        if turn % 20 == 19:
            say(f"   {turn + 1} restarts")
    return longest


def _release(ids: list[int]) -> None:
    with transaction() as session:
        due = update(Share).where(Share.id.in_(ids))
        session.execute(due.values(next_at=func.clock_timestamp(), woken_at=None))


def _stop(worker: Child) -> float:
    """Only the worker is told, as a supervisor does; its group is its own affair."""
    wait_for(lambda: " ready." in worker.output, "a worker to start", 60)
    asked = time.monotonic()
    worker.send(signal.SIGTERM)
    wait_for(lambda: worker.dead, "a worker to stop", LONGEST_STOP)
    return time.monotonic() - asked


PARTS = (Part("T7 SIGTERM, rolling", run),)
