"""T7: asked to stop (SIGTERM) exactly at each point at which T2 kills (reliability.md 2.12).

What was not sent goes back and leaves by another worker, what is being sent ends: a stop
that was asked for leaves nothing in doubt.
"""

import time
from functools import partial

from tests.crash.judge import judge
from tests.crash.pace import BRISK
from tests.crash.points import Point
from tests.crash.scene import scene
from tests.crash.table import Row, Watch
from tests.crash.trials.exact_kills import EXPECTED, until_all_ended
from tests.crash.trials.part import Part
from tests.crash.world import World


def _stopped(point: Point, world: World, seed: int, *, short: bool) -> Row:
    """40 stops; short: 4. The seed is the order in which shares come due."""
    shares, watch = 4 if short else 40, Watch()
    with scene(world, "t7s", BRISK) as place:
        place.populate(shares, latency=0.02, seed=seed)
        stops = until_all_ended(place, point, "stop", shares)
        time.sleep(0.5)  # what the network was sent last
        verdict = judge(place, shares)
        verdict.demand(stops == shares, f"{stops} stops instead of {shares}")
        left = shares - verdict.published
        verdict.demand(not left, f"{left} not published, though nobody was killed")
        return watch.row(verdict, shares=shares, kills=stops)


# One on each side of the arm.
IN_SHORT = {Point.PREPARED, Point.ARMED}
PARTS = tuple(
    Part(f"T7 SIGTERM when {point}", partial(_stopped, point), point in IN_SHORT)
    for point in EXPECTED
)
