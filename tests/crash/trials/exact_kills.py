"""T2: killed exactly at each point of 2.6, and frozen there for longer than the lease."""

import signal
import time
from collections.abc import Iterator
from functools import partial
from itertools import count

from sqlalchemy import func, select

from advocacy.shares.models import Share, ShareState
from integrations.database import transaction
from tests.crash.judge import Verdict, judge
from tests.crash.nursery import Child
from tests.crash.pace import BRISK
from tests.crash.points import Point
from tests.crash.scene import Scene, scene
from tests.crash.table import Row, Watch, say, tried
from tests.crash.world import World

PARALLEL = 6
# reliability.md 2.6: whether all end as published, and how many of the others are live.
EXPECTED = {
    Point.CLAIMED: "published",
    Point.PREPARED: "published",
    Point.ARMED: "in doubt, not live",
    Point.SENT: "in doubt, live",
    Point.ANSWERED: "in doubt, live",
    Point.SETTLED: "published",
}
FROZEN_AT = (Point.ARMED, Point.SENDING, Point.CLAIMED, Point.SENT)
STUCK_SECONDS = 600


def run(world: World, _seed: int, *, short: bool) -> list[Row]:
    """200 kills at each point; short: 4 at one of them."""
    kills = 4 if short else 200
    points = (Point.ANSWERED,) if short else tuple(EXPECTED)
    rows: list[Row] = []
    for point in points:
        test = f"T2 killed when {point}"
        rows += tried(test, partial(_killed, world, test, point, kills))
        say(f"   {' '.join(rows[-1].cells)}")
        world.mend()
    return rows


def _killed(world: World, test: str, point: Point, shares: int) -> list[Row]:
    watch = Watch(test)
    with scene(world, "t2", BRISK) as place:
        place.populate(shares, latency=0.02)
        kills = _until_all_ended(place, {"point": point, "deed": "kill"})
        time.sleep(0.5)  # what the network was sent last
        verdict = judge(place, shares)
        _compare(verdict, point, shares)
        verdict.demand(kills == shares, f"{kills} kills instead of {shares}")
        note = f"expected: all {EXPECTED[point]}; live of the uncertain: "
        note += f"{verdict.uncertain_live}; lease {place.pace.lease:.0f} s"
        return [watch.row(verdict, shares=shares, kills=kills, note=note)]


def _compare(verdict: Verdict, point: Point, shares: int) -> None:
    found = (verdict.published, verdict.uncertain, verdict.uncertain_live)
    expected = {
        "published": (shares, 0, 0),
        "in doubt, not live": (0, shares, 0),
        "in doubt, live": (0, shares, shares),
    }[EXPECTED[point]]
    verdict.demand(found == expected, f"{found} instead of {expected}")


def _until_all_ended(place: Scene, deed: dict[str, str]) -> int:
    """Start a new worker wherever one died; how many died."""
    marks = place.folder / "marks"
    marks.mkdir()
    # This one sweeps and wakes; the others post one share after the other.
    place.worker("keeper", threads=2, queues="clock,slow")
    place.clock()
    deed = deed | {"marks": str(marks)}

    def another(host: str) -> Child:
        return place.worker(host, threads=1, queues="publish", deed=deed)

    posting = {f"host{number}": another(f"host{number}") for number in range(PARALLEL)}
    end = time.monotonic() + STUCK_SECONDS
    for _look in _looks(place, end):
        for host, child in posting.items():
            if child.dead:
                assert "Traceback" not in child.output, child.output
                place.killed.add(child.pid)
                posting[host] = another(host)
    return sum(1 for _mark in marks.iterdir())


def _looks(place: Scene, end: float) -> Iterator[int]:
    for number in count():
        if number % 20 == 0 and not place.open_shares():
            return
        if time.monotonic() > end:
            raise TimeoutError(f"{place.open_shares()} shares are still open")
        yield number
        time.sleep(0.02)


def frozen(world: World, _seed: int, *, short: bool) -> list[Row]:
    """200 freezes, longer than the lease, and 40 at other points; short: 4."""
    sizes = {Point.ARMED: 4} if short else dict.fromkeys(FROZEN_AT, 40)
    if not short:
        sizes[Point.ARMED] = 200
    rows: list[Row] = []
    for point, shares in sizes.items():
        test = f"T2 frozen when {point}"
        rows += tried(test, partial(_frozen, world, test, point, shares))
        say(f"   {' '.join(rows[-1].cells)}")
        world.mend()
    return rows


def _frozen(world: World, test: str, point: Point, shares: int) -> list[Row]:
    watch = Watch(test)
    with scene(world, "t2f", BRISK) as place:
        place.populate(shares, latency=0.02)
        thaws = _thaw_late(place, point, shares)
        verdict = judge(place, shares)
        verdict.demand(thaws == shares, f"{thaws} freezes instead of {shares}")
        note = f"frozen {_longer_than_lease(place):.0f} s, lease "
        note += f"{place.pace.lease:.0f} s; live of the uncertain: "
        note += str(verdict.uncertain_live)
        return [watch.row(verdict, shares=shares, kills=thaws, note=note)]


def _longer_than_lease(place: Scene) -> float:
    return place.pace.lease + 2 * place.pace.sweep


def _thaw_late(place: Scene, point: Point, shares: int) -> int:
    """Let each frozen worker sleep beyond its lease; how often one did."""
    marks = place.folder / "marks"
    marks.mkdir()
    place.worker("keeper", threads=2, queues="clock,slow")
    place.clock()
    deed = {"point": str(point), "deed": "freeze", "marks": str(marks)}
    posting = [
        place.worker(f"host{number}", threads=1, queues="publish", deed=deed)
        for number in range(min(shares, 16))
    ]
    since: dict[int, float] = {}
    thaws = 0
    end = time.monotonic() + 600
    while thaws < shares or place.open_shares():
        for child in posting:
            if child.state != "T":
                continue
            slept = time.monotonic() - since.setdefault(child.pid, time.monotonic())
            if slept > _longer_than_lease(place):
                del since[child.pid]
                child.send(signal.SIGCONT)
                # Its doubts are as good as a dead one's, should it learn no more.
                place.killed.add(child.pid)
                thaws += 1
        if time.monotonic() > end:
            raise TimeoutError(f"{thaws} of {shares} thawed")
        time.sleep(0.05)
    # Whoever slept before the answer came can no longer wait for it: those stay.
    patience = time.monotonic() + 15
    while (_doubts(place) or place.open_shares()) and time.monotonic() < patience:
        time.sleep(0.1)
    return thaws


def _doubts(place: Scene) -> int:
    """A frozen worker's share is in doubt until the worker tells how it went."""
    with transaction() as session:
        left = select(func.count()).where(Share.state == ShareState.UNCERTAIN)
        return session.scalar(left) or 0
