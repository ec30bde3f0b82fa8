"""T1: workers on several hosts, and the clock, die at random while the network fails at
random.
"""

import random
import time

from tests.crash.judge import Verdict, judge
from tests.crash.pace import AS_BUILT, BRISK
from tests.crash.scene import Scene, scene, wait_for
from tests.crash.table import Row, Watch, say
from tests.crash.trials.part import Part
from tests.crash.world import World

HOSTS = ("north", "east", "south", "west")
# reliability.md 0, M1. What is late is answered after our patience has ended.
FAULTS = {
    "unavailable_without_commit": 3,
    "drop_before_commit": 2,
    "drop_after_commit": 3,
    "late_after_commit": 1,
}
MOST_PARKED = 0.15
CLOCK_EVERY = 3  # kills of workers to one of the clock


def run(world: World, seed: int, *, short: bool) -> Row:
    """1,000 shares in two and a half minutes; short: 40 in four seconds, three kills."""
    shares, seconds, every = (40, 4, 1) if short else (1000, 150, 2)
    watch = Watch()
    with scene(world, "t1", BRISK if short else AS_BUILT) as place:
        slow = place.pace.answer + (1 if short else 10)
        ids = place.populate(shares, slow_seconds=slow, seed=seed)
        place.faults(seed, **FAULTS)
        place.spread(ids, seconds)
        most = 3 if short else shares
        chance = random.Random(seed)  # noqa: S311
        kills, clocks = _kill_at_random(place, chance, every, most)
        wait_for(lambda: not place.open_shares(), "all shares to come to an end", 300)
        # What is late on the network is still to come.
        time.sleep(slow - place.pace.answer + 2)
        verdict = judge(place, shares)
        verdict.demand(clocks, "the clock was never killed")
        if not short:  # so few posts prove nothing about a share of them
            _look_at_parked(verdict, shares)
        note = (
            f"{len(HOSTS)} {world.hosts}; one killed every {every} s, lease "
            f"{place.pace.lease:.0f} s; the clock {clocks} times; parked "
            f"{verdict.uncertain / shares:.1%}, of them live {verdict.uncertain_live}"
        )
        return watch.row(verdict, shares=shares, kills=kills, note=note)


def _kill_at_random(
    place: Scene, chance: random.Random, every: float, most: int
) -> tuple[int, int]:
    """Until nothing is left to be sent; how many workers and clocks."""
    clock, clocks = place.clock(), 0
    workers = {host: place.worker(host) for host in HOSTS}
    time.sleep(2)
    kills = 0
    while place.unsent_shares() and kills < most:
        time.sleep(every)
        host = chance.choice(HOSTS)
        place.kill(workers[host])
        workers[host] = place.worker(host)
        kills += 1
        if kills % CLOCK_EVERY == 1:
            place.kill(clock)
            clock, clocks = place.clock(), clocks + 1
        if kills % 10 == 0:
            say(f"   {kills} kills, {place.unsent_shares()} shares to go")
    return kills, clocks


def _look_at_parked(verdict: Verdict, shares: int) -> None:
    parked = verdict.uncertain / shares
    verdict.demand(parked <= MOST_PARKED, f"{parked:.1%} parked")


PARTS = (Part("T1 random kill -9", run),)
