"""A9: everything is read every hour, while people share, and compared with the hour before."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from advocacy.people.models import Person
from advocacy.reach.attack_said import said
from content.items import Item
from integrations.clock import clock_at
from tests.advocacy.reach.world import World
from tests.attacks.draws import Draws
from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive_page import live_counts
from tests.attacks.reading import figures_pages
from tests.attacks.stage import Stage, stage
from tests.attacks.town import Town, build

# Two nights before the release of October, and the night of it.
FIRST = datetime(2026, 10, 30, 12, 30, tzinfo=UTC)
HOURS = 48
OPENING_HOUR = 7  # UTC; what is released at six can be read from then on


def findings(lengths: Lengths) -> list[Finding]:
    hours = HOURS if lengths.whole_walk else 6
    first = FIRST + timedelta(hours=HOURS - hours)
    with stage() as world, stage() as quiet:
        town = build(world)
        build(quiet)
        changed, naive = _poll(world, town, first, hours, busy=True)
        still, _ = _poll(quiet, town, first, hours, busy=False)
    early = [at for at in changed if at.hour != OPENING_HOUR]
    return [
        Finding(
            attack="A9",
            what=said("polled", hours=hours),
            naive=said("hours changed", hours=naive),
            succeeds=naive > 0,
            reached=said("early", changes=len(early)),
            bound=0,
            withstood=not early,
        ),
        Finding(
            attack="A9",
            what=said("hours of change"),
            naive=said("hours changed", hours=naive),
            succeeds=naive > 0 and bool(changed),
            reached=said("hours differ", hours=len(set(changed) ^ set(still))),
            bound=0,
            withstood=changed == still,
        ),
    ]


def _poll(
    world: Stage, town: Town, first: datetime, hours: int, *, busy: bool
) -> tuple[list[datetime], int]:
    """The moments at which a page or a file had changed; how often live counts had."""
    changed, naive, before, live = [], 0, {}, {}
    draws = Draws.seeded("A9")
    for n in range(hours):
        at = first + timedelta(hours=n)
        if busy:
            share(world, town, at, n)
        world.run_job(at, draws)
        readers = {"communications": town.readers["communications"]}
        pages = figures_pages(world, readers, at)
        if before and pages != before:
            changed.append(at)
        with world.session() as session:
            counted = live_counts(session)
        naive += bool(live) and counted != live
        before, live = pages, counted
    return changed, naive


def share(world: Stage, town: Town, at: datetime, n: int) -> None:
    """One more of a unit shares the story, and is visited."""
    with world.session() as session, clock_at(at):
        of_unit = select(Person).where(
            Person.unit_id == town.units["Grid"], Person.name.startswith("Colleague")
        )
        person = session.scalars(of_unit.order_by(Person.id).offset(n)).first()
        assert person is not None
        item = session.get_one(Item, town.item.id)
        there = World(session)
        there.share(person, at, item=item)
        there.visits(person, 3, at.date(), item=item)
