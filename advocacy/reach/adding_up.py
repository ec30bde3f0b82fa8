"""Noisy values of groups as rounded ones that add up to every total over them."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from advocacy.reach.apportion import add_up, never_below_zero, to_the_nearest

# Totals over groups: the key of each, and those of the groups that it adds up.
PartsOf = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Rounded:
    """One group or total: what was drawn of it, and what that is beside the others."""

    parts: int  # the number of groups
    noisy: int
    raised: Fraction  # 0 or more, adding up
    value: int  # the same as a multiple of a step

    def is_at_least(self, least: int) -> bool:
        """Whether it was drawn so and says so too."""
        return self.noisy >= least and self.raised >= least


def rounded_tree(
    noisy: Mapping[str, int], totals: PartsOf, step: int
) -> dict[str, Rounded]:
    """All groups and totals by key, as multiples of `step`.

    From the largest total down, so that on every level the parts make up their whole.
    """
    parts: dict[str, tuple[str, ...]] = {key: (key,) for key in sorted(noisy)}
    parts |= totals
    below = _directly_below(noisy, totals)
    raised: dict[str, Fraction] = {}
    for key in below[None]:
        values = never_below_zero([noisy[part] for part in parts[key]])
        raised |= dict(zip(parts[key], values, strict=True))
    sums = {key: sum((raised[one] for one in parts[key]), Fraction(0)) for key in parts}
    value = {key: to_the_nearest(sums[key], step) for key in below.pop(None)}
    for total, inside in below.items():
        fitting = add_up(value[str(total)], [sums[part] for part in inside], step)
        value |= dict(zip(inside, fitting, strict=True))
    drawn = {key: sum(noisy[one] for one in parts[key]) for key in parts}
    return {
        key: Rounded(len(parts[key]), drawn[key], sums[key], value[key])
        for key in parts
    }


def _directly_below(
    noisy: Mapping[str, int], totals: PartsOf
) -> dict[str | None, list[str]]:
    """What each total is divided into first, larger totals before those inside them.

    None is above the totals and groups that are in no other.
    """
    below: dict[str | None, list[str]] = {None: []}
    smallest_around: dict[str, str] = {}
    for key, parts in sorted(totals.items(), key=lambda one: (-len(one[1]), one[0])):
        below[smallest_around.get(parts[0])].append(key)
        below[key] = []
        smallest_around |= dict.fromkeys(parts, key)
    for key in sorted(noisy):
        below[smallest_around.get(key)].append(key)
    return below
