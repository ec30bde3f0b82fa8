"""The groups that figures are about: whole units, each with enough colleagues.

A partition: everybody is in one, and so is everybody's unit. What is published of larger
parts of the organisation are sums over groups, so no two figures differ by fewer than a
group.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from advocacy.reach.group_names import name_of
from advocacy.reach.kept_groups import kept_atoms
from advocacy.reach.merging import atom_of, merged
from advocacy.reach.tables import ORGANISATION
from advocacy.reach.unit_tree import UnitHeads, UnitTree

__all__ = ["Group", "Total", "UnitHeads", "divisions_of", "groups_of", "totals_over"]


@dataclass(frozen=True)
class Group:
    """Units, by number, and their colleagues: ORGANISATION, or the same key every year."""

    key: str
    unit_ids: frozenset[int]
    name: str  # see `name_of`
    heads: int


@dataclass(frozen=True)
class Total:
    """A larger part of the organisation, and the keys of the groups it adds up."""

    group: Group
    parts: tuple[str, ...]


def groups_of(
    units: Iterable[UnitHeads], floor: int, kept: Collection[frozenset[int]] = ()
) -> tuple[Group, ...]:
    """All colleagues in groups of at least `floor`; none if they are fewer altogether.

    Colleagues without a unit are unit 0. `kept` are the groups' units of earlier this
    year: those are put together where they became too small, never taken apart. Groups
    of a lower floor among them are kept whole as well.
    """
    tree = UnitTree(units)
    each = [frozenset({id_}) for id_ in tree.people]
    return _groups(tree, each, floor, kept)


def divisions_of(
    units: Iterable[UnitHeads], floor: int, kept: Collection[frozenset[int]] = ()
) -> tuple[Group, ...]:
    """The same from what is directly below the root, each with all that is below it."""
    tree = UnitTree(units)
    below = [tree.people_below[child] for child in tree.children[tree.root]]
    own = tree.people.difference(*below)
    return _groups(tree, [ids for ids in (own, *below) if ids], floor, kept)


def _groups(
    tree: UnitTree,
    anew: Iterable[frozenset[int]],
    floor: int,
    kept: Collection[frozenset[int]],
) -> tuple[Group, ...]:
    atoms = kept_atoms(tree, kept) or [atom_of(tree, ids) for ids in anew]
    groups = (_group(tree, atom.ids) for atom in merged(tree, atoms, floor))
    return tuple(sorted(groups, key=lambda group: group.key))


def _group(tree: UnitTree, ids: frozenset[int]) -> Group:
    key = ORGANISATION if tree.people <= ids else _key(ids)
    return Group(key, ids, name_of(tree, ids), tree.heads(ids))


def _key(ids: frozenset[int]) -> str:
    text = ",".join(str(id_) for id_ in sorted(ids))
    return "g" + hashlib.sha256(text.encode()).hexdigest()[:16]


def totals_over(
    units: Iterable[UnitHeads], groups: Sequence[Group]
) -> tuple[Total, ...]:
    """The units, and the organisation, that are two or more whole groups; largest first.

    Of two totals one is in the other, or they have no group in common.
    """
    if not groups:
        return ()
    tree = UnitTree(units)
    of_unit = {id_: group for group in groups for id_ in group.unit_ids}
    found = {}
    for place in tree.bottom_up:
        below = tree.people_below[place]
        parts = {of_unit[id_] for id_ in below}
        ids = frozenset[int]().union(*(group.unit_ids for group in parts))
        if len(parts) > 1 and ids & tree.people == below:
            keys = tuple(sorted(group.key for group in parts))
            found[keys] = Total(_group(tree, ids), keys)
    return tuple(
        sorted(found.values(), key=lambda one: (-len(one.parts), one.group.key))
    )
