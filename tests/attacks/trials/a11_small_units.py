"""A11: units of 3, 8 and 99 people, and a unit that is nearly all its parent has."""

from collections.abc import Mapping
from itertools import combinations
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.people.models import Person, Unit
from advocacy.reach.attack_said import Said, said
from advocacy.reach.group_rows import ReleaseGroup
from advocacy.reach.models import HeadCount
from advocacy.reach.tables import ORGANISATION, TABLES
from tests.advocacy.reach.world import World
from tests.attacks.draws import Draws
from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive_page import live_counts
from tests.attacks.stage import stage
from tests.attacks.town import RELEASES, SMALL, Town, build

LEAST = 100  # the lowest floor
BESIDE = 4  # colleagues of the only unit beside North A
Units = frozenset[int]


class Grouped(NamedTuple):
    """Of one world: groups with their names and heads."""

    groups: list[tuple[str, str, str, int]]
    units: dict[str, Units]  # by the key of the group, or of the sum of groups
    heads: dict[int, int]  # by unit
    naive: dict[str, Units]  # what has a figure in the naive release


def findings(lengths: Lengths) -> list[Finding]:
    del lengths
    quiet, busy = _world(busy=False), _world(busy=True)
    small = [
        row
        for row in busy.groups
        if row[3] < TABLES[row[0]].floor or _few(busy, busy.units[row[1]])
    ]
    naive = [units for units in busy.naive.values() if _few(busy, units)]
    one, two, three = SMALL.values()
    return [
        _finding(
            said("small units", one=one, two=two, three=three), len(naive), len(small)
        ),
        _finding(
            said("near pairs"),
            _near(busy, busy.naive),
            _near(busy, busy.units),
        ),
        _finding(
            said("who shares"),
            len(quiet.naive.keys() ^ busy.naive.keys()),
            len(set(quiet.groups) ^ set(busy.groups)),
        ),
    ]


def _finding(what: Said, naive: int, number: int) -> Finding:
    return Finding("A11", what, naive, naive > 0, number, 0, number == 0)


def _world(*, busy: bool) -> Grouped:
    """All people of the small units and of North share the story, or nobody does."""

    def more(world: World, town: Town) -> None:
        north = world.session.get_one(Unit, town.units["North"])
        beside = world.unit("North B", north).id
        world.colleagues(BESIDE, beside)
        here = [beside, *(town.units[name] for name in (*SMALL, "North A"))]
        for person in world.session.scalars(
            select(Person).where(Person.unit_id.in_(here if busy else ()))
        ):
            world.share(person, item=town.item)

    with stage() as there:
        build(there, more)
        for at in RELEASES:
            there.run_job(at, Draws.seeded("A11"))
        with there.session() as session:
            naive = _naive(session)
            rows = session.scalars(select(HeadCount)).all()
            units = {
                row.key: frozenset(row.unit_ids)
                for row in session.scalars(select(ReleaseGroup))
            }
            units |= {
                row.group: frozenset().union(*(units[key] for key in row.part_keys))
                for row in rows
                if row.part_keys and row.group != ORGANISATION
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
        naive=naive,
    )


def _naive(session: Session) -> dict[str, Units]:
    """Units with a figure of their own, and what such a unit is below, with all of it."""
    counted = live_counts(session)
    below: dict[int, set[int]] = {}
    for unit in session.scalars(select(Unit)):
        below.setdefault(unit.parent_id or unit.id, set()).add(unit.id)
    shown = {id_ for of in below.values() for id_ in of if counted.get(f"unit {id_}")}
    found = {f"unit {id_}": frozenset({id_}) for id_ in shown}
    return found | {
        f"all of {parent}": frozenset(of) for parent, of in below.items() if of & shown
    }


def _few(world: Grouped, units: Units) -> bool:
    """Whether they are below the lowest floor together."""
    return sum(world.heads.get(unit, 0) for unit in units) < LEAST


def _near(world: Grouped, groups: Mapping[str, Units]) -> int:
    """How many pairs there are of which one is the other and a few people more."""
    return sum(
        (a < b or b < a) and _few(world, a ^ b)
        for a, b in combinations(groups.values(), 2)
    )
