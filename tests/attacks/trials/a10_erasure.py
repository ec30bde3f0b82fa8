"""A10: somebody is erased after a release, and the job runs once more."""

from sqlalchemy import delete, select

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
from tests.attacks.reading import figures_pages
from tests.attacks.stage import Stage, stage
from tests.attacks.town import ALL_OUT, RELEASES, build


def findings(lengths: Lengths) -> list[Finding]:
    del lengths
    with stage() as world:
        town = build(world)
        for at in RELEASES:
            world.run_job(at, Draws.seeded("A10"))
        before, rows = figures_pages(world, town, ALL_OUT), _rows(world)
        with world.session() as session:
            counted = live_counts(session)
            session.execute(delete(Person).where(Person.id == town.sharers[0]))
            session.flush()
            naive = sum(counted[k] != v for k, v in live_counts(session).items())
        again = Draws.seeded("A10, again")
        world.run_job(ALL_OUT, again)
        after = figures_pages(world, town, ALL_OUT)
        changed = sum(one != after[key] for key, one in before.items())
        changed += rows != _rows(world)
        refused, asked = _refusals(world)
    words = said("figures changed", figures=naive)
    return [
        Finding(
            attack="A10",
            what=said("erased"),
            naive=words,
            succeeds=naive > 0,
            reached=said("changed of", changed=changed, all=len(before) + 1),
            bound=0,
            withstood=changed == 0,
        ),
        Finding(
            attack="A10",
            what=said("run again"),
            naive=words,
            succeeds=naive > 0,
            reached=said(
                "refused", draws=len(again.noted), refused=refused, asked=asked
            ),
            bound=said("all refused"),
            withstood=not again.noted and refused == asked > 0,
        ),
    ]


def _rows(world: Stage) -> list[tuple[object, ...]]:
    with world.session() as session:
        columns = ReleasedFigure.__table__.columns
        ordered = select(*columns).order_by(ReleasedFigure.id)
        return [tuple(row) for row in session.execute(ordered)]


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
