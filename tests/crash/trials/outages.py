"""T4 and T5: the broker, then the database, is away while people press Share."""

import time

from sqlalchemy import func, select

from advocacy.shares.models import Share, ShareState
from integrations.database import transaction
from tests.crash.evidence import creates
from tests.crash.judge import Verdict, judge
from tests.crash.pace import AS_BUILT, CALM
from tests.crash.scene import Scene, scene, wait_for
from tests.crash.table import Row, Watch
from tests.crash.trials.part import Part
from tests.crash.web import Load, Visitor, Web
from tests.crash.world import World

VISITORS = 4
BROKER_ANSWER, DATABASE_ANSWER = 2, 6  # seconds that a page may take
ANY_ANSWER = 20  # beside other tests a page is only held to come at all
BACK_SECONDS = 120  # after which everything due must be out
S = ShareState
PUBLISHED = frozenset({S.PUBLISHED})


def broker_down(world: World, _seed: int, *, short: bool) -> Row:
    """Ten minutes or as told (short: 4 s); back again it has lost its messages."""
    seconds, watch = world.lengths.broker_away, Watch()
    with scene(world, "t4", CALM if short else AS_BUILT) as place:
        load = _set_going(place, latency=0.1, pause=1 if short else 8)
        time.sleep(3)
        world.broker.kill()
        time.sleep(seconds)
        world.broker.start()
        back = time.monotonic()
        time.sleep(1)
        world.broker.empty()
        load.stop()
        wait_for(lambda: not place.open_shares(), "all shares", 2 * BACK_SECONDS)
        took = time.monotonic() - back
        verdict = judge(place, load.accepted, may_be=PUBLISHED)
        refused = [one for one in load.answers if one.status not in {200, 302}]
        verdict.demand(not refused, f"{len(refused)} pages refused: {refused[:3]}")
        _in_time(verdict, load, ANY_ANSWER if short else BROKER_ANSWER)
        verdict.demand(took <= BACK_SECONDS, f"all out only {took:.0f} s afterwards")
        note = (
            f"away {seconds:.0f} s, then emptied; slowest page {load.slowest:.2f} s of "
        )
        note += f"{len(load.answers)}; all out {took:.0f} s after its return"
        return watch.row(verdict, shares=load.accepted, kills=1, note=note)


def _in_time(verdict: Verdict, load: Load, seconds: float) -> None:
    verdict.demand(load.slowest < seconds, f"a page took {load.slowest:.1f} s")


def _set_going(place: Scene, *, latency: float, pause: float) -> Load:
    people = place.people(VISITORS, latency=latency)
    items = place.items(120)
    for host in ("north", "east"):
        place.worker(host)
    place.clock()
    web = Web(place)
    load = Load([Visitor(web, person) for person in people], items, pause)
    place.closing.callback(load.stop)
    return load


def database_down(world: World, _seed: int, *, short: bool) -> Row:
    """A minute or as told (short: 4 s), with posts on the wire and a worker killed."""
    seconds, watch = world.lengths.database_away, Watch()
    with scene(world, "t5", CALM if short else AS_BUILT) as place:
        load = _set_going(place, latency=1, pause=0.2)
        wait_for(lambda: _on_the_wire() >= 2, "two posts on the wire", 60)
        world.database.crash()
        gone = len(load.answers)
        time.sleep(min(seconds / 2, 10))
        place.kill(place.children[1])  # it holds answers that are not stored
        time.sleep(seconds - min(seconds / 2, 10))
        away = load.answers[gone:]
        alive = [not child.dead for child in place.children]
        world.database.come_back()
        place.interrupted = _armed_unsent(place)
        place.worker("north")
        time.sleep(3)
        load.stop()
        wait_for(lambda: not _unsettled(place), "all shares", 180)
        may_be = PUBLISHED | ({S.UNCERTAIN} if place.interrupted else set())
        verdict = judge(place, load.accepted, unanswered=load.unanswered, may_be=may_be)
        verdict.demand(alive.count(False) == 1, f"processes that live: {alive}")
        # A visitor's two answers are noted together, and may be from just before.
        polite = [one for one in away if one.status == 503 and one.retry_after]
        rude = [one for one in away[2 * VISITORS :] if one not in polite]
        verdict.demand(polite and not rude, f"answers without database: {rude[:3]}")
        _in_time(verdict, load, ANY_ANSWER if short else DATABASE_ANSWER)
        note = f"away {seconds:.0f} s, one of two workers killed in it; slowest page "
        note += f"{load.slowest:.1f} s; {len(polite)} answers 503 with Retry-After; "
        note += f"{len(place.interrupted)} armed as it went, and never sent"
        return watch.row(verdict, shares=load.accepted, kills=2, note=note)


def _on_the_wire() -> int:
    with transaction() as session:
        found = select(func.count()).where(Share.state == S.SENDING)
        return session.scalar(found) or 0


def _armed_unsent(place: Scene) -> set[int]:
    """The database stored that they are about to be sent, and went before it could say so:
    then nobody sends, and the doubt is the price (reliability.md 2.4, 5).
    """
    sent = {call["sha256"] for call in creates(place)}
    with transaction() as session:
        sending = select(Share.id, Share.body_sha256).where(Share.state == S.SENDING)
        return {id_ for id_, body in session.execute(sending) if body not in sent}


def _unsettled(place: Scene) -> int:
    """A doubt ends when the kept answer is stored, where there is one."""
    with transaction() as session:
        doubts = select(func.count()).where(
            Share.state == S.UNCERTAIN, Share.id.not_in(place.interrupted)
        )
        return place.open_shares() + (session.scalar(doubts) or 0)


BROKER = (Part("T4 broker away", broker_down),)
DATABASE = (Part("T5 database away", database_down),)
