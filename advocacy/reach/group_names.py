"""What a group is called: by its units alone, in alphabetical order."""

from advocacy.reach.unit_tree import UnitTree

NAMED = 3


def name_of(tree: UnitTree, ids: frozenset[int]) -> str:
    """The unit it is the whole of, or up to NAMED such, each on a line of its own, and on
    the line after them the number of others; `words.group_name` says it.

    Nothing for the whole organisation, and for colleagues without a unit. No name of a
    unit has two lines, and many have commas. Figures of before have commas in between.
    """
    present = ids & tree.people
    if present == tree.people:
        return ""
    names = (tree.units[id_].name for id_ in _whole_units(tree, present))
    ordered = sorted((name for name in names if name), key=lambda n: (n.casefold(), n))
    others = len(ordered) - NAMED
    return "\n".join(ordered[:NAMED] + ([str(others)] if others > 0 else []))


def _whole_units(tree: UnitTree, ids: frozenset[int]) -> set[int]:
    """The highest units all people of which are among these.

    A unit without people of its own and with one part is that part.
    """
    found = set()
    for id_ in ids:
        highest = id_
        place: int | None = id_
        while place is not None and tree.people_below[place] <= ids:
            if tree.people_below[place] != tree.people_below[highest]:
                highest = place
            place = tree.parent(place)
        found.add(highest)
    return found
