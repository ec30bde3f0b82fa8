"""T8: two clocks, three sweepers, every message three times and in any order."""

from sqlalchemy import func, select

from advocacy.shares.models import PublishAttempt, ShareState
from integrations.database import transaction
from tests.crash.evidence import creates
from tests.crash.judge import judge
from tests.crash.pace import CALM
from tests.crash.scene import Scene, scene, wait_for
from tests.crash.table import Row, Watch
from tests.crash.trials.part import Part
from tests.crash.world import World

COPIES, CLOCKS, SWEEPERS, WORKERS = 3, 2, 3, 4


def run(world: World, seed: int, *, short: bool) -> Row:
    """1,000 shares; short: 30. Each is one call and one attempt, as if all were quiet."""
    shares = 30 if short else 1000
    watch = Watch()
    with scene(world, "t8", CALM) as place:
        place.populate(shares, latency=0.05, seconds=shares / 60)
        _everything_too_often(place, seed)
        wait_for(lambda: not place.open_shares(), "all shares to come to an end", 300)
        verdict = judge(place, shares, may_be=frozenset({ShareState.PUBLISHED}))
        calls, attempts = len(creates(place)), _attempts()
        verdict.demand(calls == shares, f"{calls} calls for {shares} shares")
        verdict.demand(attempts == shares, f"{attempts} attempts for {shares} shares")
        note = f"{CLOCKS} clocks, {SWEEPERS} sweepers, {WORKERS} workers, each message "
        note += (
            f"{COPIES} times and shuffled; create calls {calls}, attempts {attempts}"
        )
        return watch.row(verdict, shares=shares, note=note)


def _everything_too_often(place: Scene, seed: int) -> None:
    for number in range(WORKERS):
        messages = {"copies": COPIES, "seed": seed + number}
        place.worker(f"host{number}", messages=messages)
    for number in range(CLOCKS):
        place.clock(f"clock{number}", copies=COPIES)
    for number in range(SWEEPERS):
        place.sweeper(f"sweeper{number}", pause=0.1)


def _attempts() -> int:
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(PublishAttempt)) or 0


PARTS = (Part("T8 all in three copies", run),)
