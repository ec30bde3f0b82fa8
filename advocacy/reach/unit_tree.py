"""The tree of units, and how many colleagues are in each: what groups are made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import TopologicalSorter

NO_UNIT = 0  # stands for the unit of colleagues who are in none
_ABOVE_ALL = -1  # stands above several units that have no parent


@dataclass(frozen=True)
class UnitHeads:
    """A unit and the number of colleagues in itself, not in the units below it."""

    id: int
    parent_id: int | None
    name: str
    heads: int


class UnitTree:
    """Units under one root; whoever has no unit is under the root as well.

    Raises ValueError when the units go in a circle.
    """

    def __init__(self, units: Iterable[UnitHeads]) -> None:
        self.units = {unit.id: unit for unit in units}
        tops = [
            unit.id
            for unit in self.units.values()
            if unit.id != NO_UNIT and unit.parent_id not in self.units
        ]
        self.root = tops[0] if len(tops) == 1 else _ABOVE_ALL
        self._parents = {id_: self._parent(id_) for id_ in self.units}
        self._parents.pop(self.root, None)
        self.children: dict[int, list[int]] = {self.root: []}
        for id_, parent in self._parents.items():
            self.children.setdefault(parent, []).append(id_)
        self.bottom_up = list(TopologicalSorter(self.children).static_order())
        self.people_below: dict[int, frozenset[int]] = {}
        for id_ in self.bottom_up:
            below = (self.people_below[child] for child in self.children.get(id_, ()))
            own = [id_] if self.heads([id_]) else []
            self.people_below[id_] = frozenset(own).union(*below)

    def _parent(self, id_: int) -> int:
        parent = self.units[id_].parent_id
        return self.root if parent is None or parent not in self.units else parent

    @property
    def people(self) -> frozenset[int]:
        """All units that anybody is in."""
        return self.people_below[self.root]

    def heads(self, ids: Iterable[int]) -> int:
        """How many colleagues are in these units themselves; a unit that is gone has none."""
        return sum(self.units[id_].heads for id_ in ids if id_ in self.units)

    def parent(self, id_: int) -> int | None:
        """The unit above; None above the root."""
        return self._parents.get(id_)

    def lowest_above(self, ids: frozenset[int]) -> int:
        """The lowest unit that has all people of these in it or below it."""
        present = ids & self.people
        place: int | None = next(iter(present), None)
        while place is not None and not present <= self.people_below[place]:
            place = self.parent(place)
        return self.root if place is None else place
