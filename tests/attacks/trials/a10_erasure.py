"""A10: somebody is erased after a release, and the job runs once more.

A job that counts exactly, and anew each time, would say without them what it says in a
world where they were erased before it ran.
"""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from advocacy.people.models import Person
from advocacy.reach.attack_said import said
from advocacy.reach.batches import Batch
from advocacy.reach.models import ReleasedFigure
from advocacy.reach.release import NotReleasable, release_batch
from integrations.clock import clock_at
from tests.attacks.draws import Draws
from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive_page import live_counts
from tests.attacks.reading import figures_pages, stored_rows
from tests.attacks.stage import Stage, stage
from tests.attacks.town import ALL_OUT, RELEASES, Town, build


def findings(lengths: Lengths) -> list[Finding]:
    del lengths
    with stage() as world:
        town = build(world)
        with world.copy() as without:
            with without.session() as session:
                _erase(session, town)
            anew = _release(without)
        first = _release(world)
        before, rows = figures_pages(world, town.readers, ALL_OUT), stored_rows(world)
        with world.session() as session:
            counted = live_counts(session)
            _erase(session, town)
            naive = sum(counted[k] != v for k, v in live_counts(session).items())
        again = Draws.seeded("A10, again")
        world.run_job(ALL_OUT, again)
        after = figures_pages(world, town.readers, ALL_OUT)
        changed = sum(one != after[key] for key, one in before.items())
        changed += rows != stored_rows(world)
        refused, asked = _refusals(world)
    pairs = zip(first.naive(), anew.naive(), strict=True)
    other = sum(one != two for one, two in pairs)
    return [
        Finding(
            attack="A10",
            what=said("erased"),
            naive=said("figures changed", figures=naive),
            succeeds=naive > 0,
            reached=said("changed of", changed=changed, all=len(before) + 1),
            bound=0,
            withstood=changed == 0,
        ),
        Finding(
            attack="A10",
            what=said("run again"),
            naive=said("figures changed", figures=other),
            succeeds=other > 0,
            reached=said(
                "refused", draws=len(again.noted), refused=refused, asked=asked
            ),
            bound=said("all refused"),
            withstood=not again.noted and refused == asked > 0,
        ),
    ]


def _release(world: Stage) -> Draws:
    """All there is to release, and what was drawn for it."""
    draws = Draws.seeded("A10")
    for at in RELEASES:
        world.run_job(at, draws)
    return draws


def _erase(session: Session, town: Town) -> None:
    session.execute(delete(Person).where(Person.id == town.sharers[0]))
    session.flush()


def _refusals(world: Stage) -> tuple[int, int]:
    """How many releases are refused a second time, and how many there were."""
    with world.session() as session:
        done = session.execute(
            select(ReleasedFigure.table, ReleasedFigure.window_start).distinct()
        ).all()
    refused = 0
    with clock_at(ALL_OUT):
        for table, start in done:
            try:
                with world.session() as session:
                    release_batch(session, Batch(table, start))
            except NotReleasable:
                refused += 1
    return refused, len(done)
