"""T10: consent or item withdrawn at each step of a post; nothing is armed afterwards."""

from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import text

from advocacy.shares.late_deleting import posts_to_delete
from advocacy.shares.models import ShareState
from integrations.database import transaction
from tests.crash.judge import Verdict, judge
from tests.crash.pace import CALM
from tests.crash.points import Point
from tests.crash.scene import Scene, scene, wait_for
from tests.crash.table import Row, Watch, say
from tests.crash.trials.part import Part
from tests.crash.world import World

# The nine steps of reliability.md 2.4, each withdrawn just before it or within.
STEPS = (
    Point.DUE,
    Point.CHECKED,
    Point.CLAIMED,
    Point.PREPARED,
    Point.ARMING,
    Point.ARMED,
    Point.SENDING,
    Point.ANSWERED,
    Point.SETTLED,
)
# Withdrawn before these are over, nothing arrives; of what is on the wire when consent
# is withdrawn, nothing stays.
BEFORE_ARMING = (Point.DUE, Point.CLAIMED, Point.PREPARED)
ON_THE_WIRE = (Point.ARMED, Point.SENDING, Point.ANSWERED)
NOTES = "CREATE TABLE trial_withdrawal (share_id int PRIMARY KEY, at timestamptz)"
ARMED_AFTERWARDS = """
    SELECT count(*) FROM publish_attempt a JOIN trial_withdrawal w USING (share_id)
    WHERE a.armed_at >= w.at
"""
TOKENS_LEFT = """
    SELECT (SELECT count(*) FROM account a JOIN share s USING (person_id)
            JOIN trial_withdrawal w ON w.share_id = s.id)
         + (SELECT count(*) FROM last_token
            -- two rounds of the job that erases them
            WHERE until <= clock_timestamp() - interval '10 s')
"""


@dataclass
class Sum:
    """Over all steps of one kind of withdrawal."""

    shares: int = 0
    published: int = 0
    armed_afterwards: int = 0
    lost: int = 0
    doubled: int = 0
    breaches: list[str] = field(default_factory=list)
    by_step: list[str] = field(default_factory=list)

    def add(self, step: Point, shares: int, verdict: Verdict, late: int) -> None:
        self.shares += shares
        self.published += verdict.published
        self.armed_afterwards += late
        self.lost += verdict.lost
        self.doubled += verdict.doubled
        self.breaches += [f"{step}: {breach}" for breach in verdict.breaches]
        removed = verdict.states[ShareState.REMOVED]
        self.by_step.append(f"{step} {verdict.published} + {removed}")


def _withdrawn(what: str, world: World, seed: int, *, short: bool) -> Row:
    """9 steps × 100 shares; short: 4 shares while they are armed."""
    shares, watch, found = 4 if short else 100, Watch(), Sum()
    steps = (Point.ARMING,) if short else STEPS
    for step in steps:
        with scene(world, "t10", CALM) as place:
            verdict, late = _at(place, step, f"withdraw {what}", shares, seed)
            found.add(step, shares, verdict, late)
        if not short:
            say(f"   {what}: {found.by_step[-1]}, {watch.seconds:.0f} s")
    note = f"armed after the withdrawal: {found.armed_afterwards}; published by step "
    note += "at which it was withdrawn, + deleted again: " + ", ".join(found.by_step)
    return Row(
        shares=found.shares,
        published=found.published,
        lost=found.lost,
        doubled=found.doubled,
        seconds=watch.seconds,
        note=note,
        breaches=found.breaches,
    )


def _at(
    place: Scene, step: Point, deed: str, shares: int, seed: int
) -> tuple[Verdict, int]:
    place.populate(shares, latency=0.02, items_each=1, seed=seed)
    place.statement(NOTES)
    marks = place.folder / "marks"
    marks.mkdir()
    what = {"point": str(step), "deed": deed, "marks": str(marks)}
    for number in range(2):
        place.worker(f"host{number}", deed=what)
    place.clock()
    wait_for(lambda: _stored(place) == shares, "all withdrawals", 600)
    wait_for(lambda: not place.open_shares(), "all shares to come to an end", 60)
    wait_for(lambda: not _to_delete(), "what arrived to be deleted again", 60)
    ends = {ShareState.PUBLISHED, ShareState.CANCELLED, ShareState.REMOVED}
    verdict = judge(place, shares, may_be=frozenset(ends))
    with transaction() as session:
        late = int(session.scalar(text(ARMED_AFTERWARDS)) or 0)
        tokens = int(session.scalar(text(TOKENS_LEFT)) or 0)
    verdict.demand(not late, f"{late} armed after the withdrawal")
    stays_away = BEFORE_ARMING
    if deed == "withdraw consent":
        stays_away += ON_THE_WIRE
        verdict.demand(not tokens, f"{tokens} tokens left after the withdrawal")
    stay = verdict.live if step in stays_away else 0
    verdict.demand(not stay, f"{stay} posts are there in spite of it")
    return verdict, late


def _to_delete() -> bool:
    with transaction() as session:
        return bool(posts_to_delete(session))


def _stored(_place: Scene) -> int:
    with transaction() as session:
        return int(session.scalar(text("SELECT count(*) FROM trial_withdrawal")) or 0)


PARTS = tuple(
    Part(f"T10 {what} withdrawn", partial(_withdrawn, what))
    for what in ("consent", "item")
)
