"""Which items count one person's shares: at most four a month, picked by lot."""

import hmac
from collections.abc import Collection, Mapping

from advocacy.reach.tables import ITEMS_A_MONTH


def picked(
    shared: Mapping[int, Collection[int]], used: Mapping[int, int], key: bytes
) -> dict[int, set[int]]:
    """By item the persons whom it counts; `shared` has the items of each person.

    `used` is how many items of the same month counted somebody before. `key` is 32 bytes
    of `secrets.token_bytes`, made for this one picking and never stored: without it
    nobody can tell which items were picked.
    """
    counted: dict[int, set[int]] = {
        item: set() for items in shared.values() for item in items
    }
    for person, items in shared.items():
        left = max(0, ITEMS_A_MONTH - used.get(person, 0))
        for item in sorted(items, key=lambda item: _lot(key, person, item))[:left]:
            counted[item].add(person)
    return counted


def _lot(key: bytes, person: int, item: int) -> bytes:
    return hmac.digest(key, f"{person}|{item}".encode(), "sha256")
