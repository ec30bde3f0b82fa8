"""A14: an item for one, for ten, for 99 people; and fifty copies of one item.

The product has no audiences: an item is offered to everybody, so that few are offered it
only where there are few.
"""

from datetime import date

from sqlalchemy import select

from advocacy.people.models import Person
from advocacy.reach.attack_said import Said, said
from advocacy.reach.models import HeadCount, ReleasedFigure
from advocacy.reach.tables import Level
from tests.advocacy.reach.world import World
from tests.attacks.draws import Draws
from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive import FLOOR
from tests.attacks.naive_page import live_counts
from tests.attacks.stage import Stage, stage
from tests.attacks.town import OPENING, RELEASES, Town, build

OFFERED = date(2026, 10, 6)
COPIES = 50


def findings(lengths: Lengths) -> list[Finding]:
    sizes = (1, 10, 99) if lengths.whole_walk else (99,)
    return [*(_organisation_of(heads) for heads in sizes), _copies()]


def _organisation_of(heads: int) -> Finding:
    """Everybody is offered it, and shares it."""
    with stage() as world:
        with world.session() as session:
            there = World(session)
            item = there.offer(OFFERED)
            for _ in range(heads):
                there.share(there.person(), item=item)
        for at in OPENING:
            world.run_job(at, Draws.seeded("A14"))
        naive = _released(world)
        rows = _rows_of_items(world)
    hidden = heads < FLOOR
    return Finding(
        attack="A14",
        what=said("few heads", heads=heads),
        naive=said("few hidden too") if hidden else _with_figure(naive),
        succeeds=None if hidden else naive > 0,
        reached=said("rows", rows=rows),
        bound=0,
        withstood=rows == 0,
    )


def _with_figure(items: int) -> Said:
    return said("with a figure", items=items)


def _copies() -> Finding:
    def more(world: World, town: Town) -> None:
        copies = [
            world.offer(OFFERED, f"{town.item.link_address}?utm_source=copy{n}#{n}")
            for n in range(COPIES)
        ]
        for sharer in town.sharers:
            person = world.session.get_one(Person, sharer)
            for copy in copies:
                world.share(person, item=copy)

    with stage() as world:
        build(world, more)
        naive = _released(world)
        rows = _rows_of_items(world)
    return Finding(
        attack="A14",
        what=said("copies", copies=COPIES),
        naive=_with_figure(naive),
        succeeds=naive > COPIES,
        reached=said("rows", rows=rows),
        bound=3,  # one window, its shares and its visits
        withstood=rows == 3,
    )


def _released(world: Stage) -> int:
    """Runs all releases; how many items a naive page has a figure of."""
    for at in RELEASES:
        world.run_job(at, Draws.seeded("A14"))
    with world.session() as session:
        counted = live_counts(session)
    return sum(
        key.startswith("item") and one is not None for key, one in counted.items()
    )


def _rows_of_items(world: Stage) -> int:
    with world.session() as session:
        return sum(
            len(session.scalars(select(kind).where(kind.level == Level.ITEM)).all())
            for kind in (HeadCount, ReleasedFigure)
        )
