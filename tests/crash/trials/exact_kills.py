"""T2: killed exactly at each point of 2.6."""

import time
from collections.abc import Iterator
from functools import partial
from itertools import count

from tests.crash.judge import Verdict, judge
from tests.crash.nursery import Child
from tests.crash.pace import BRISK
from tests.crash.points import Point
from tests.crash.scene import Scene, scene
from tests.crash.table import Row, Watch
from tests.crash.trials.part import Part
from tests.crash.world import World

PARALLEL = 6
STUCK_SECONDS = 600
LAST_SECONDS = 5
# Seven points, one behind each act of 2.4 that a process can be killed after: claim with
# its checks (1, 2), prepare (3), connect (4), arm (5), send (6, 7), the answer's arrival,
# and the commit of the outcome (8). The table of 2.6 has five of them and the freeze; the
# other two it implies: before the arm nothing was sent, so nothing is in doubt.
# What it says: whether all end as published, and how many of the others are live.
EXPECTED = {
    Point.CLAIMED: "published",
    Point.PREPARED: "published",
    Point.CONNECTED: "published",
    Point.ARMED: "in doubt, not live",
    Point.SENT: "in doubt, live",
    Point.ANSWERED: "in doubt, live",
    Point.SETTLED: "published",
}


def _killed(point: Point, world: World, seed: int, *, short: bool) -> Row:
    """200 kills; short: 4. The seed is the order in which shares come due."""
    shares, watch = 4 if short else 200, Watch()
    with scene(world, "t2", BRISK) as place:
        place.populate(shares, latency=0.02, seed=seed)
        kills = until_all_ended(place, point, "kill", shares)
        time.sleep(0.5)  # what the network was sent last
        verdict = judge(place, shares)
        _compare(verdict, point, shares)
        verdict.demand(kills == shares, f"{kills} kills instead of {shares}")
        note = f"expected: all {EXPECTED[point]}; live of the uncertain: "
        note += f"{verdict.uncertain_live}; lease {place.pace.lease:.0f} s"
        return watch.row(verdict, shares=shares, kills=kills, note=note)


def _compare(verdict: Verdict, point: Point, shares: int) -> None:
    found = (verdict.published, verdict.uncertain, verdict.uncertain_live)
    expected = {
        "published": (shares, 0, 0),
        "in doubt, not live": (0, shares, 0),
        "in doubt, live": (0, shares, shares),
    }[EXPECTED[point]]
    verdict.demand(found == expected, f"{found} instead of {expected}")


def until_all_ended(place: Scene, point: Point, deed: str, shares: int) -> int:
    """Start a new worker wherever one ended by the deed; how often it was done."""
    marks = place.folder / "marks"
    marks.mkdir()
    # This one sweeps and wakes; the others post one share after the other.
    place.worker("keeper", threads=2, queues="clock,slow")
    place.clock()
    told = {"point": str(point), "deed": deed, "marks": str(marks)}

    def another(host: str) -> Child:
        return place.worker(host, threads=1, queues="publish", deed=told)

    posting = {f"host{number}": another(f"host{number}") for number in range(PARALLEL)}
    end = time.monotonic() + STUCK_SECONDS
    for _look in _looks(place, end):
        for host, child in posting.items():
            if child.dead:
                assert "Traceback" not in child.output, child.output
                if deed == "kill":
                    place.killed.add(child.pid)
                posting[host] = another(host)
    # The last share may have ended a moment before its worker comes by the point.
    patience = time.monotonic() + LAST_SECONDS
    while len(list(marks.iterdir())) < shares and time.monotonic() < patience:
        time.sleep(0.05)
    return len(list(marks.iterdir()))


def _looks(place: Scene, end: float) -> Iterator[int]:
    for number in count():
        if number % 20 == 0 and not place.open_shares():
            return
        if time.monotonic() > end:
            raise TimeoutError(f"{place.open_shares()} shares are still open")
        yield number
        time.sleep(0.02)


# The two that a change of how requests are sent would miss without a word.
IN_SHORT = {Point.SENT, Point.ANSWERED}
PARTS = tuple(
    Part(f"T2 killed when {point}", partial(_killed, point), point in IN_SHORT)
    for point in EXPECTED
)
