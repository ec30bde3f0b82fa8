"""What T9's trials have in common: shares that are posted, and what is done to workers."""

import signal
import time
from datetime import timedelta

from sqlalchemy import func, select, update

from advocacy.shares.models import Share, ShareState
from advocacy.shares.reasons import Reason
from advocacy.shares.service_rows import Heartbeat
from integrations.database import transaction
from tests.crash.evidence import creates
from tests.crash.judge import Verdict
from tests.crash.nursery import Child
from tests.crash.scene import OPEN, Scene, wait_for

S = ShareState
HOSTS = ("north", "east")
HOUR = timedelta(hours=1)


def prepare(place: Scene, count: int, seed: int) -> tuple[list[int], list[int]]:
    """Shares that are due from now on and later ones, in a database that has lived.

    Its worker stops in order: the beat of a killed one would count as that of a colleague,
    and the next orderly stop would leave no mark for three minutes.
    """
    ids = place.populate(2 * count, latency=0.02, seed=seed)
    due_in(ids, HOUR)
    worker = place.worker("north")
    wait_for(_beats, "the first heartbeat", 60)
    _stop(worker)
    due_in(ids[:count], timedelta())
    return ids[:count], ids[count:]


def work_until_posted(place: Scene, ids: list[int]) -> None:
    place.clock()
    for host in HOSTS:
        place.worker(host)
    wait_for(lambda: not _left(ids), "the posts of the day", 180)


def _left(ids: list[int]) -> int:
    with transaction() as session:
        left = select(func.count()).where(Share.id.in_(ids), Share.state.in_(OPEN))
        return session.scalar(left) or 0


def stop_all(place: Scene, *, orderly: bool) -> None:
    running = [child for child in place.children if not child.dead]
    for child in running:
        if child.host == "network":
            continue
        if orderly and child.host != "clock":
            _stop(child)
        else:
            place.kill(child)
    place.world.broker.empty()


def _wait_until_ready(worker: Child) -> None:
    wait_for(lambda: " ready." in worker.output, "a worker to start", 60)


def _stop(worker: Child) -> None:
    _wait_until_ready(worker)
    worker.send(signal.SIGTERM)
    wait_for(lambda: worker.dead, "an orderly stop", 60)


def start_and_watch(place: Scene, planned: list[int], seconds: float) -> int:
    """Workers begin, and the planned shares come due as well; how many calls there were."""
    place.clock()
    for worker in [place.worker(host) for host in HOSTS]:
        _wait_until_ready(worker)
    due_in(planned, timedelta())
    time.sleep(seconds)
    return len(creates(place))


def compare(verdict: Verdict, found: dict[str, tuple[object, object]]) -> None:
    for what, (is_, should) in found.items():
        verdict.demand(is_ == should, f"{what}: {is_} instead of {should}")


def due_in(ids: list[int], wait: timedelta) -> None:
    at = func.clock_timestamp() + wait
    with transaction() as session:
        moved = update(Share).where(Share.id.in_(ids))
        session.execute(moved.values(due_at=at, next_at=at, woken_at=None))


def number_of(ids: list[int], state: ShareState) -> int:
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
