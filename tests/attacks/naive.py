"""A release as others make it: exact, live, nothing below five who took part.

Each attack is tried on this first. What fails here as well proves nothing.
"""

from collections.abc import Mapping, Sequence

FLOOR = 5


def naive_values(amounts: Mapping[str, Sequence[int]]) -> dict[str, int | None]:
    """Exact totals by group, and of all under "all"; None: hidden.

    Hidden are groups with fewer than five who add something. If that is one alone, which
    could be worked out from the rest, the next smallest is hidden with it.
    """
    sizes = {key: sum(one > 0 for one in ours) for key, ours in amounts.items()}
    order = sorted(sizes, key=lambda key: (sizes[key], key))
    hidden = {key for key in order if sizes[key] < FLOOR}
    if len(hidden) == 1:
        hidden |= set(order[:2])
    values = {
        key: None if key in hidden else sum(ours) for key, ours in amounts.items()
    }
    all_ = sum(sizes.values())
    return values | {"all": sum(map(sum, amounts.values())) if all_ >= FLOOR else None}


def naive_total(amounts: Sequence[int]) -> int | None:
    """The same of one group."""
    return naive_values({"group": amounts})["all"]
