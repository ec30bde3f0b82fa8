"""This year's groups go on: put together with what is new, never taken apart."""

from collections.abc import Collection

from advocacy.reach.merging import Atom, atom_of
from advocacy.reach.unit_tree import UnitTree


def kept_atoms(tree: UnitTree, kept: Collection[frozenset[int]]) -> list[Atom]:
    """The groups that still have people, with the units that came since.

    A new unit joins the group its parent is in, or else the smallest near it.
    """
    together = [ids for ids in _components(kept) if ids & tree.people]
    before = [atom_of(tree, ids) for ids in together]
    group_of = {id_: atom for atom in before for id_ in atom.ids}
    grown = {atom.first: set(atom.ids) for atom in before}
    for id_ in tree.people - group_of.keys():
        if before:
            grown[_nearest(tree, id_, group_of).first].add(id_)
    return [atom_of(tree, frozenset(ids)) for ids in grown.values()]


def _components(kept: Collection[frozenset[int]]) -> list[frozenset[int]]:
    """Groups with a unit in common are one: a finer partition stays inside a coarser."""
    found: list[frozenset[int]] = []
    for ids in kept:
        touching = [one for one in found if one & ids]
        found = [one for one in found if not one & ids] + [ids.union(*touching)]
    return found


def _nearest(tree: UnitTree, id_: int, group_of: dict[int, Atom]) -> Atom:
    """Of the unit above that has any: its own group, or the smallest below it."""
    place = tree.parent(id_)
    while place is not None:
        if place in group_of:
            return group_of[place]
        below = [group_of[one] for one in tree.people_below[place] if one in group_of]
        if below:
            return min(below)
        place = tree.parent(place)
    return min(group_of.values())
