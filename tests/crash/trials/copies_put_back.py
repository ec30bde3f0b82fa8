"""T9: a database that is put back from a copy posts nothing unasked.

The network's own log is the judge: how many create calls had arrived at which moment.
"""

from datetime import timedelta
from functools import partial

from sqlalchemy import select, update

from advocacy.shares.models import Share, ShareState
from advocacy.shares.pausing import release_publishing, stops
from advocacy.shares.service_rows import Heartbeat, Installation, StopCause
from integrations.database import transaction
from tests.crash.copies import copy_of, dump_of, put_back
from tests.crash.evidence import creates
from tests.crash.judge import judge
from tests.crash.pace import CALM
from tests.crash.scene import OPEN, Scene, scene, wait_for
from tests.crash.table import Row, Watch
from tests.crash.trials.copied import (
    HOSTS,
    compare,
    number_of,
    prepare,
    start_and_watch,
    stop_all,
    work_until_posted,
)
from tests.crash.trials.part import Part
from tests.crash.world import World

S = ShareState
IN_ORDER, KILLED, AT_WORK = "stopped in order", "killed", "made at work"
# How long ago the copy was made. A young one is known by the last orderly stop; after a
# kill there was none, and the disk has seen later beats than the copy.
AGES = {
    IN_ORDER: timedelta(),
    KILLED: timedelta(days=1),
    AT_WORK: timedelta(minutes=5),
}


def _put_back(way: str, world: World, seed: int, *, short: bool) -> Row:
    """200 shares of which the copy does not know that they are posted, and 200 planned
    ones; short: 5 and 5.
    """
    count, watched, watch = (5, 3, Watch()) if short else (200, 30, Watch())
    with scene(world, "t9", CALM) as place:
        posted, planned = prepare(place, count, seed)
        copy = _at_work(place, posted) if way == AT_WORK else copy_of(place)
        work_until_posted(place, posted)
        stop_all(place, orderly=way != KILLED)
        put_back(place, copy)
        _age(AGES[way])
        place.restored = _among(posted, *OPEN[:3])
        place.interrupted = _among(posted, S.SENDING)
        unknown, before = len(place.restored), len(creates(place))
        held = start_and_watch(place, planned, watched)
        with transaction() as session:
            doubted = number_of(posted, S.UNCERTAIN)
            causes = [stop.cause for stop in stops(session)]
            release_publishing(session)
        wait_for(lambda: not place.open_shares(), "the planned ones to leave", 120)
        verdict = judge(place, 2 * count)
        in_between = 0 < unknown < count
        right = in_between if way == AT_WORK else unknown == count
        verdict.demand(right, f"{unknown} of {count} are unknown to the copy")
        compare(
            verdict,
            {
                "calls after it, before the release": (held - before, 0),
                "in doubt as restored": (doubted, unknown),
                "stopped": (causes, [StopCause.RESTORED]),
                "calls after the release": (len(creates(place)) - held, count),
                "published": (number_of(planned, S.PUBLISHED), count),
                "still in doubt": (number_of(posted, S.UNCERTAIN), unknown),
            },
        )
        note = f"copy {way}, {AGES[way]} old; {unknown} posted that it does not know, "
        note += f"{count} planned; create calls in {watched} s without release "
        note += f"{held - before}, after it {len(creates(place)) - held}; "
        note += f"uncertain(restored) {doubted}; on their way in the copy "
        note += f"{len(place.interrupted)}"
        kills = len(place.killed)
        return watch.row(verdict, shares=2 * count, kills=kills, note=note)


def _at_work(place: Scene, ids: list[int]) -> str:
    """A worker was killed a moment ago, the others are posting; the copy's name."""
    place.spread(ids, len(ids) / 15)
    first = place.worker(HOSTS[0])
    place.clock()
    wait_for(lambda: number_of(ids, S.PUBLISHED) > len(ids) / 5, "the first posts", 60)
    place.kill(first)
    place.worker(HOSTS[0])
    wait_for(
        lambda: number_of(ids, S.PUBLISHED) > len(ids) / 2, "half of the posts", 60
    )
    copy = dump_of(place)
    # As each minute does: whoever starts marks the database anew.
    place.worker("south")
    return copy


def _among(ids: list[int], *states: ShareState) -> set[int]:
    """Those that the database believes to be in one of these states."""
    with transaction() as session:
        found = select(Share.id).where(Share.id.in_(ids), Share.state.in_(states))
        return set(session.scalars(found))


def _age(time_: timedelta) -> None:
    """The copy was made so long ago: all its beats are older."""
    with transaction() as session:
        row = update(Installation).values(beat_at=Installation.beat_at - time_)
        session.execute(row)
        session.execute(update(Heartbeat).values(at=Heartbeat.at - time_))


PARTS = tuple(
    Part(f"T9 put back, {way}", partial(_put_back, way), way == IN_ORDER)
    for way in AGES
)
