"""A3: what sums and differences of published groups leave over is never a small group."""

from collections import defaultdict
from random import Random

from advocacy.reach.attack_said import said
from advocacy.reach.groups import UnitHeads, divisions_of, groups_of, totals_over
from advocacy.reach.tables import TABLES, Level, Table
from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive import FLOOR

HEADS = (0, 1, 3, 8, 40, 99, 100, 180, 500)
OF_GROUPS = [
    one for one in TABLES.values() if one.level in {Level.UNIT, Level.DIVISION}
]


def findings(lengths: Lengths) -> list[Finding]:
    random = Random(lengths.seed)  # noqa: S311
    trees = [_tree(random) for _ in range(lengths.trees)]
    naive = sum(bool(_small(tree, _naive(tree), 100)) for tree in trees)
    found = []
    for table in OF_GROUPS:
        bad = sum(
            bool(_small(tree, _published(tree, table), table.floor)) for tree in trees
        )
        found.append(
            Finding(
                attack="A3",
                what=said("remainder", table=said(table.name), floor=table.floor),
                naive=said("trees", part=naive, whole=len(trees)),
                succeeds=naive > len(trees) // 2,
                reached=said("trees", part=bad, whole=len(trees)),
                bound=0,
                withstood=bad == 0,
            )
        )
    return found


def _tree(random: Random) -> list[UnitHeads]:
    units = [UnitHeads(0, None, "", random.choice(HEADS))]
    for id_ in range(1, random.randint(4, 40)):
        parent = random.randrange(id_) or None
        units.append(UnitHeads(id_, parent, f"Unit {id_}", random.choice(HEADS)))
    return units


def _published(tree: list[UnitHeads], table: Table) -> list[frozenset[int]]:
    make = divisions_of if table.level is Level.DIVISION else groups_of
    groups = make(tree, table.floor)
    totals = totals_over(tree, groups)
    return [group.unit_ids for group in (*groups, *(one.group for one in totals))]


def _naive(tree: list[UnitHeads]) -> list[frozenset[int]]:
    """Every unit of five and the organisation."""
    units = [frozenset({one.id}) for one in tree if one.heads >= FLOOR]
    return [*units, frozenset(one.id for one in tree)]


def _small(
    tree: list[UnitHeads], published: list[frozenset[int]], floor: int
) -> list[int]:
    """Heads of the remainders below the floor.

    Whatever is worked out from the groups by adding and taking away is made of the pieces
    that they cut each other into.
    """
    pieces: defaultdict[frozenset[int], int] = defaultdict(int)
    for unit in tree:
        inside = {n for n, ids in enumerate(published) if unit.id in ids}
        pieces[frozenset(inside)] += unit.heads
    pieces.pop(frozenset(), None)
    return [heads for heads in pieces.values() if 0 < heads < floor]
