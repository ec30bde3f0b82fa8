"""T2: frozen at a point for longer than the lease, and thawed again."""

import signal
import time
from functools import partial

from sqlalchemy import func, select

from advocacy.shares.models import Share, ShareState
from integrations.database import transaction
from tests.crash.judge import judge
from tests.crash.pace import BRISK
from tests.crash.points import Point
from tests.crash.scene import Scene, scene
from tests.crash.table import Row, Watch
from tests.crash.trials.part import Part
from tests.crash.world import World

FROZEN_AT = {Point.ARMED: 200, Point.SENDING: 40, Point.CLAIMED: 40, Point.SENT: 40}
# reliability.md 2.6: the look at the deadline comes in time, so nothing of them is live.
UNSENT = (Point.ARMED, Point.CLAIMED)


def _frozen(point: Point, world: World, seed: int, *, short: bool) -> Row:
    """200 freezes and 40 at other points; short: 4."""
    shares, watch = 4 if short else FROZEN_AT[point], Watch()
    with scene(world, "t2f", BRISK) as place:
        place.populate(shares, latency=0.02, seed=seed)
        thaws = _thaw_late(place, point, shares)
        verdict = judge(place, shares)
        verdict.demand(thaws == shares, f"{thaws} freezes instead of {shares}")
        live = verdict.uncertain_live
        verdict.demand(point not in UNSENT or not live, f"{live} sent too late")
        note = f"frozen {_longer_than_lease(place):.0f} s, lease "
        note += f"{place.pace.lease:.0f} s; live of the uncertain: {live}"
        return watch.row(verdict, shares=shares, kills=thaws, note=note)


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
                place.frozen.add(child.pid)
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


PARTS = tuple(
    Part(f"T2 frozen when {point}", partial(_frozen, point), point is Point.ARMED)
    for point in FROZEN_AT
)
