"""T6: the process of the tracked links dies every second, at load.

Whoever was sent on was counted; nobody is counted twice.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import func, select, text

from advocacy.links.batches import VisitBatch, VisitLoss
from advocacy.links.codes import new_code
from advocacy.links.counting import count_visits
from advocacy.links.models import ClickDay, Link, Outcome
from advocacy.links.spool import Spool
from integrations.database import transaction
from tests.crash.scene import Scene, scene
from tests.crash.table import Row, Watch, say
from tests.crash.trials.part import Part
from tests.crash.visitors import Links, Visitors
from tests.crash.world import World

TARGET = "https://veenstroom.example/cable"
LINKS, THREADS = 50, 32


def killed(world: World, seed: int, *, short: bool, workers: int = 1) -> Row:
    """Until 10,000 visitors were sent on and it was killed ten times; short: 1,000, three."""
    enough, kills, watch = (1_000, 3, Watch()) if short else (10_000, 10, Watch())
    chance = random.Random(seed)  # noqa: S311
    with scene(world, "t6") as place:
        links = Links(place, workers)
        visitors = _visitors(place, links)
        done = 0
        while done < kills or visitors.sent_on.total() < enough:
            time.sleep(chance.uniform(0.7, 1.3))
            links.kill()
            done += 1
            say(f"   {done} kills, {visitors.sent_on.total():,} visitors sent on")
            links.start()
        return _judged(place, links, visitors, watch, done)


def away(
    world: World,
    _seed: int,
    *,
    short: bool,
    what: Callable[[Scene], AbstractContextManager[None]],
) -> Row:
    """What visits are stored in is away for five seconds (short: three); killed in the
    middle of them.
    """
    seconds, watch = 3 if short else 5, Watch()
    with scene(world, "t6") as place:
        links = Links(place, 1)
        visitors = _visitors(place, links)
        time.sleep(1)
        with what(place):
            before = visitors.sent_on.total()
            time.sleep(seconds / 2)
            meanwhile = visitors.sent_on.total() - before
            links.kill()
            time.sleep(seconds / 2)
        links.start()
        time.sleep(1)
        row = _judged(place, links, visitors, watch, 1)
        row.note += f"; {meanwhile:,} sent on while it was away"
        if not meanwhile:
            row.breaches.append("nobody was sent on while it was away")
        return row


def _visitors(place: Scene, links: Links) -> Visitors:
    item_id = place.items(1)[0]
    codes = [new_code() for _number in range(LINKS)]
    with transaction() as session:
        session.add_all(
            Link(code=code, target=TARGET, item_id=item_id, personal=True)
            for code in codes
        )
    visitors = Visitors(links.port, codes, THREADS)
    place.closing.callback(visitors.stop)
    return visitors


def _judged(
    place: Scene, links: Links, visitors: Visitors, watch: Watch, kills: int
) -> Row:
    visitors.stop()
    links.kill()
    folder = Path(place.environment["DATA_FOLDER"])
    kept = Spool(folder).count()
    count_visits(Spool(folder))
    counts = _counts()
    row = Row(kills=kills, seconds=watch.seconds)
    row.lost = (visitors.sent_on - counts).total()
    row.doubled = (counts - visitors.sent).total()
    row.note = (
        f"{visitors.sent.total():,} visits, {visitors.sent_on.total():,} sent on, "
        f"{counts.total():,} counted, {kept:,} batches were kept on the disk"
    )
    row.breaches = [*_left_over(), *_odd(visitors.statuses)]
    return row


def _counts() -> Counter[str]:
    columns = select(ClickDay.code, ClickDay.visits)
    with transaction() as session:
        found = session.execute(columns.where(ClickDay.outcome == Outcome.COUNTED))
        counts = Counter[str]()
        for code, visits in found:
            counts[code] += visits  # midnight may have passed
        return counts


def _left_over() -> Iterator[str]:
    with transaction() as session:
        if left := session.scalar(select(func.count()).select_from(VisitBatch)):
            yield f"{left} batches are not counted"
        if lost := session.scalar(select(func.sum(VisitLoss.visits))):
            yield f"{lost} visits were given up"


def _odd(statuses: Counter[str]) -> Iterator[str]:
    """A link that no process knows yet can be unavailable while the database is away."""
    for status in statuses.keys() - {"302", "503"}:
        yield f"{statuses[status]} answers of status {status}"


@contextmanager
def locked(place: Scene, tables: str) -> Iterator[None]:
    """Nobody else may even read them."""
    with place.engine.connect() as session:
        session.execute(text(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE"))
        yield


@contextmanager
def stopped(place: Scene) -> Iterator[None]:
    """The server is killed."""
    place.world.database.crash()
    try:
        yield
    finally:
        place.world.database.come_back()


COUNTS = partial(locked, tables="link, click_day")
BATCHES = partial(locked, tables="visit_batch")
PARTS = (
    Part("T6 links killed", killed),
    Part("T6 two processes", partial(killed, workers=2), in_short=False),
    Part("T6 counts locked", partial(away, what=COUNTS), in_short=False),
    Part("T6 batches locked", partial(away, what=BATCHES)),
    Part("T6 database gone", partial(away, what=stopped)),
)
