"""Putting units together until each group is large enough (privacy.md 1.5, step 2).

Only numbers of colleagues decide, so the groups say nothing about what anybody does.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from advocacy.reach.unit_tree import UnitTree


class Atom(NamedTuple):
    """Units that stay together. Atoms are disjoint, so their order is never in doubt."""

    heads: int
    first: int  # the lowest number of a unit
    ids: frozenset[int]


def atom_of(tree: UnitTree, ids: frozenset[int]) -> Atom:
    """The atom of these units, with the colleagues it has now."""
    return Atom(tree.heads(ids), min(ids), ids)


def merged(tree: UnitTree, atoms: Iterable[Atom], floor: int) -> list[Atom]:
    """All atoms in groups of at least `floor` colleagues; none if all are fewer.

    From the leaves up: what is too small joins the smallest beside it, and goes to the
    unit above only if there are too few here altogether.
    """
    brought: defaultdict[int, list[list[Atom]]] = defaultdict(list)
    for atom in atoms:
        brought[tree.lowest_above(atom.ids)].append([atom])
    for place in tree.bottom_up:
        groups = _merged_at(brought.pop(place, []), floor)
        above = tree.parent(place)
        if groups and above is not None:
            brought[above].append(groups)
    return [group for group in groups if group.heads >= floor]


def _merged_at(brought: Iterable[list[Atom]], floor: int) -> list[Atom]:
    """The groups of one place, from those that its parts bring; one if it is too small."""
    alone = sorted(group for groups in brought if len(groups) == 1 for group in groups)
    among_others = sorted(
        group for groups in brought if len(groups) > 1 for group in groups
    )
    while alone and alone[0].heads < floor and len(alone) + len(among_others) > 1:
        small = alone.pop(0)
        insort(alone, _joined(small, (alone or among_others).pop(0)))
    return alone + among_others


def _joined(one: Atom, other: Atom) -> Atom:
    return Atom(
        one.heads + other.heads, min(one.first, other.first), one.ids | other.ids
    )
