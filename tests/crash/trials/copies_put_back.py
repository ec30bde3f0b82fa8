"""T9: a database put back from a copy, and a clone of it elsewhere, post nothing unasked.

The network's own log is the judge: how many create calls had arrived at which moment.
"""

import signal
import time
from datetime import timedelta
from functools import partial

from sqlalchemy import func, select, update

from advocacy.shares.models import Share, ShareState
from advocacy.shares.pausing import release_publishing, stops
from advocacy.shares.reasons import Reason
from advocacy.shares.service_rows import Heartbeat, Installation, StopCause
from integrations.database import transaction
from tests.crash.copies import copy_of, elsewhere, put_back
from tests.crash.judge import Verdict, creates, judge
from tests.crash.nursery import Child
from tests.crash.pace import BRISK
from tests.crash.scene import Scene, scene, wait_for
from tests.crash.table import Row, Watch, say, tried
from tests.crash.world import World

S = ShareState
ANOTHER_KEY = "k1:YW5vdGhlciBrZXkgYW5vdGhlciBrZXkgYW5vdGhlciE="
# Always with another folder; the last one is released by mistake.
CLONES = ("same_key", "other_key", "released")
HOSTS = ("north", "east")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def run(world: World, _seed: int, *, short: bool) -> list[Row]:
    """200 shares posted since the copy and 200 planned; short: 5 and 5, one way to stop."""
    count, watched = (5, 3) if short else (200, 30)
    ways = ("in order",) if short else ("in order", "killed")
    rows: list[Row] = []
    for way in ways:
        test = f"T9 put back, {way}"
        rows += tried(test, partial(_put_back, world, test, count, way, watched))
    clones = CLONES[-1:] if short else CLONES
    test = "T9 cloned elsewhere"
    rows += tried(test, partial(_cloned, world, test, count, clones, watched))
    for row in rows:
        say(f"   {' '.join(row.cells)}")
    return rows


def _put_back(
    world: World, test: str, count: int, way: str, watched: float
) -> list[Row]:
    """Stopped `in order` the copy is young; after kills it is from the day before."""
    watch = Watch(test)
    with scene(world, "t9", BRISK) as place:
        posted, planned = _prepare(place, count)
        copy = copy_of(place)
        _work_until_posted(place, posted)
        _stop_all(place, orderly=way == "in order")
        put_back(place, copy)
        if way == "killed":
            _age(DAY)
        before, held = len(creates(place)), _start_and_watch(place, planned, watched)
        with transaction() as session:
            doubted = _of(posted, S.UNCERTAIN)
            causes = [stop.cause for stop in stops(session)]
            release_publishing(session)
        wait_for(lambda: not place.open_shares(), "the planned ones to leave", 120)
        place.restored = set(posted)
        verdict = judge(place, 2 * count)
        _compare(
            verdict,
            {
                "calls before the copy was put back": (before, count),
                "calls after it, before the release": (held - before, 0),
                "in doubt as restored": (doubted, count),
                "stopped": (causes, [StopCause.RESTORED]),
                "calls after the release": (len(creates(place)) - held, count),
                "published": (_of(planned, S.PUBLISHED), count),
                "still in doubt": (_of(posted, S.UNCERTAIN), count),
            },
        )
        note = (
            f"{count} posted after the copy, {count} planned; workers stopped: {way};"
        )
        note += f" create calls in {watched} s without release {held - before}, after "
        note += f"it {len(creates(place)) - held}; uncertain(restored) {doubted}"
        kills = len(place.killed)
        return [watch.row(verdict, shares=2 * count, kills=kills, note=note)]


def _prepare(place: Scene, count: int) -> tuple[list[int], list[int]]:
    """Shares that are due from now on and later ones, in a database that has lived.

    Its worker stops in order: the beat of a killed one would count as that of a colleague,
    and the next orderly stop would leave no mark for three minutes.
    """
    ids = place.populate(2 * count, latency=0.02)
    _due_in(ids, HOUR)
    worker = place.worker("north")
    wait_for(_beats, "the first heartbeat", 60)
    _stop(worker)
    _due_in(ids[:count], timedelta())
    return ids[:count], ids[count:]


def _work_until_posted(place: Scene, ids: list[int]) -> None:
    place.clock()
    for host in HOSTS:
        place.worker(host)
    wait_for(lambda: _of(ids, S.PUBLISHED) == len(ids), "the posts of the day", 180)


def _stop_all(place: Scene, *, orderly: bool) -> None:
    running = [child for child in place.children if not child.dead]
    for child in running:
        if child.host == "network":
            continue
        if orderly and child.host in HOSTS:
            _stop(child)
        else:
            place.kill(child)
    place.world.empty_broker()


def _wait_until_ready(worker: Child) -> None:
    wait_for(lambda: " ready." in worker.output, "a worker to start", 60)


def _stop(worker: Child) -> None:
    _wait_until_ready(worker)
    worker.send(signal.SIGTERM)
    wait_for(lambda: worker.dead, "an orderly stop", 60)


def _start_and_watch(place: Scene, planned: list[int], seconds: float) -> int:
    """Workers begin, and the planned shares come due as well; how many calls there were."""
    place.clock()
    for worker in [place.worker(host) for host in HOSTS]:
        _wait_until_ready(worker)
    _due_in(planned, timedelta())
    time.sleep(seconds)
    return len(creates(place))


def _cloned(
    world: World, test: str, count: int, clones: tuple[str, ...], watched: float
) -> list[Row]:
    """One clone after the other, then the original, which shows that the posts could have left."""
    watch = Watch(test)
    with scene(world, "t9c", BRISK) as place:
        due, planned = _prepare(place, count)
        copy = copy_of(place)
        found: dict[str, tuple[object, object]] = {}
        for name in clones:
            others = {} if name == "same_key" else {"TOKEN_KEYS": ANOTHER_KEY}
            folder = place.folder / name
            with elsewhere(place, copy, folder, **others):
                calls = _start_and_watch(place, planned, watched)
                found[f"{name}: in doubt"] = _of(due, S.UNCERTAIN), count
                if name == "released":
                    with transaction() as session:
                        release_publishing(session)
                    calls = _after_release(place, planned)
                    asked = _of(planned, S.NEEDS_RECONNECT)
                    found[f"{name}: to be connected"] = asked, count
                _stop_all(place, orderly=False)
            found[f"{name}: calls"] = calls, 0
        _work_until_posted(place, due)
        _due_in(planned, timedelta())
        wait_for(lambda: not place.open_shares(), "the original's posts", 180)
        verdict = judge(place, 2 * count, may_be=frozenset({S.PUBLISHED}))
        _compare(verdict, found | {"calls": (len(creates(place)), 2 * count)})
        note = "create calls of a clone with another folder (and, but for same_key, "
        note += "another token key): "
        note += ", ".join(f"{one} {found[f'{one}: calls'][0]}" for one in clones)
        kills = len(place.killed)
        return [watch.row(verdict, shares=2 * count, kills=kills, note=note)]


def _after_release(place: Scene, planned: list[int]) -> int:
    """Released by mistake: it cannot read a token; how many calls there were."""
    wait_for(lambda: not _of(planned, S.SCHEDULED), "what was released", 120)
    wait_for(lambda: not place.open_shares(), "what was released", 120)
    return len(creates(place))


def _compare(verdict: Verdict, found: dict[str, tuple[object, object]]) -> None:
    for what, (is_, should) in found.items():
        verdict.demand(is_ == should, f"{what}: {is_} instead of {should}")


def _due_in(ids: list[int], wait: timedelta) -> None:
    at = func.clock_timestamp() + wait
    with transaction() as session:
        moved = update(Share).where(Share.id.in_(ids))
        session.execute(moved.values(due_at=at, next_at=at, woken_at=None))


def _age(time_: timedelta) -> None:
    """The copy was made so long ago, and what was due since was due then."""
    with transaction() as session:
        session.execute(
            update(Installation).values(beat_at=Installation.beat_at - time_)
        )


def _of(ids: list[int], state: ShareState) -> int:
    """How many of these are in that state; in doubt counts only because of the copy."""
    with transaction() as session:
        found = select(func.count()).where(Share.id.in_(ids), Share.state == state)
        if state is S.UNCERTAIN:
            found = found.where(Share.reason == Reason.RESTORED)
        return session.scalar(found) or 0


def _beats() -> int:
    with transaction() as session:
        beats = select(func.count()).where(Heartbeat.kind == "process")
        return session.scalar(beats) or 0
