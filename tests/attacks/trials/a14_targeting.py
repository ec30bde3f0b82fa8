"""A14: an item for one, for ten, for 99 people; and fifty copies of one item."""

from datetime import date
from unittest.mock import patch

from sqlalchemy import select

from advocacy.people.models import Person
from advocacy.reach.models import HeadCount, ReleasedFigure
from advocacy.reach.tables import Level
from tests.advocacy.reach.conftest import World
from tests.attacks.draws import Draws
from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive_page import live_counts
from tests.attacks.reading import figures_pages
from tests.attacks.stage import Stage, stage
from tests.attacks.town import ALL_OUT, OPENING, RELEASES, Town, build

OFFERED = date(2026, 10, 6)
COPIES = 50
TITLE = "Tower 41 stands"


def findings(lengths: Lengths) -> list[Finding]:
    sizes = (1, 10, 99) if lengths.whole_walk else (99,)
    found = [_offered_to(heads) for heads in sizes]
    found += [_organisation_of(heads) for heads in sizes]
    return [*found, _copies()]


def _offered_to(heads: int) -> Finding:
    """Items have no audiences yet: what a release would do if they had."""
    with (
        patch("advocacy.reach.opening_items.offered_to", lambda *_: heads),
        stage() as world,
    ):
        town = build(world)
        naive = _released(world)
        shown = sum(
            TITLE.encode() in page
            for page in figures_pages(world, town, ALL_OUT).values()
        )
        rows = _rows_of_items(world)
    return _absent(f"offered to {heads} of many", naive, rows + shown)


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
    # Below five the naive release hides it as well.
    return _absent(f"offered to all of {heads}", naive, rows, hidden=heads < 5)


def _absent(what: str, naive: int, rows: int, *, hidden: bool = False) -> Finding:
    return Finding(
        attack="A14",
        what=what,
        naive=f"{naive} items with a figure",
        succeeds=naive > 0 or hidden,
        reached=f"{rows} rows or pages",
        bound="0",
        withstood=rows == 0,
    )


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
        what=f"{COPIES} near-copies of an item, all shared by the same",
        naive=f"{naive} items with a figure",
        succeeds=naive > COPIES,
        reached=f"{rows} rows",
        bound="3",  # one window, its shares and its visits
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
