"""A year of items: who shared them, and what becomes public of their figures."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from advocacy.reach.item_picks import picked
from tests.advocacy.reach.conftest import SeededCoin
from tests.attacks.item_figures import ItemFigures, released_item
from tests.attacks.naive import naive_values
from tests.attacks.world import ITEMS_A_MONTH, Person

MONTHS = 12


@dataclass(frozen=True)
class ItemYear:
    """One item: its shares by person, all of them and those that are counted."""

    by_person: dict[int, int]  # visits
    counted: dict[int, int]
    figures: ItemFigures

    @property
    def sharers(self) -> int:
        """As bits; everybody can read it on the network."""
        return sum(1 << person for person in self.by_person)

    @property
    def exact(self) -> int | None:
        """Visits in the naive release."""
        if naive_values({"": [1] * len(self.by_person)})["all"] is None:
            return None
        return sum(self.by_person.values())


def items_of(persons: Sequence[Person], coin: SeededCoin) -> list[ItemYear]:
    """All items of a year, as the release makes their figures."""
    shares: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for number, person in enumerate(persons):
        for one in person:
            shares[one.item][number] = one.visits
    return [
        item
        for month in range(MONTHS)
        for item in _month(
            {n: shares[n] for n in range(12 * month, 12 * month + ITEMS_A_MONTH)}, coin
        )
    ]


def _month(shares: dict[int, dict[int, int]], coin: SeededCoin) -> list[ItemYear]:
    by_person: defaultdict[int, set[int]] = defaultdict(set)
    for item, visits in shares.items():
        for person in visits:
            by_person[person].add(item)
    which = picked(by_person, {}, coin.random.randbytes(32))
    found = []
    for item, visits in shares.items():
        counted = {person: visits[person] for person in which.get(item, ())}
        figures = released_item([1] * len(counted), list(counted.values()), coin)
        found.append(ItemYear(visits, counted, figures))
    return found
