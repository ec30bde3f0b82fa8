"""A11: units of 3, 8 and 99 people, and a unit that is all its parent has."""

from itertools import combinations
from typing import NamedTuple

from sqlalchemy import select

from advocacy.people.models import Person
from advocacy.reach.group_rows import ReleaseGroup
from advocacy.reach.models import HeadCount
from advocacy.reach.tables import ORGANISATION, TABLES
from tests.advocacy.reach.conftest import World
from tests.attacks.draws import Draws
from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive_page import live_counts
from tests.attacks.stage import stage
from tests.attacks.town import RELEASES, SMALL, Town, build


class Grouped(NamedTuple):
    """Of one world: groups with their names and heads."""

    groups: list[tuple[str, str, str, int]]
    units: dict[str, frozenset[int]]  # by the key of the group
    heads: dict[int, int]  # by unit
    naive: set[int]  # small units with a figure of their own


def findings(lengths: Lengths) -> list[Finding]:
    del lengths
    quiet, busy = _world(busy=False), _world(busy=True)
    small = [
        row
        for row in busy.groups
        if row[3] < TABLES[row[0]].floor or _alone(busy, row[1])
    ]
    near = [pair for pair in combinations(busy.units, 2) if _tells(busy, *pair)]
    naive = f"{len(busy.naive)} of 3 have a figure"
    # Of the two smallest the naive release shows nothing either: one hides the other.
    succeeds = len(busy.naive) > 0
    words = ", ".join(map(str, SMALL.values()))
    return [
        _finding(
            f"units of {words} heads, alone in a figure", naive, len(small), succeeds
        ),
        _finding(
            "pairs of groups that differ by too few heads", naive, len(near), succeeds
        ),
        _finding(
            "groups and names that depend on who shares",
            naive,
            len(set(quiet.groups) ^ set(busy.groups)),
            succeeds,
        ),
    ]


def _finding(what: str, naive: str, number: int, succeeds: bool) -> Finding:  # noqa: FBT001
    return Finding("A11", what, naive, succeeds, str(number), "0", number == 0)


def _world(*, busy: bool) -> Grouped:
    """All people of the small units share the story, or nobody does."""

    def more(world: World, town: Town) -> None:
        for name in SMALL if busy else ():
            for person in world.session.scalars(
                select(Person).where(Person.unit_id == town.units[name])
            ):
                world.share(person, item=town.item)

    with stage() as there:
        town = build(there, more)
        for at in RELEASES:
            there.run_job(at, Draws.seeded("A11"))
        with there.session() as session:
            counted = live_counts(session)
            rows = session.scalars(select(HeadCount)).all()
            units = {
                row.key: frozenset(row.unit_ids)
                for row in session.scalars(select(ReleaseGroup))
            }
            heads: dict[int, int] = {}
            for unit_id in session.scalars(select(Person.unit_id)):
                heads[unit_id] = heads.get(unit_id, 0) + 1
    return Grouped(
        groups=sorted(
            (row.table, row.group, row.name, row.heads)
            for row in rows
            if row.group != ORGANISATION and row.table != "item"
        ),
        units=units,
        heads=heads,
        naive={
            town.units[name]
            for name in SMALL
            if counted.get(f"unit {town.units[name]}") is not None
        },
    )


def _alone(world: Grouped, key: str) -> bool:
    """Whether all units of a group together are below the lowest floor."""
    return sum(world.heads.get(unit, 0) for unit in world.units[key]) < 100


def _tells(world: Grouped, one: str, other: str) -> bool:
    """Whether one is the other and a few people more."""
    a, b = world.units[one], world.units[other]
    if not (a < b or b < a):
        return False
    return sum(world.heads.get(unit, 0) for unit in a ^ b) < 100
